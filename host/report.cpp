// Rules of a report:
//   - It says nothing that the document, the plugins' answers and the arguments did not say: the same
//     input gives the same bytes.
//   - Every plugin that was to run is in `plugins`, with its outcome. An empty list of findings means
//     nothing without it.
//   - Members that are not known are absent; none is null or empty in their place.
#include "report.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <utility>

#include "canonical.hpp"
#include "digest.hpp"
#include "foreign_json.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

using nlohmann::json;

json document_json(const Document& d, const DocumentDigests& digests) {
  json j = to_json(d.metadata);
  j["name"] = std::filesystem::path(d.name).filename().string();  // folders are the recorder's own business
  j["sha256"] = digests.sha256;
  j["gitBlob"] = digests.git_blob;
  j["size"] = d.bytes.size();
  j["format"] = name(d.format);
  j["textSha256"] = digests.text_sha256;
  if (!d.notices.empty()) j["notices"] = d.notices;
  return j;
}

std::string range_text(Range range) {
  return '[' + std::to_string(range.begin) + ',' + std::to_string(range.end) + ']';
}

std::string json_text(std::string_view text) {
  CanonicalWriter writer;
  writer.text(text);
  return writer.take();
}

// Members in their canonical order, straight into bytes: a report is a few documents' worth of small
// objects, and making json values of them first took most of the time of an import outside the plugins.
class StatementWriter {
 public:
  StatementWriter(const Document& document, const DocumentDigests& digests, const Report& report)
      : document_(document), digests_(digests), report_(report) {}

  std::string write() {
    out_.reserve(expected_size());
    out_.raw(R"({"_type":"https://in-toto.io/Statement/v1","predicate":)");
    predicate();
    member(R"(,"predicateType":)", predicate_type);
    member(R"(,"subject":[{"digest":{"gitBlob":)", digests_.git_blob);
    member(R"(,"sha256":)", digests_.sha256);
    member(R"(},"name":)", report_.article + "@" + std::to_string(report_.revision));
    out_.raw("}]}");
    return out_.take();
  }

 private:
  // More than most need, so that the bytes are seldom moved.
  size_t expected_size() const {
    size_t size = 3000 + 400 * report_.changes.size();
    for (const auto& run : report_.plugins)
      size += 250 * run.outcome.facts.size() + 400 * run.outcome.findings.size();
    return size;
  }

  // `before` ends with the member's name.
  void member(std::string_view before, std::string_view text) {
    out_.raw(before);
    out_.text(text);
  }

  template <class Things, class Write>
  void list(std::string_view before, const Things& things, Write write) {
    out_.raw(before);
    separator_ = "[";
    for (const auto& thing : things) write(thing);
    out_.raw(*separator_ == '[' ? "[]" : "]");
  }
  void separate() { out_.raw(std::exchange(separator_, ",")); }

  void predicate() {
    article();
    list(R"(,"changes":)", report_.changes, [&](const Change& c) { separate(), change(c); });
    out_.raw(R"(,"document":)");
    out_.value(document_json(document_, digests_));
    list(R"(,"facts":)", report_.plugins, [&](const PluginRun& run) {
      for (const auto& f : run.outcome.facts) separate(), fact(f);
    });
    list(R"(,"findings":)", report_.plugins, [&](const PluginRun& run) {
      for (const auto& f : run.outcome.findings) separate(), finding(f);
    });
    member(R"(,"observedAt":)", report_.observed);
    list(R"(,"plugins":)", report_.plugins, [&](const PluginRun& run) { separate(), plugin(run); });
    member(R"(,"recordedAt":)", report_.recorded);
    if (!report_.sources.empty()) {
      out_.raw(R"(,"sources":)");
      out_.value(report_.sources);
    }
    member(R"(,"verifier":{"name":"stet","version":)", STET_VERSION);
    out_.raw("}}");
  }

  void article() {
    member(R"({"article":{"id":)", report_.article);
    if (const auto& previous = report_.previous) {
      member(R"(,"previous":{"documentSha256":)", previous->document_sha256);
      if (previous->redacted) out_.raw(R"(,"redacted":true)");
      member(R"(,"reportSha256":)", previous->report_sha256);
      out_.raw(R"(,"revision":)");
      out_.number(previous->revision);
      out_.raw("}");
    }
    out_.raw(R"(,"revision":)");
    out_.number(report_.revision);
    out_.raw("}");
  }

  void change(const Change& c) {
    out_.raw("{");
    if (c.after) out_.raw(R"("after":)" + range_text(*c.after) + ',');
    if (c.before) out_.raw(R"("before":)" + range_text(*c.before) + ',');
    member(R"("change":)", c.change);
    out_.raw(R"(,"evidence":)");
    out_.value(c.evidence.is_object() ? c.evidence : json::object());
    member(R"(,"kind":)", c.kind);
    member(R"(,"message":)", c.message);
    if (!c.plugin.empty()) member(R"(,"plugin":)", c.plugin);
    member(R"(,"severity":)", name(c.severity));
    out_.raw("}");
  }

  void fact(const Fact& f) {
    const std::string kind = json_text(f.kind), plugin = json_text(f.plugin), range = range_text(f.range);
    out_.object(f.fields, {{"kind", kind}, {"plugin", plugin}, {"range", range}});
  }

  void finding(const Finding& f) {
    member(R"({"check":)", f.check);
    if (f.evidence.is_object()) {
      out_.raw(R"(,"evidence":)");
      out_.value(f.evidence);
    }
    if (f.fix) {
      member(R"(,"fix":{"range":)" + range_text(f.fix->range) + R"(,"text":)", f.fix->text);
      out_.raw("}");
    }
    member(R"(,"message":)", f.message);
    member(R"(,"plugin":)", f.plugin);
    out_.raw(R"(,"range":)" + range_text(f.range));
    for (size_t i = 0; i < f.related.size(); ++i)
      out_.raw((i == 0 ? R"(,"related":[)" : ",") + range_text(f.related[i]));
    if (!f.related.empty()) out_.raw("]");
    member(R"(,"severity":)", name(f.severity));
    out_.raw("}");
  }

  void plugin(const PluginRun& run) {
    out_.raw("{");
    const auto& outcome = run.outcome;
    if (!outcome.confinement.empty()) member(R"("confinement":)", outcome.confinement), out_.raw(",");
    member(R"("id":)", run.id);
    if (!run.options.empty()) {
      out_.raw(R"(,"options":)");
      out_.value(run.options);
    }
    member(R"(,"outcome":)", name(outcome.kind));
    if (!outcome.reason.empty()) member(R"(,"reason":)", outcome.reason);
    member(R"(,"sha256":)", run.sha256);
    member(R"(,"version":)", run.version);
    out_.raw("}");
  }

  const Document& document_;
  const DocumentDigests& digests_;
  const Report& report_;
  CanonicalWriter out_;
  const char* separator_ = "[";
};

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

constexpr std::array stated_texts{"title", "byline", "published", "modified", "url"};

// What tools that know the envelope alone go by must be what the report itself says.
void check_subject(const json& subjects, const ReadReport& r) {
  if (!subjects.is_array() || subjects.size() != 1)
    throw std::runtime_error("it has not exactly one subject");
  const std::string named = subjects[0].at("name"),
                    expected = r.report.article + '@' + std::to_string(r.report.revision);
  if (named != expected)
    throw std::runtime_error("its subject is named \"" + named + "\", expected \"" + expected + '"');
  const json& digest = subjects[0].at("digest");
  if (digest.at("sha256") != r.document_sha256 || digest.at("gitBlob") != r.document.at("gitBlob"))
    throw std::runtime_error("subject and predicate.document give different digests");
}

void check_document(const json& document) {
  const std::string format = document.at("format");
  if (!format_named(format))
    throw std::runtime_error("document.format is \"" + format + "\", which is unknown");
  for (const char* member : stated_texts)
    if (document.contains(member) && !document[member].is_string())
      throw std::runtime_error(std::string("document.") + member + " is not a text");
}

std::string time_in(const json& predicate, const char* member) {
  std::string time = predicate.at(member);
  if (!parse_timestamp(time))
    throw std::runtime_error(std::string(member) + " is \"" + time + "\", which is not a time");
  return time;
}

// Hands findings and facts back to the plugin that made them.
void distribute(const json& predicate, std::vector<PluginRun>& plugins) {
  std::map<std::string, Outcome*> by_id;
  for (auto& run : plugins)
    if (!by_id.emplace(run.id, &run.outcome).second)
      throw std::runtime_error("plugin \"" + run.id + "\" is there twice");
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
  check_document(r.document);
  r.document_sha256 = r.document.at("sha256");
  r.text_sha256 = r.document.at("textSha256");
  const json& article = p.at("article");
  r.report.article = article.at("id");
  r.report.revision = whole_number(article.at("revision"));
  if (article.contains("previous")) r.report.previous = previous_from_json(article["previous"]);
  r.report.observed = time_in(p, "observedAt");
  r.report.recorded = time_in(p, "recordedAt");
  for (const auto& plugin : p.at("plugins")) r.report.plugins.push_back(plugin_from(plugin));
  distribute(p, r.report.plugins);
  for (const auto& change : p.at("changes")) r.report.changes.push_back(change_from_json(change));
  if (p.contains("sources")) r.report.sources = p["sources"];
  check_subject(s.at("subject"), r);
  return r;
}

}  // namespace

