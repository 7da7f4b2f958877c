#include "view.hpp"

#include <array>

#include "../timestamp.hpp"
#include "marked_text.hpp"
#include "verdict.hpp"
#include "visible.hpp"

namespace stet {
namespace {

using nlohmann::json;

constexpr unsigned excerpt_columns = 56;
constexpr unsigned evidence_columns = 200;
constexpr size_t evidence_limit = 12;

std::string member(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? visible(found->get<std::string>()) : std::string();
}

std::string title_of(const Rendering& r) {
  const auto stated = member(r.report.document, "title");
  if (!stated.empty()) return stated;
  for (const auto& node : r.document.nodes)
    if (node.kind == NodeKind::title) {
      const Range at = within(r.document.text, node.range);
      return visible(std::string_view(r.document.text).substr(at.begin, at.end - at.begin));
    }
  return visible(r.document.name);
}

json evidence_view(const json& evidence) {
  json rows = json::array();
  if (!evidence.is_object()) return rows;
  for (const auto& [key, value] : evidence.items()) {
    if (rows.size() == evidence_limit) {
      rows.push_back({{"key", "…"},
                      {"value", std::to_string(evidence.size() - evidence_limit) + " more"},
                      {"more", false}});
      break;
    }
    rows.push_back({{"key", clipped(key, 40)}, {"value", one_line(value, evidence_columns)}, {"more", true}});
  }
  if (!rows.empty()) rows.back()["more"] = false;
  return rows;
}

json fix_view(const Document& document, const Finding& finding) {
  if (!finding.fix) return false;
  const auto& fix = finding.fix;
  const Range r = within(document.text, fix->range);
  const auto covered = std::string_view(document.text).substr(r.begin, r.end - r.begin);
  return {{"verb", covered.empty()     ? "insert"
                   : fix->text.empty() ? "delete"
                                       : "replace"},
          {"old", clipped(covered, evidence_columns)},
          {"new", clipped(fix->text, evidence_columns)},
          {"more", finding.evidence.is_object() && !finding.evidence.empty()}};
}

std::string related_places(const PlacedFinding& p) {
  std::string out;
  for (const auto& at : p.related) out += (out.empty() ? "" : ", ") + to_string(at);
  const auto left = p.finding->related.size() - p.related.size();
  return left == 0 ? out : out + " and " + std::to_string(left) + " more";
}

std::string state_word(const Verdict& v) {
  if (v.checked == 0) return "unchecked";
  return v.errors ? "error" : v.warnings ? "warning" : v.notes ? "note" : "clean";
}

json metadata_view(const json& document) {
  json rows = json::array();
  for (const auto& [key, label] : {std::pair{"byline", "Byline"},
                                   {"published", "Published"},
                                   {"modified", "Modified"},
                                   {"url", "Address"}}) {
    auto value = member(document, key);
    if (value.empty()) continue;
    if (std::string_view(key) == "published" || std::string_view(key) == "modified")
      value = readable_time(value);
    rows.push_back(
        {{"label", label}, {"value", value}, {"href", is_web_address(value) ? json(value) : json(false)}});
  }
  return rows;
}

json texts(const json& document, const char* key) {
  json rows = json::array();
  const auto found = document.find(key);
  if (found == document.end() || !found->is_array()) return rows;
  for (const auto& text : *found) rows.push_back({{"text", one_line(text, 400)}});
  return rows;
}

json previous_view(const Report& report) {
  if (!report.previous) return false;
  return {{"number", report.previous->revision},
          {"documentDigest", visible(report.previous->document_sha256)},
          {"reportDigest", visible(report.previous->report_sha256)}};
}

json keys_view(const std::vector<std::string>& keyids) {
  json rows = json::array();
  for (const auto& keyid : keyids) rows.push_back({{"keyid", visible(keyid)}});
  return rows;
}

void add_digests(json& v, const Rendering& r) {
  v["documentSha256"] = visible(r.report.document_sha256);
  v["textSha256"] =
      r.report.text_sha256 == r.report.document_sha256 ? json(false) : json(visible(r.report.text_sha256));
  v["gitBlob"] = member(r.report.document, "gitBlob");
  v["size"] = r.report.document.contains("size") ? one_line(r.report.document["size"], 20) : "";
  v["fileName"] = visible(r.document.name);
  v["reportSha256"] = visible(r.report_sha256);
  v["previous"] = previous_view(r.report.report);
  v["keys"] = keys_view(r.keyids);
  v["unsigned"] = r.keyids.empty();
  v["reference"] =
      visible(shell_word(r.report.report.article + "@" + std::to_string(r.report.report.revision)));
}

void add_verdict(json& v, const Report& report) {
  const auto found = verdict(report.plugins);
  v["verdict"] = found.findings;
  v["coverage"] = found.coverage;
  v["state"] = state_word(found);
  v["complete"] = found.complete();
  v["plugins"] = plugins_view(report.plugins);
  v["hasPlugins"] = !report.plugins.empty();
}

}  // namespace

json findings_view(const Document& document, const std::vector<PlacedFinding>& findings) {
  json rows = json::array();
  const auto source = source_text(document);
  for (const auto& p : findings) {
    const auto& f = *p.finding;
    const auto shown = p.whole() ? Excerpt{} : excerpt(source, p.in_source, excerpt_columns);
    rows.push_back({{"number", p.number},
                    {"severity", name(f.severity)},
                    {"letter", letter(f.severity)},
                    {"check", visible(f.check)},
                    {"by", visible(short_name(f.plugin))},
                    {"place", p.whole() ? json(false) : json(to_string(p.at))},
                    {"message", visible(f.message)},
                    {"excerpt", !p.whole()},
                    {"before", shown.before},
                    {"marked", shown.marked},
                    {"after", shown.after},
                    {"related", related_places(p)},
                    {"evidence", evidence_view(f.evidence)},
                    {"fix", fix_view(document, f)}});
  }
  return rows;
}

json plugins_view(const std::vector<PluginRun>& plugins) {
  json rows = json::array();
  for (const auto& run : plugins) {
    const auto& o = run.outcome;
    rows.push_back(
        {{"id", visible(run.id)},
         {"version", visible(run.version)},
         {"digest", visible(run.sha256)},
         {"outcome", name(o.kind)},
         {"checked", o.kind == Outcome::Kind::checked},
         {"reason", visible(o.reason)},
         {"confinement", visible(o.confinement)},
         {"found", counted(o.findings.size(), "finding") + ", " + counted(o.facts.size(), "fact")}});
  }
  return rows;
}

json report_view(const Rendering& r, const std::vector<PlacedFinding>& findings) {
  const auto& report = r.report.report;
  json v{{"title", title_of(r)},
         {"article", visible(report.article)},
         {"revision", report.revision},
         {"revisionCount", r.history.size()},
         {"observed", visible(report.observed)},
         {"observedText", visible(readable_time(report.observed))},
         {"recordedText", visible(readable_time(report.recorded))},
         {"metadata", metadata_view(r.report.document)},
         {"notices", texts(r.report.document, "notices")},
         {"declared", texts(r.report.document, "sources")},
         {"findings", findings_view(r.document, findings)},
         {"hasFindings", !findings.empty()},
         {"facts", facts_view(r.document, report.plugins)},
         {"history", history_view(r.history, report.revision)}};
  add_verdict(v, report);
  add_digests(v, r);
  return v;
}

std::string readable_time(const std::string& rfc3339) {
  constexpr std::array<const char*, 12> months{"January",   "February", "March",    "April",
                                               "May",       "June",     "July",     "August",
                                               "September", "October",  "November", "December"};
  const auto seconds = parse_timestamp(rfc3339);
  if (!seconds) return rfc3339;
  const auto utc = format_timestamp(*seconds);
  const int month = std::stoi(utc.substr(5, 2)), day = std::stoi(utc.substr(8, 2));
  const auto date =
      std::to_string(day) + " " + months[static_cast<size_t>(month - 1)] + " " + utc.substr(0, 4);
  return rfc3339.size() == 10 ? date : date + ", " + utc.substr(11, 5) + " UTC";
}

std::string one_line(const json& value, unsigned limit) {
  if (value.is_string()) return clipped(value.get_ref<const std::string&>(), limit);
  return clipped(value.dump(-1, ' ', false, json::error_handler_t::replace), limit);
}

std::string shell_word(std::string_view text) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@/:-";
  if (!text.empty() && text[0] != '-' && text.find_first_not_of(plain) == std::string_view::npos)
    return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace stet
