// Rules of a report:
//   - It says nothing that the document, the plugins' answers and the arguments did not say: the same
//     input gives the same bytes.
//   - Every plugin that was to run is in `plugins`, with its outcome. An empty list of findings means
//     nothing without it.
//   - Members that are not known are absent; none is null or empty in their place.
#include "report.hpp"

#include <filesystem>
#include <map>
#include <stdexcept>

#include "digest.hpp"

namespace stet {
namespace {

using nlohmann::json;

json document_json(const Document& d, const DocumentDigests& digests) {
  json j = to_json(d.metadata);
  j["name"] = std::filesystem::path(d.name).filename().string();  // folders are the recorder's own business
  j["sha256"] = digests.sha256;
  j["gitBlob"] = digests.git_blob;
  j["size"] = d.bytes.size();
  j["format"] = d.format == Format::markdown ? "markdown" : "text";
  j["textSha256"] = digests.text_sha256;
  if (!d.notices.empty()) j["notices"] = d.notices;
  return j;
}

json plugin_json(const PluginRun& run) {
  json j{
      {"id", run.id}, {"version", run.version}, {"sha256", run.sha256}, {"outcome", name(run.outcome.kind)}};
  if (!run.outcome.reason.empty()) j["reason"] = run.outcome.reason;
  if (!run.outcome.confinement.empty()) j["confinement"] = run.outcome.confinement;
  if (!run.options.empty()) j["options"] = run.options;
  return j;
}

Outcome::Kind outcome_named(const std::string& word) {
  for (auto k : {Outcome::Kind::checked, Outcome::Kind::failed, Outcome::Kind::crashed,
                 Outcome::Kind::timed_out, Outcome::Kind::forbidden, Outcome::Kind::not_run})
    if (name(k) == word) return k;
  throw std::runtime_error("unknown outcome \"" + word + "\"");
}

PluginRun plugin_from(const json& j) {
  PluginRun run{j.at("id"), j.at("version"), j.at("sha256"), {}};
  run.outcome.kind = outcome_named(j.at("outcome"));
  run.outcome.reason = j.value("reason", "");
  run.outcome.confinement = j.value("confinement", "");
  run.options = j.value("options", json::object());
  return run;
}

// Hands findings and facts back to the plugin that made them.
void distribute(const json& predicate, std::vector<PluginRun>& plugins) {
  std::map<std::string, Outcome*> by_id;
  for (auto& run : plugins) by_id[run.id] = &run.outcome;
  const auto owner = [&](const std::string& id) -> Outcome& {
    const auto found = by_id.find(id);
    if (found == by_id.end()) throw std::runtime_error("plugin \"" + id + "\" is not in the list of plugins");
    return *found->second;
  };
  for (const auto& f : predicate.at("findings")) {
    auto finding = finding_from_json(f);
    owner(finding.plugin).findings.push_back(std::move(finding));
  }
  for (const auto& f : predicate.at("facts")) {
    auto fact = fact_from_json(f);
    owner(fact.plugin).facts.push_back(std::move(fact));
  }
}

ReadReport parse(const json& s) {
  if (s.at("_type") != "https://in-toto.io/Statement/v1")
    throw std::runtime_error("not an in-toto Statement v1");
  if (s.at("predicateType") != predicate_type)
    throw std::runtime_error("predicateType is not " + std::string(predicate_type));
  const json& p = s.at("predicate");
  ReadReport r;
  r.document = p.at("document");
  r.document_sha256 = r.document.at("sha256");
  r.text_sha256 = r.document.at("textSha256");
  const json& article = p.at("article");
  r.report.article = article.at("id");
  r.report.revision = article.at("revision");
  if (article.contains("previous")) {
    const json& previous = article["previous"];
    r.report.previous = {previous.at("revision"), previous.at("documentSha256"), previous.at("reportSha256")};
  }
  r.report.observed = p.at("observedAt");
  r.report.recorded = p.at("recordedAt");
  for (const auto& plugin : p.at("plugins")) r.report.plugins.push_back(plugin_from(plugin));
  distribute(p, r.report.plugins);
  for (const auto& change : p.at("changes")) r.report.changes.push_back(change_from_json(change));
  if (p.contains("sources")) r.report.sources = p["sources"];
  const json& digest = s.at("subject").at(0).at("digest");
  if (digest.at("sha256") != r.document_sha256 || digest.at("gitBlob") != r.document.at("gitBlob"))
    throw std::runtime_error("subject and predicate.document give different digests");
  return r;
}

}  // namespace

DocumentDigests digests_of(const Document& document) {
  DocumentDigests digests{sha256_hex(document.bytes), "", git_blob_hex(document.bytes)};
  digests.text_sha256 = document.text == document.bytes ? digests.sha256 : sha256_hex(document.text);
  return digests;
}

json statement(const Document& document, const DocumentDigests& digests, const Report& report) {
  const json about = document_json(document, digests);
  json article{{"id", report.article}, {"revision", report.revision}};
  if (report.previous)
    article["previous"] = {{"revision", report.previous->revision},
                           {"documentSha256", report.previous->document_sha256},
                           {"reportSha256", report.previous->report_sha256}};
  json predicate{{"article", article},
                 {"document", about},
                 {"observedAt", report.observed},
                 {"recordedAt", report.recorded},
                 {"verifier", {{"name", "stet"}, {"version", STET_VERSION}}},
                 {"plugins", json::array()},
                 {"findings", json::array()},
                 {"facts", json::array()},
                 {"changes", json::array()}};
  for (const auto& run : report.plugins) {
    predicate["plugins"].push_back(plugin_json(run));
    for (const auto& f : run.outcome.findings) predicate["findings"].push_back(to_json(f));
    for (const auto& f : run.outcome.facts) predicate["facts"].push_back(to_json(f));
  }
  for (const auto& change : report.changes) predicate["changes"].push_back(to_json(change));
  if (!report.sources.empty()) predicate["sources"] = report.sources;
  return {{"_type", "https://in-toto.io/Statement/v1"},
          {"subject",
           {{{"name", report.article + "@" + std::to_string(report.revision)},
             {"digest", {{"sha256", about["sha256"]}, {"gitBlob", about["gitBlob"]}}}}}},
          {"predicateType", predicate_type},
          {"predicate", predicate}};
}

ReadReport parse_statement(std::string_view bytes) try {
  return parse(json::parse(bytes));
} catch (const json::exception& e) {
  throw std::runtime_error("not a report: " + std::string(e.what()));
} catch (const std::runtime_error& e) {
  throw std::runtime_error("not a report: " + std::string(e.what()));
}

}  // namespace stet