DocumentDigests digests_of(const Document& document) {
  return digests_of(document, git_blob_hex(document.bytes));
}

DocumentDigests digests_of(const Document& document, std::string git_blob) {
  DocumentDigests digests{sha256_hex(document.bytes), "", std::move(git_blob)};
  digests.text_sha256 = document.text == document.bytes ? digests.sha256 : sha256_hex(document.text);
  return digests;
}

json to_json(const PreviousRevision& previous) {
  json value{{"revision", previous.revision},
             {"documentSha256", previous.document_sha256},
             {"reportSha256", previous.report_sha256}};
  if (previous.redacted) value["redacted"] = true;
  return value;
}

PreviousRevision previous_from_json(const json& value) {
  return {whole_number(value.at("revision")), value.at("documentSha256"), value.at("reportSha256"),
          value.value("redacted", false)};
}

std::string write_statement(const Document& document, const DocumentDigests& digests, const Report& report) {
  return StatementWriter(document, digests, report).write();
}

json statement(const Document& document, const Report& report) {
  return json::parse(write_statement(document, digests_of(document), report));
}

ReadReport parse_statement(std::string_view bytes) try {
  if (bytes.size() > max_report_bytes)
    throw std::runtime_error("it has " + std::to_string(bytes.size()) + " bytes; at most " +
                             std::to_string(max_report_bytes) + " are read");
  return parse(parse_stored_json(bytes));
} catch (const json::exception& e) {
  throw std::runtime_error("not a report: " + std::string(e.what()));
} catch (const std::runtime_error& e) {
  throw std::runtime_error("not a report: " + std::string(e.what()));
}

}  // namespace stet
