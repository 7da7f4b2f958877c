#include "json.hpp"

#include <nlohmann/json.hpp>

namespace house_rules {
namespace {

std::optional<std::string> text(const nlohmann::json& object, const char* key) {
  const auto value = object.find(key);
  if (value == object.end() || !value->is_string() || value->get_ref<const std::string&>().empty())
    return std::nullopt;
  return value->get<std::string>();
}

}  // namespace

std::vector<RuleFile> read_options(std::string_view json) {
  std::vector<RuleFile> files;
  const auto options = nlohmann::json::parse(json);
  for (const auto& file : options.value("rules", nlohmann::json::array()))
    files.push_back({file.at("name").get<std::string>(), file.at("text").get<std::string>()});
  return files;
}

Metadata read_metadata(std::string_view json) {
  const auto object = nlohmann::json::parse(json);
  return {text(object, "title"), text(object, "byline"), text(object, "published"), text(object, "modified")};
}

std::string evidence(const std::vector<std::pair<std::string_view, std::string_view>>& members) {
  auto object = nlohmann::json::object();
  for (const auto& [key, value] : members)
    if (!value.empty()) object[std::string(key)] = value;
  return object.dump();
}

}  // namespace house_rules
