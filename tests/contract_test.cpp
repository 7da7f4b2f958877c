#include "contract.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "foreign_json.hpp"

namespace {

using Catch::Equals;
using Catch::StartsWith;

const stet::Manifest& manifest() {
  static const auto parsed = stet::parse_manifest(R"({"id":"org.example.demo","version":"1","abi":1,
    "checks":[{"id":"demo","severity":"warning","summary":"A demonstration."}],
    "facts":[{"kind":"word"}]})");
  return parsed;
}

const std::string text = "a“b”c";  // boundaries: 0 1 4 5 8 9

stet_text view(const std::string& s) {
  return {s.data(), s.size()};
}

// A finding and the texts it borrows.
template <class Judge>
std::string refusal_of(Judge judge) {
  try {
    judge();
    return "";
  } catch (const stet::Breach& e) {
    return e.what();
  }
}

struct Said {
  std::string check = "demo", message = "A message.", evidence, fix;
  std::vector<stet_range> related;
  stet_range range{0, 1}, fix_range{0, 0};
  int32_t severity = STET_DEFAULT;
  uint32_t size = sizeof(stet_finding);
  bool has_fix = false;

  stet_finding raw() const {
    return {size,          severity,       view(check),    range,
            view(message), view(evidence), related.data(), static_cast<uint32_t>(related.size()),
            has_fix,       fix_range,      view(fix)};
  }
  stet::Finding accept(stet::Contract& contract) const { return contract.accept(raw()); }
  stet::Finding accept() const {
    stet::Contract contract(manifest(), text);
    return accept(contract);
  }
  std::string refusal() const {
    stet::Contract contract(manifest(), text), checking(manifest(), text);
    const auto accepted = refusal_of([&] { accept(contract); });
    CHECK(refusal_of([&] { checking.check(raw()); }) == accepted);  // the worker judges as the host does
    return accepted;
  }
};

stet::Fact state(stet::Contract& contract, const std::string& kind, stet_range range,
                 const std::string& fields) {
  return contract.accept(stet_fact{sizeof(stet_fact), 0, view(kind), range, view(fields)});
}

std::string fact_refusal(const std::string& kind, stet_range range, const std::string& fields) {
  stet::Contract contract(manifest(), text), checking(manifest(), text);
  const stet_fact raw{sizeof raw, 0, view(kind), range, view(fields)};
  const auto accepted = refusal_of([&] { contract.accept(raw); });
  CHECK(refusal_of([&] { checking.check(raw); }) == accepted);
  return accepted;
}

}  // namespace

TEST_CASE("a finding without a severity has the manifest's") {
  Said said;
  CHECK(said.accept().severity == stet::Severity::warning);
  CHECK(said.accept().plugin == "org.example.demo");
  said.severity = STET_ERROR;
  CHECK(said.accept().severity == stet::Severity::error);
  said.severity = 4;
  CHECK(said.refusal() == "a finding outside the contract: there is no severity 4");
  said.severity = -1;
  CHECK(said.refusal() == "a finding outside the contract: there is no severity -1");
}

TEST_CASE("every range of a finding must be in the text and on character boundaries") {
  const auto refusal = [](stet_range range) {
    Said as_range, as_related, as_fix;
    as_range.range = range;
    as_related.related = {{0, 1}, range};
    as_fix.has_fix = true;
    as_fix.fix_range = range;
    CHECK(as_related.refusal() == as_range.refusal());
    CHECK(as_fix.refusal() == as_range.refusal());
    return as_range.refusal();
  };
  CHECK(refusal({0, 9}).empty());
  CHECK(refusal({9, 9}).empty());
  CHECK(refusal({1, 4}).empty());
  CHECK(refusal({0, 10}) == "a finding outside the contract: range 0-10 is not in the text of 9 bytes");
  CHECK(refusal({10, 10}) == "a finding outside the contract: range 10-10 is not in the text of 9 bytes");
  CHECK(refusal({4, 1}) == "a finding outside the contract: range 4-1 is not in the text of 9 bytes");
  CHECK(refusal({0, 2}) == "a finding outside the contract: range 0-2 splits a character");
  CHECK(refusal({3, 4}) == "a finding outside the contract: range 3-4 splits a character");
}

