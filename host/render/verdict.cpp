#include "verdict.hpp"

#include <map>

namespace stet {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : std::string(between)) + part;
  return out;
}

std::string finding_words(const Verdict& v) {
  std::vector<std::string> parts;
  if (v.errors) parts.push_back(counted(v.errors, "error"));
  if (v.warnings) parts.push_back(counted(v.warnings, "warning"));
  if (v.notes) parts.push_back(counted(v.notes, "note"));
  if (!parts.empty()) return joined(parts, ", ");
  return v.checked > 0 ? "nothing found" : "not checked";
}

std::string coverage_words(const Verdict& v, const std::map<Outcome::Kind, size_t>& fates) {
  if (v.plugins == 0) return "no plugin ran";
  if (v.complete()) return counted(v.plugins, "plugin") + " checked it";
  std::vector<std::string> parts{std::to_string(v.checked) + " of " + counted(v.plugins, "plugin") +
                                 " checked it"};
  for (const auto& [kind, count] : fates)
    if (kind != Outcome::Kind::checked)
      parts.push_back(std::to_string(count) + " " + std::string(name(kind)));
  return joined(parts, "; ");
}

}  // namespace

Verdict verdict(const std::vector<PluginRun>& plugins) {
  Verdict v;
  std::map<Outcome::Kind, size_t> fates;
  v.plugins = plugins.size();
  for (const auto& run : plugins) {
    ++fates[run.outcome.kind];
    for (const auto& f : run.outcome.findings)
      ++(f.severity == Severity::error ? v.errors : f.severity == Severity::warning ? v.warnings : v.notes);
  }
  v.checked = fates[Outcome::Kind::checked];
  v.findings = finding_words(v);
  v.coverage = coverage_words(v, fates);
  return v;
}

std::string counted(size_t count, std::string_view singular) {
  return std::to_string(count) + " " + std::string(singular) + (count == 1 ? "" : "s");
}

}  // namespace stet
