#include "report_outline.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "json_view.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

// Thrown for what is not as stet writes it, whether it is allowed or not.
struct Unsure {};

constexpr size_t most_plugins = 1000;

using View = JsonView;

View member(const View& object, std::string_view name) {
  const auto found = object.find(name);
  if (!found) throw Unsure();
  return *found;
}

template <typename Use>
void each(const View& array, const Use& use) {
  if (!array.is_array()) throw Unsure();
  for (auto at = array.first(); at; at = at->next_in(array)) use(*at);
}

std::string text(const View& object, std::string_view name) {
  const auto text = member(object, name).text();
  if (!text) throw Unsure();
  return std::string(*text);
}

void demand_text(const View& object, std::string_view name) {
  if (!member(object, name).is_text()) throw Unsure();
}

std::string time(const View& object, const char* name) {
  auto time = text(object, name);
  if (!parse_timestamp(time)) throw Unsure();
  return time;
}

uint32_t number(const View& value) {
  const auto number = value.number();
  if (!number || *number > std::numeric_limits<uint32_t>::max()) throw Unsure();
  return static_cast<uint32_t>(*number);
}

Range range_of(const View& value) {
  std::array<uint32_t, 2> bounds{};
  size_t numbers = 0;
  each(value, [&](const View& v) {
    if (numbers == bounds.size()) throw Unsure();
    bounds[numbers++] = number(v);
  });
  if (numbers != bounds.size()) throw Unsure();
  return {bounds[0], bounds[1]};
}

void demand_range(const View& value) {
  range_of(value);
}

void demand_severity(const View& value) {
  if (!severity_named(text(value, "severity"))) throw Unsure();
}

class Outline {
 public:
  Outline(const View& statement, bool with_facts) : statement_(statement), with_facts_(with_facts) {}

  ReadReport read() {
    if (text(statement_, "_type") != "https://in-toto.io/Statement/v1" ||
        text(statement_, "predicateType") != predicate_type)
      throw Unsure();
    const View predicate = member(statement_, "predicate");
    document(member(predicate, "document"));
    article(member(predicate, "article"));
    read_.report.observed = time(predicate, "observedAt");
    read_.report.recorded = time(predicate, "recordedAt");
    each(member(predicate, "plugins"), [&](const View& v) { plugin(v); });
    each(member(predicate, "findings"), [&](const View& v) { finding(v); });
    each(member(predicate, "facts"), [&](const View& v) { fact(v); });
    each(member(predicate, "changes"), [&](const View& v) { change(v); });
    if (const auto sources = predicate.find("sources"); sources && with_facts_)
      read_.report.sources = sources->json();
    subject(member(statement_, "subject"));
    return std::move(read_);
  }

 private:
  void document(const View& about) {
    read_.document_sha256 = text(about, "sha256");
    read_.text_sha256 = text(about, "textSha256");
    const auto size = member(about, "size").number();
    if (!size || !format_named(text(about, "format"))) throw Unsure();
    for (const char* stated : {"title", "byline", "published", "modified", "url"})
      if (about.find(stated)) demand_text(about, stated);
    read_.document = {{"format", text(about, "format")},
                      {"gitBlob", text(about, "gitBlob")},
                      {"name", text(about, "name")},
                      {"size", *size}};
  }

  void article(const View& about) {
    read_.report.article = text(about, "id");
    read_.report.revision = number(member(about, "revision"));
    const auto previous = about.find("previous");
    if (!previous) return;
    if (previous->find("redacted")) throw Unsure();
    read_.report.previous = {number(member(*previous, "revision")), text(*previous, "documentSha256"),
                             text(*previous, "reportSha256")};
  }

  void subject(const View& subjects) {
    const auto first = subjects.first();
    if (!first || first->next_in(subjects)) throw Unsure();
    if (text(*first, "name") != read_.report.article + '@' + std::to_string(read_.report.revision))
      throw Unsure();
    const View digest = member(*first, "digest");
    if (text(digest, "sha256") != read_.document_sha256 ||
        text(digest, "gitBlob") != read_.document["gitBlob"].get_ref<const std::string&>())
      throw Unsure();
  }

  void plugin(const View& v) {
    PluginRun run{text(v, "id"), text(v, "version"), text(v, "sha256"), {}};
    const auto outcome = text(v, "outcome");
    for (const auto kind : {Outcome::Kind::checked, Outcome::Kind::failed, Outcome::Kind::crashed,
                            Outcome::Kind::timed_out, Outcome::Kind::forbidden, Outcome::Kind::not_run})
      if (name(kind) == outcome) run.outcome.kind = kind;
    if (name(run.outcome.kind) != outcome || is_known(run.id)) throw Unsure();
    for (const char* said : {"reason", "confinement"})
      if (v.find(said)) demand_text(v, said);
    read_.report.plugins.push_back(std::move(run));
  }

  bool is_known(std::string_view id) {
    auto& plugins = read_.report.plugins;
    if (plugins.size() > most_plugins) throw Unsure();  // each is compared with those before it
    return std::any_of(plugins.begin(), plugins.end(), [&](const PluginRun& run) { return run.id == id; });
  }

  PluginRun& known_plugin(const View& v) {
    const auto id = member(v, "plugin").text();
    const auto known = std::find_if(read_.report.plugins.begin(), read_.report.plugins.end(),
                                    [&](const PluginRun& run) { return run.id == id; });
    if (known == read_.report.plugins.end()) throw Unsure();
    return *known;
  }

  void finding(const View& v) {
    known_plugin(v);
    demand_severity(v);
    demand_range(member(v, "range"));
    demand_text(v, "check");
    demand_text(v, "message");
    if (const auto related = v.find("related")) each(*related, demand_range);
    const auto fix = v.find("fix");
    if (!fix) return;
    demand_range(member(*fix, "range"));
    demand_text(*fix, "text");
  }

  void fact(const View& v) {
    auto& run = known_plugin(v);
    const auto range = range_of(member(v, "range"));
    auto kind = text(v, "kind");
    if (with_facts_)
      run.outcome.facts.push_back({run.id, std::move(kind), range, v.json({"kind", "plugin", "range"})});
  }

  void change(const View& v) {
    demand_severity(v);
    for (const char* said : {"change", "kind", "message"}) demand_text(v, said);
    if (v.find("plugin")) demand_text(v, "plugin");
    for (const char* side : {"before", "after"})
      if (const auto range = v.find(side)) demand_range(*range);
    const auto evidence = v.find("evidence");
    if (evidence && !evidence->is_object()) throw Unsure();
  }

  const View statement_;
  const bool with_facts_;
  ReadReport read_;
};

}  // namespace

std::optional<ReadReport> outline_of(std::string_view report, bool with_facts) try {
  if (report.size() > max_report_bytes) return std::nullopt;
  const auto text = JsonText::read(report);
  if (!text) return std::nullopt;
  return Outline(text->root(), with_facts).read();
} catch (const Unsure&) {
  return std::nullopt;
}

}  // namespace stet