TEST_CASE("a fix that is not announced is not looked at") {
  Said said;
  said.fix_range = {7, 700};
  CHECK_FALSE(said.accept().fix);
}

TEST_CASE("the texts of a finding must be UTF-8 and its message must say something") {
  Said message, fix, check, silent;
  message.message = "\xff";
  fix.has_fix = true;
  fix.fix = "\xc3";
  check.check = "d\xc0mo";
  silent.message = "";
  CHECK(message.refusal() == "a finding outside the contract: its message is not UTF-8");
  CHECK(fix.refusal() == "a finding outside the contract: its fix is not UTF-8");
  CHECK(check.refusal() == "a finding outside the contract: its check is not UTF-8");
  CHECK(silent.refusal() == "a finding outside the contract: it has no message");
}

TEST_CASE("a check must be declared, and its name cannot write on a terminal") {
  Said said;
  said.check = "x\x1b[2J";
  CHECK(said.refusal() == "a finding outside the contract: check 'x [2J' is not declared");
}

TEST_CASE("evidence is a JSON object that can be kept, or absent") {
  Said said;
  CHECK(said.accept().evidence.is_null());
  const auto refusal = [&](const std::string& evidence) {
    said.evidence = evidence;
    return said.refusal();
  };
  CHECK(refusal(R"({"a":[1,2.5,null,"“"]})").empty());
  CHECK(refusal("[]") == "a finding outside the contract: its evidence is no JSON object");
  CHECK(refusal("{") == "a finding outside the contract: its evidence is not JSON at byte 2");
  CHECK(refusal("{}x") == "a finding outside the contract: its evidence is not JSON at byte 3");
  CHECK_THAT(refusal("{\"a\":\"\xff\"}"),
             StartsWith("a finding outside the contract: its evidence is not JSON"));
  CHECK(refusal(R"({"a":1e999})") ==
        "a finding outside the contract: its evidence is JSON with a number out of range");
  CHECK(refusal(R"({"a":9007199254740991})").empty());
  CHECK(refusal(R"({"a":9007199254740992})") ==
        "a finding outside the contract: its evidence is a whole number beyond 2^53 - 1");
  CHECK(refusal(R"({"a":[-9007199254740992]})") ==
        "a finding outside the contract: its evidence is a whole number beyond 2^53 - 1");
}

