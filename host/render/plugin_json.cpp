#include "../plugin.hpp"
#include "plugin_page.hpp"

namespace stet {
namespace {

using nlohmann::json;

json to_json(const ChangeRule& rule) {
  json j{{"change", rule.change}, {"severity", name(rule.severity)}};
  if (!rule.field.empty()) j["field"] = rule.field;
  return j;
}

json to_json(const FactSpec& fact) {
  json j{{"kind", fact.kind}, {"label", fact.label}, {"identity", fact.identity}, {"changes", json::array()}};
  if (!fact.subject.empty()) j["subject"] = fact.subject;
  for (const auto& rule : fact.changes) j["changes"].push_back(to_json(rule));
  const auto add = [&](const char* member, const std::optional<ChangeRule>& rule) {
    if (rule) j[member] = to_json(*rule);
  };
  add("added", fact.added);
  add("removed", fact.removed);
  add("marked", fact.marked);
  add("unmarked", fact.unmarked);
  return j;
}

json to_json(const CheckSpec& check) {
  json j{{"id", check.id}, {"severity", name(check.severity)}, {"summary", check.summary}};
  if (!check.help.empty()) j["help"] = check.help;
  return j;
}

}  // namespace

json to_json(const PluginPage& page) {
  const auto& m = page.plugin.manifest();
  json j{{"id", m.id},
         {"version", m.version},
         {"abi", m.abi},
         {"summary", m.summary},
         {"file", page.plugin.file().string()},
         {"sha256", page.plugin.sha256()},
         {"trust", {{"state", name(page.trust.kind)}}},
         {"confinement", page.confinement},
         {"options", m.options},
         {"services", json::array()},
         {"limits", {{"deadline_ms", m.limits.deadline_ms}, {"memory_mb", m.limits.memory_mb}}},
         {"checks", json::array()},
         {"facts", json::array()}};
  if (!page.trust.pinned.empty()) j["trust"]["pinned"] = page.trust.pinned;
  for (const auto& s : m.services) j["services"].push_back({{"name", s}, {"available", has_service(s)}});
  for (const auto& c : m.checks) j["checks"].push_back(to_json(c));
  for (const auto& f : m.facts) j["facts"].push_back(to_json(f));
  return j;
}

}  // namespace stet
