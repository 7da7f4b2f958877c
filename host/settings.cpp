#include "settings.hpp"

#include <toml++/toml.h>
#include <array>
#include <sstream>
#include <stdexcept>

#include "files.hpp"
#include "nearest.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t max_settings_bytes = 1u << 20;

json value_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table: {
      auto object = json::object();
      for (const auto& [key, value] : *node.as_table()) object[std::string(key.str())] = value_of(value);
      return object;
    }
    case toml::node_type::array: {
      auto array = json::array();
      for (const auto& element : *node.as_array()) array.push_back(value_of(element));
      return array;
    }
    case toml::node_type::string: return node.as_string()->get();
    case toml::node_type::integer: return node.as_integer()->get();
    case toml::node_type::floating_point: return node.as_floating_point()->get();
    case toml::node_type::boolean: return node.as_boolean()->get();
    default: {  // dates and times, which JSON has as text
      std::ostringstream text;
      node.visit([&](const auto& value) { text << value; });
      return text.str();
    }
  }
}

class Reader {
 public:
  explicit Reader(const fs::path& file) : file_(file) {}

  std::vector<Setting> read() {
    const auto table = parse();
    for (const auto& [key, value] : table) {
      if (key.str() != "plugin")
        refuse(key.source(),
               "unknown table or key \"" + std::string(key.str()) + "\"; there is [plugin.NAME]");
      each(value, key.source(), "plugin", [&](const toml::key& plugin, const toml::node& options) {
        const auto name = std::string(plugin.str());
        each(options, plugin.source(), "plugin." + name, [&](const toml::key& option, const toml::node& v) {
          all_.push_back(
              {name, std::string(option.str()), value_of(v), false, folder(), at(option.source())});
        });
      });
    }
    return std::move(all_);
  }

 private:
  toml::table parse() const {
    try {
      return toml::parse(read_file(file_, max_settings_bytes), file_.string());
    } catch (const toml::parse_error& e) {
      refuse(e.source(), std::string(e.description()));
    }
  }

  template <class Use>
  void each(const toml::node& node, const toml::source_region& source, const std::string& name, Use use) {
    const auto* table = node.as_table();
    if (!table)
      refuse(source, "\"" + name + "\" is not a table of " + (name == "plugin" ? "plugins" : "options"));
    for (const auto& [key, value] : *table) use(key, value);
  }

  fs::path folder() const { return fs::absolute(file_).parent_path(); }
  std::string at(const toml::source_region& source) const {
    return file_.string() + ":" + std::to_string(source.begin.line);
  }
  [[noreturn]] void refuse(const toml::source_region& source, const std::string& sentence) const {
    throw std::runtime_error(at(source) + ": " + sentence);
  }

  const fs::path& file_;
  std::vector<Setting> all_;
};

}  // namespace

std::vector<Setting> read_settings(const fs::path& file) {
  return Reader(file).read();
}

Setting parse_setting(const std::string& argument) {
  const size_t equals = argument.find('=');
  const size_t dot = equals == std::string::npos ? equals : argument.rfind('.', equals);
  if (dot == std::string::npos || dot == 0 || dot + 1 == equals)
    throw std::runtime_error("--option " + argument + ": not PLUGIN.KEY=VALUE");
  return {argument.substr(0, dot),     argument.substr(dot + 1, equals - dot - 1),
          argument.substr(equals + 1), true,
          fs::current_path(),          "--option"};
}

}  // namespace stet