TEST_CASE("JSON is refused for its depth before anything walks it, and brackets in strings are no depth") {
  const auto nested = [](size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK_NOTHROW(stet::parse_foreign_json(nested(64)));
  CHECK_THROWS_WITH(stet::parse_foreign_json(nested(65)), "JSON nested deeper than 64");
  CHECK_THROWS_WITH(stet::parse_foreign_json(nested(1000000)), "JSON nested deeper than 64");
  CHECK_NOTHROW(stet::parse_foreign_json("\"" + nested(100) + "\""));
  CHECK_NOTHROW(stet::parse_foreign_json("[\"\\\"" + nested(100) + "\"]"));
  CHECK_THROWS_WITH(stet::parse_foreign_json("[\"\\\\\"," + nested(100) + "]"), "JSON nested deeper than 64");
}

TEST_CASE("JSON that is only checked is judged as JSON that is kept") {
  const auto ignore = [](const std::string&) {};
  const auto refusal = [](auto read) {
    try {
      read();
      return std::string();
    } catch (const std::runtime_error& e) {
      return std::string(e.what());
    }
  };
  for (const char* json : {"", "{", "{}x", "{\"a\":}", "[1,]", "\xff", "{\"a\":\"\xff\"}", "9007199254740991",
                           "9007199254740992", "-9007199254740991", "-9007199254740992",
                           "99999999999999999999999", "1e999", "[1e5]", "nul", "\"\\u12\""})
    CHECK(refusal([&] { stet::check_foreign_json(json, ignore); }) ==
          refusal([&] { stet::parse_foreign_json(json); }));
  std::string names;
  CHECK(
      stet::check_foreign_json(R"({"a":{"b":1},"c":[{"d":2}]})", [&](const std::string& n) { names += n; }));
  CHECK(names == "ac");
  CHECK_FALSE(stet::check_foreign_json("[{\"a\":1}]", ignore));
}

TEST_CASE("texts are measured before they are read, however large they claim to be") {
  stet::Contract contract(manifest(), text);
  stet_finding finding{};
  finding.size = sizeof finding;
  finding.check = {"demo", 4};
  finding.message = {"m", SIZE_MAX};
  finding.evidence = {"e", 3};
  CHECK_THROWS_WITH(contract.accept(finding), "a finding outside the contract: over 65536 bytes of text");
  Said said;
  said.message = std::string(stet::max_statement_bytes - 4, 'm');  // and four for "demo"
  CHECK(said.refusal().empty());
  said.message += 'm';
  CHECK(said.refusal() == "a finding outside the contract: over 65536 bytes of text");
}

TEST_CASE("a struct smaller than version 1 and a text without a pointer are refused") {
  Said said;
  said.size = 8;
  CHECK_THAT(said.refusal(), StartsWith("a finding outside the contract: it has 8 bytes, the least is "));
  said.size = sizeof(stet_finding) + 64;  // a later version: what it has more is not looked at
  CHECK(said.refusal().empty());
  stet::Contract contract(manifest(), text);
  stet_finding finding{};
  finding.size = sizeof finding;
  finding.check = {nullptr, 4};
  CHECK_THROWS_WITH(contract.accept(finding), "a finding outside the contract: a text without a pointer");
}

TEST_CASE("related ranges are counted before they are read") {
  Said said;
  said.related.assign(stet::max_related, {0, 1});
  CHECK(said.accept().related.size() == stet::max_related);
  said.related.push_back({0, 1});
  CHECK(said.refusal() == "a finding outside the contract: 1025 related ranges");
}

TEST_CASE("findings, facts and their size are counted for each document") {
  stet::Contract contract(manifest(), text);
  Said said;
  for (size_t i = 0; i < stet::max_findings; ++i) said.accept(contract);
  CHECK_THROWS_WITH(said.accept(contract), "more than 10000 findings");
  for (size_t i = 0; i < stet::max_facts; ++i) state(contract, "word", {0, 1}, "{}");
  CHECK_THROWS_WITH(state(contract, "word", {0, 1}, "{}"), "more than 10000 facts");

  stet::Contract fresh(manifest(), text);
  said.message = std::string(65000, 'm');
  for (int i = 0; i < 258; ++i) said.accept(fresh);
  CHECK_THROWS_WITH(said.accept(fresh), "more than 16 MiB of findings and facts");
}

TEST_CASE("a fact's fields are a JSON object and leave the host's own names alone") {
  stet::Contract contract(manifest(), text);
  const auto fact = state(contract, "word", {1, 4}, R"({"speaker":{"kind":"person"}})");
  CHECK(fact.plugin == "org.example.demo");
  CHECK(fact.range == stet::Range{1, 4});
  CHECK(fact.fields.at("speaker").at("kind") == "person");
  CHECK(fact_refusal("x", {0, 1}, "{}") == "a fact outside the contract: kind 'x' is not declared");
  CHECK(fact_refusal("word", {2, 4}, "{}") == "a fact outside the contract: range 2-4 splits a character");
  CHECK(fact_refusal("word", {0, 1}, "") == "a fact outside the contract: its fields is not JSON at byte 1");
  CHECK(fact_refusal("word", {0, 1}, "3") == "a fact outside the contract: its fields is no JSON object");
  for (const char* own : {"kind", "range", "plugin"})
    CHECK(fact_refusal("word", {0, 1}, "{\"" + std::string(own) + "\":1}") ==
          "a fact outside the contract: its fields hold \"" + std::string(own) + "\"");
}

TEST_CASE("a plugin's reason becomes one short line of valid text") {
  CHECK(stet::one_line("", "silence") == "silence");
  CHECK(stet::one_line("a\nb\x1b[0m\x7f", "") == "a b [0m ");
  CHECK(stet::one_line("“fine”", "") == "“fine”");
  CHECK(stet::one_line("not \xff fine", "") == "not ? fine");
  std::string quotes;
  while (quotes.size() < 2000) quotes += "“";
  const auto cut = stet::one_line(quotes, "");
  CHECK(cut.size() == 999);
  CHECK(cut == quotes.substr(0, 999));
}
