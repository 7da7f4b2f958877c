// What the user sets for plugins, as written: stet.toml and --option. Knows no plugin. toml++ lives here.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace stet {

struct Setting {
  std::string plugin;            // an id, or the last part of one
  std::string key;               // of the plugin's options
  nlohmann::json value;          // from a file; a string from an argument
  bool is_text;                  // an argument: what `value` means depends on the option's type
  std::filesystem::path folder;  // that relative paths in `value` start from
  std::string origin;            // for messages: "stet.toml:3", "--option"
};

inline constexpr const char* settings_file = "stet.toml";

// A file with a table for each plugin:
//   [plugin.house-rules]
//   rules = ["house.toml"]
// Throws std::runtime_error with one sentence that names file and line.
std::vector<Setting> read_settings(const std::filesystem::path& file);

// "PLUGIN.KEY=VALUE"; the key has no dot. Throws std::runtime_error when it is not that.
Setting parse_setting(const std::string& argument);

}  // namespace stet
