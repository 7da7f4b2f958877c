#include "finding.hpp"

#include <stdexcept>

#include "foreign_json.hpp"

namespace stet {
namespace {

using nlohmann::json;

json pair(Range r) {
  return json::array({r.begin, r.end});
}

Range range_from(const json& v) {
  if (!v.is_array() || v.size() != 2) throw std::runtime_error("a range is not [begin, end]");
  return {whole_number(v[0]), whole_number(v[1])};
}

}  // namespace

std::string_view name(Outcome::Kind kind) {
  switch (kind) {
    case Outcome::Kind::checked: return "checked";
    case Outcome::Kind::failed: return "failed";
    case Outcome::Kind::crashed: return "crashed";
    case Outcome::Kind::timed_out: return "timed out";
    case Outcome::Kind::forbidden: return "forbidden";
    case Outcome::Kind::not_run: return "not run";
  }
  return "not run";
}

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "note";
}

std::optional<Severity> severity_named(std::string_view word) {
  for (auto s : {Severity::note, Severity::warning, Severity::error})
    if (name(s) == word) return s;
  return std::nullopt;
}

json to_json(const Finding& f) {
  json j{{"plugin", f.plugin},
         {"check", f.check},
         {"severity", name(f.severity)},
         {"range", pair(f.range)},
         {"message", f.message}};
  for (const auto& r : f.related) j["related"].push_back(pair(r));
  if (f.evidence.is_object()) j["evidence"] = f.evidence;
  if (f.fix) j["fix"] = {{"range", pair(f.fix->range)}, {"text", f.fix->text}};
  return j;
}

json to_json(const Fact& f) {
  json j = f.fields;
  j["kind"] = f.kind;
  j["plugin"] = f.plugin;
  j["range"] = pair(f.range);
  return j;
}

Finding finding_from_json(const json& v) {
  const auto severity = severity_named(v.at("severity").get<std::string>());
  if (!severity) throw std::runtime_error("a finding has an unknown severity");
  Finding f{v.at("plugin"), v.at("check"), *severity, range_from(v.at("range")), v.at("message"), {}, {}, {}};
  if (v.contains("related"))
    for (const auto& r : v["related"]) f.related.push_back(range_from(r));
  if (v.contains("evidence")) f.evidence = v["evidence"];
  if (v.contains("fix")) f.fix = Fix{range_from(v["fix"].at("range")), v["fix"].at("text")};
  return f;
}

Fact fact_from_json(const json& v) {
  Fact f{v.at("plugin"), v.at("kind"), range_from(v.at("range")), v};
  for (const char* own : {"plugin", "kind", "range"}) f.fields.erase(own);
  return f;
}

}  // namespace stet
