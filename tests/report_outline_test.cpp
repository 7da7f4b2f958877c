#include "report_outline.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "canonical.hpp"

using namespace stet;
using nlohmann::json;

namespace {

json sample() {
  Report report;
  report.article = "harbour.example/ferry";
  report.revision = 2;
  report.previous = {1, std::string(64, 'a'), std::string(64, 'b')};
  report.observed = report.recorded = "2025-11-23T12:13:20Z";
  PluginRun run{"org.example.quotes", "1.0.0", std::string(64, 'c'), {}};
  run.outcome.kind = Outcome::Kind::checked;
  run.outcome.confinement = "process, rlimits";
  run.outcome.facts.push_back({run.id, "quote", {3, 9}, {{"cue", "said"}, {"speaker", nullptr}}});
  run.outcome.facts.push_back(
      {run.id, "quote", {9, 12}, {{"text", "a \"b\"\n"}, {"n", -3}, {"of", {1, {{"x", true}}, "é"}}}});
  run.outcome.findings.push_back({run.id,
                                  "unclosed",
                                  Severity::error,
                                  {3, 4},
                                  "It is \"never\" closed.",
                                  {{1, 2}},
                                  {{"n", 1}},
                                  Fix{{3, 4}, "x"}});
  report.plugins = {
      run,
      {"org.example.other", "2", std::string(64, 'd'), {Outcome::Kind::crashed, "signal 11", "", {}, {}}}};
  report.changes.push_back(
      {run.id, "quote-altered", "quote", Severity::error, Range{1, 2}, Range{1, 3}, "a", json::object()});
  report.changes.push_back(
      {"", "text-added", "text", Severity::note, {}, Range{1, 3}, "b", {{"after", "x"}}});
  report.sources = {{{"url", "https://a.example"}, {"status", 200}}};
  return statement(read_document("a.txt", "A title\n\nShe said “no”.\n", Format::text), report);
}

void check_same(const ReadReport& a, const ReadReport& b) {
  CHECK(a.report.article == b.report.article);
  CHECK(a.report.revision == b.report.revision);
  REQUIRE(a.report.previous.has_value() == b.report.previous.has_value());
  if (a.report.previous) {
    CHECK(a.report.previous->revision == b.report.previous->revision);
    CHECK(a.report.previous->document_sha256 == b.report.previous->document_sha256);
    CHECK(a.report.previous->report_sha256 == b.report.previous->report_sha256);
  }
  CHECK(a.report.observed == b.report.observed);
  CHECK(a.report.recorded == b.report.recorded);
  CHECK(a.document_sha256 == b.document_sha256);
  CHECK(a.text_sha256 == b.text_sha256);
  for (const char* name : {"format", "gitBlob", "name", "size"})
    CHECK(a.document.at(name) == b.document.at(name));
  REQUIRE(a.report.plugins.size() == b.report.plugins.size());
  for (size_t i = 0; i < a.report.plugins.size(); ++i) {
    CHECK(a.report.plugins[i].id == b.report.plugins[i].id);
    CHECK(a.report.plugins[i].version == b.report.plugins[i].version);
    CHECK(a.report.plugins[i].sha256 == b.report.plugins[i].sha256);
    CHECK(a.report.plugins[i].outcome.kind == b.report.plugins[i].outcome.kind);
  }
}

void check_same_facts(const ReadReport& a, const ReadReport& b) {
  CHECK(a.report.sources == b.report.sources);
  REQUIRE(a.report.plugins.size() == b.report.plugins.size());
  for (size_t i = 0; i < a.report.plugins.size(); ++i) {
    const auto &mine = a.report.plugins[i].outcome.facts, &theirs = b.report.plugins[i].outcome.facts;
    REQUIRE(mine.size() == theirs.size());
    for (size_t f = 0; f < mine.size(); ++f) {
      CHECK(mine[f].plugin == theirs[f].plugin);
      CHECK(to_json(mine[f]) == to_json(theirs[f]));
    }
  }
}

// All objects and arrays of a value, itself among them.
void collect(json& value, std::vector<json*>& all) {
  if (!value.is_structured()) return;
  all.push_back(&value);
  for (auto& child : value) collect(child, all);
}

}  // namespace

TEST_CASE("an outline says what the whole report says") {
  const auto bytes = canonical(sample());
  const auto outline = outline_of(bytes);
  REQUIRE(outline);
  check_same(*outline, parse_statement(bytes));
  CHECK(outline->report.plugins[0].outcome.facts.empty());
  const auto with_facts = outline_of(bytes, true);
  REQUIRE(with_facts);
  CHECK(with_facts->report.plugins[0].outcome.facts.size() == 2);
  check_same_facts(*with_facts, parse_statement(bytes));
}

TEST_CASE("there is an outline only of what is a report, whatever was made of it") {
  std::mt19937 random(5);
  const json others[] = {
      nullptr, 1, -1, 5000000000, 1.5, "x", "note", json::array(), json::array({1, 2}), json::object(), true};
  size_t read = 0, refused = 0;
  for (int i = 0; i < 2000; ++i) {
    json value = sample();
    std::vector<json*> places;
    collect(value, places);
    json& place = *places[random() % places.size()];
    if (place.empty()) continue;
    auto at = std::next(place.begin(), static_cast<long>(random() % place.size()));
    if (random() % 3 == 0)
      place.erase(at);
    else
      *at = others[random() % std::size(others)];
    const auto bytes = canonical(value);
    const auto outline = outline_of(bytes, true);
    ++(outline ? read : refused);
    if (!outline) continue;
    INFO(bytes);
    std::optional<ReadReport> whole;
    REQUIRE_NOTHROW(whole = parse_statement(bytes));
    check_same(*outline, *whole);
    check_same_facts(*outline, *whole);
  }
  CHECK(read > 50);
  CHECK(refused > 300);
}

TEST_CASE("a report that is not canonical has no outline") {
  CHECK_FALSE(outline_of(sample().dump(1)));
  CHECK_FALSE(outline_of(canonical(sample()) + "\n"));
  CHECK_FALSE(outline_of(""));
}
