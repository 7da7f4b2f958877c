#include "changes.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "fact_changes.hpp"
#include "foreign_json.hpp"
#include "pairs.hpp"
#include "standing.hpp"
#include "text_changes.hpp"

namespace stet {
namespace {

using nlohmann::json;

std::vector<const Fact*> of_kind(const FactLists& facts, const std::string& plugin, const std::string& kind) {
  std::vector<const Fact*> out;
  for (const auto& list : facts.lists())
    for (const Fact& fact : list)
      if (fact.plugin == plugin && fact.kind == kind) out.push_back(&fact);
  return out;
}

// Where a change stands in the newer text.
uint32_t place(const Change& change, const Comparison& texts) {
  if (change.after) return change.after->begin;
  const Segment* segment = texts.alignment.at_before(change.before->begin);
  return segment ? segment->after.begin : uint32_t(texts.after.size());
}

void sort_changes(std::vector<Change>& changes, const Comparison& texts) {
  const auto rank = [&](const Change& c) {
    return std::tuple(-int(c.severity), place(c, texts), c.before.value_or(Range{}),
                      c.after.value_or(Range{}));
  };
  std::stable_sort(changes.begin(), changes.end(),
                   [&](const Change& x, const Change& y) { return rank(x) < rank(y); });
}

json pair_of(Range r) {
  return json::array({r.begin, r.end});
}

std::optional<Range> range_in(const json& value, const char* key) {
  if (!value.contains(key)) return std::nullopt;
  const json& range = value[key];
  if (!range.is_array() || range.size() != 2)
    throw std::runtime_error(std::string("a change's ") + key + " is not [begin, end]");
  return Range{whole_number(range[0]), whole_number(range[1])};
}

}  // namespace

std::vector<Change> compare(const Version& before, const Version& after,
                            std::span<const Manifest* const> manifests) {
  const Comparison texts(before.text, after.text);
  std::vector<Change> changes;
  size_t budget = (size_t{64} << 10) + 8 * (before.text.size() + after.text.size());
  for (const Manifest* manifest : manifests)
    for (const FactSpec& spec : manifest->facts) {
      const auto older = of_kind(before.facts, manifest->id, spec.kind);
      const auto newer = of_kind(after.facts, manifest->id, spec.kind);
      if (older.empty() && newer.empty()) continue;
      const FactPairs pairs = pair_facts(texts, older, newer, spec);
      name_fact_changes(texts, manifest->id, spec, pairs, budget, changes);
    }
  sort_changes(changes, texts);
  for (Change& change : text_changes(texts)) changes.push_back(std::move(change));
  return changes;
}

json to_json(const Change& change) {
  json out{{"change", change.change},
           {"kind", change.kind},
           {"severity", name(change.severity)},
           {"message", change.message},
           {"evidence", change.evidence.is_object() ? change.evidence : json::object()}};
  if (!change.plugin.empty()) out["plugin"] = change.plugin;
  if (change.before) out["before"] = pair_of(*change.before);
  if (change.after) out["after"] = pair_of(*change.after);
  return out;
}

Change change_from_json(const json& value) {
  const auto severity = severity_named(value.at("severity").get<std::string>());
  if (!severity) throw std::runtime_error("a change has an unknown severity");
  Change change{value.value("plugin", ""), value.at("change"),
                value.at("kind"),          *severity,
                range_in(value, "before"), range_in(value, "after"),
                value.at("message"),       value.value("evidence", json::object())};
  if (!change.evidence.is_object()) throw std::runtime_error("a change's evidence is not an object");
  return change;
}

}  // namespace stet
