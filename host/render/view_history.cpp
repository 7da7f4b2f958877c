#include "difference.hpp"
#include "marked_text.hpp"
#include "verdict.hpp"
#include "view.hpp"
#include "visible.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr unsigned value_columns = 160;

// What a change replaced, where its evidence holds it.
json difference_view(const json& evidence) {
  if (!evidence.is_object()) return false;
  const auto before = evidence.find("before"), after = evidence.find("after");
  const auto has = [&](auto value) { return value != evidence.end() && !value->is_null(); };
  if (!has(before) && !has(after)) return false;
  Difference d;
  if (has(before) && has(after) && before->is_string() && after->is_string()) {
    d = difference(before->get_ref<const std::string&>(), after->get_ref<const std::string&>());
  } else {
    if (has(before)) d.removed = one_line(*before, value_columns);
    if (has(after)) d.added = one_line(*after, value_columns);
  }
  return {{"lead", d.lead}, {"removed", d.removed}, {"added", d.added}, {"tail", d.tail}};
}

json change_view(const Change& change) {
  json subject = "";
  if (change.evidence.is_object() && change.evidence.contains("subject") &&
      !change.evidence["subject"].is_null())
    subject = one_line(change.evidence["subject"], 80);
  return {{"change", visible(change.change)},
          {"message", visible(change.message)},
          {"subject", subject},
          {"difference", difference_view(change.evidence)}};
}

json groups_view(const std::vector<Change>& changes) {
  json groups = json::array();
  for (const auto severity : {Severity::error, Severity::warning, Severity::note}) {
    json rows = json::array();
    for (const auto& change : changes)
      if (change.severity == severity) rows.push_back(change_view(change));
    if (rows.empty()) continue;
    groups.push_back({{"severity", name(severity)},
                      {"letter", letter(severity)},
                      {"heading", counted(rows.size(), name(severity))},
                      {"folded", severity == Severity::note},
                      {"rows", std::move(rows)}});
  }
  return groups;
}

}  // namespace

json history_view(const std::vector<HistoryEntry>& history, uint32_t current) {
  json rows = json::array();
  for (const auto& entry : history)
    rows.push_back({{"number", entry.revision},
                    {"time", visible(entry.observed)},
                    {"timeText", visible(readable_time(entry.observed))},
                    {"digest", visible(entry.document_sha256)},
                    {"found", entry.is_read ? counted(entry.findings, "finding") : "no report"},
                    {"remark", entry.remark.empty() ? json(false) : json(visible(entry.remark))},
                    {"current", entry.revision == current},
                    {"first", entry.revision == 1},
                    {"unchanged", entry.revision != 1 && entry.changes.empty() && entry.remark.empty()},
                    {"groups", groups_view(entry.changes)}});
  return rows;
}

}  // namespace stet
