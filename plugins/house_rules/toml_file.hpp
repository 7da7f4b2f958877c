// A rule file as plain values. toml++ lives here.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace house_rules {

struct Setting {
  std::string key;
  unsigned line;
  std::variant<std::string, std::vector<std::string>, int64_t, bool> value;
};

// A table under a header [[kind]].
struct RuleTable {
  std::string kind;
  unsigned line;
  std::vector<Setting> settings;  // by line

  const Setting* find(std::string_view key) const;
};

// In the order of the file. Throws std::runtime_error, "NAME:LINE: reason", when the text is not TOML or
// holds anything but such tables with values of these four types.
std::vector<RuleTable> read_toml(const std::string& name, const std::string& text);

// "NAME:LINE: sentence".
std::string placed(const std::string& name, unsigned line, const std::string& sentence);

}  // namespace house_rules
