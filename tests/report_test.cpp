#include "report.hpp"

#include <catch2/catch.hpp>

#include "canonical.hpp"
#include "digest.hpp"

namespace {

stet::Report sample() {
  stet::Report r;
  r.article = "talks";
  r.revision = 2;
  r.previous = {1, std::string(64, 'a'), std::string(64, 'b')};
  r.observed = "2031-03-04T10:00:00Z";
  r.recorded = "2031-03-04T10:00:01Z";
  stet::Outcome good{stet::Outcome::Kind::checked, "", "process", {}, {}};
  good.findings.push_back({"org.a",
                           "odd",
                           stet::Severity::warning,
                           {2, 5},
                           "Odd.",
                           {{0, 1}},
                           {{"n", 1}},
                           stet::Fix{{2, 3}, "x"}});
  good.facts.push_back({"org.a", "quote", {1, 4}, {{"type", "direct"}}});
  r.plugins.push_back({"org.a", "1.0", std::string(64, 'c'), good});
  r.plugins.push_back(
      {"org.b", "1.0", std::string(64, 'd'), {stet::Outcome::Kind::timed_out, "no answer", "", {}, {}}});
  r.changes.push_back({"org.a",
                       "quote-altered",
                       "quote",
                       stet::Severity::error,
                       stet::Range{1, 2},
                       stet::Range{1, 3},
                       "Altered.",
                       {{"before", "a"}}});
  return r;
}

const stet::Document& document() {
  static const auto d = stet::read_document("t.txt", "A title\nA line.\n", stet::Format::text);
  return d;
}

}  // namespace

TEST_CASE("what is written into a report is read back from it") {
  const auto bytes = stet::canonical(stet::statement(document(), sample()));
  const auto read = stet::parse_statement(bytes);
  CHECK(read.document_sha256 == stet::sha256_hex(document().bytes));
  CHECK(read.report.revision == 2);
  CHECK(read.report.previous->report_sha256 == std::string(64, 'b'));
  REQUIRE(read.report.plugins.size() == 2);
  CHECK(read.report.plugins[0].outcome.findings[0].fix->text == "x");
  CHECK(read.report.plugins[0].outcome.facts[0].fields == nlohmann::json{{"type", "direct"}});
  CHECK(read.report.plugins[1].outcome.kind == stet::Outcome::Kind::timed_out);
  CHECK(read.report.changes[0].change == "quote-altered");
  CHECK(stet::canonical(stet::statement(document(), read.report)) == bytes);
}

TEST_CASE("a report is written canonically, whatever its parts hold") {
  auto report = sample();
  auto& outcome = report.plugins[0].outcome;
  report.plugins[0].options = {{"b", {{"z", 1}, {"a", 2}}}, {"a", nullptr}};
  outcome.facts.push_back({"org.a", "q\n\"\x01", {4, 6}, nlohmann::json::object()});
  // Names on both sides of the host's own ("kind", "plugin", "range"), and two that UTF-16 orders otherwise.
  outcome.facts.push_back(
      {"org.a",
       "quote",
       {4, 6},
       {{"a", 1}, {"l", {1, "x"}}, {"q", 1.5}, {"z", "\\"}, {"\xef\xbf\xbd", 1}, {"\xf0\x9f\x98\x80", 2}}});
  outcome.findings.push_back({"org.a", "plain", stet::Severity::note, {0, 1}, "Plain.", {}, {}, {}});
  report.changes.push_back(
      {"", "text-added", "text", stet::Severity::note, {}, stet::Range{2, 3}, "New.", {}});
  report.sources = {{{"reference", "a"}, {"state", "missing"}}};
  const bool first = GENERATE(false, true);
  if (first) report.previous.reset(), report.plugins.clear(), report.changes.clear();
  const auto bytes = stet::write_statement(document(), stet::digests_of(document()), report);
  CHECK(stet::is_canonical(bytes));
  const auto read = stet::parse_statement(bytes);
  CHECK(stet::write_statement(document(), stet::digests_of(document()), read.report) == bytes);
  if (!first) CHECK(read.report.plugins[0].outcome.facts[2].fields == outcome.facts[2].fields);
}

TEST_CASE("the same input gives the same bytes") {
  CHECK(stet::canonical(stet::statement(document(), sample())) ==
        stet::canonical(stet::statement(document(), sample())));
}

TEST_CASE("a statement with a member missing, of another type, or contradicting itself is no report") {
  const auto good = stet::statement(document(), sample());
  const auto broken = [&](const char* pointer, const nlohmann::json& value) {
    auto bad = good;
    bad[nlohmann::json::json_pointer(pointer)] = value;
    return bad.dump();
  };
  CHECK_NOTHROW(stet::parse_statement(good.dump()));
  for (const auto& bad :
       {broken("/predicateType", "urn:other"), broken("/_type", 1),
        broken("/subject/0/digest/sha256", std::string(64, '0')),
        broken("/predicate/plugins/0/outcome", "fine"), broken("/predicate/findings/0/plugin", "org.unknown"),
        broken("/predicate/article/revision", "two"), broken("/predicate/facts/0/range", {1}),
        std::string("{"), std::string("null"), std::string()})
    CHECK_THROWS_WITH(stet::parse_statement(bad), Catch::StartsWith("not a report: "));
}
