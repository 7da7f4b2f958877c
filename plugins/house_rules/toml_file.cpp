#include "toml_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>

namespace house_rules {
namespace {

class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  std::vector<RuleTable> read(const toml::table& file) const {
    std::vector<RuleTable> tables;
    for (const auto& [key, node] : file) {
      const auto* array = node.as_array();
      if (!array || !array->is_homogeneous<toml::table>())
        fail(key.source(), "\"" + std::string(key.str()) +
                               "\" is not within a rule; a rule begins with a line such as [[spelling]]");
      for (const auto& element : *array) tables.push_back(table(std::string(key.str()), *element.as_table()));
    }
    sort_by_line(tables);
    return tables;
  }

 private:
  [[noreturn]] void fail(const toml::source_region& where, const std::string& sentence) const {
    throw std::runtime_error(placed(name_, where.begin.line, sentence));
  }

  template <class Items>
  static void sort_by_line(Items& items) {
    std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
  }

  RuleTable table(const std::string& kind, const toml::table& from) const {
    RuleTable table{kind, from.source().begin.line, {}};
    for (const auto& [key, node] : from)
      table.settings.push_back(
          {std::string(key.str()), key.source().begin.line, value(std::string(key.str()), node)});
    sort_by_line(table.settings);
    return table;
  }

  decltype(Setting::value) value(const std::string& key, const toml::node& node) const {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return number->get();
    if (const auto* flag = node.as_boolean()) return flag->get();
    const auto* array = node.as_array();
    if (!array)
      fail(node.source(),
           "\"" + key + "\" is neither a text, nor a list of texts, nor a whole number, nor true or false");
    std::vector<std::string> texts;
    for (const auto& element : *array) {
      if (!element.is_string())
        fail(element.source(), "\"" + key + "\" is a list, but holds something else than texts");
      texts.push_back(element.as_string()->get());
    }
    return texts;
  }

  const std::string& name_;
};

}  // namespace

const Setting* RuleTable::find(std::string_view key) const {
  const auto found =
      std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.key == key; });
  return found == settings.end() ? nullptr : &*found;
}

std::string placed(const std::string& name, unsigned line, const std::string& sentence) {
  return name + ":" + std::to_string(line) + ": " + sentence;
}

std::vector<RuleTable> read_toml(const std::string& name, const std::string& text) {
  try {
    return Reader(name).read(toml::parse(text));
  } catch (const toml::parse_error& e) {
    throw std::runtime_error(
        placed(name, e.source().begin.line, "not TOML: " + std::string(e.description())));
  }
}

}  // namespace house_rules
