// Attacks by JSON: by how deep it is nested, how long it is and how often it says a thing.
#include <catch2/catch.hpp>

#include "office.hpp"
#include "victim.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
using nlohmann::json;

namespace {

// Deep enough to exhaust any stack if every level were a call.
std::string deep() {
  constexpr size_t depth = 1'000'000;
  return std::string(depth, '[') + std::string(depth, ']');
}

std::string listed_of(Office& office) {
  return listed(office.verified());
}

}  // namespace

TEST_CASE("JSON that is nested without end is a problem of its file, wherever the ledger has it") {
  Office office;
  office.record("alder", 1);
  const auto path = [](const char* suffix) { return entry_path("alder", 1, suffix); };
  const std::string why = "JSON nested deeper than 200";
  SECTION("report") {
    const auto report = office.ledger.read("alder", 1).report;
    const size_t facts = report.find("\"facts\":[]");
    REQUIRE(facts != report.npos);
    const auto bent = std::string(report).replace(facts, 10, "\"facts\":" + deep());
    office.put(path(".report"), bent);
    noticed("a report nested a million deep", listed_of(office), path(".report") + ": not a report: " + why);
    CHECK_THROWS_WITH(stored_revision(Ledger::open(office.folder), "alder", 1), Contains(why));
  }
  SECTION("signatures") {
    office.put(path(".sig"), "{\"signatures\":" + deep() + "}");
    noticed("signatures nested a million deep", listed_of(office),
            path(".sig") + ": not a list of signatures: " + why);
  }
  SECTION("statement of a redaction") {
    office.put(path(".redacted"), "{\"predicate\":" + deep() + "}");
    office.put(path(".redacted.sig"), deep());
    noticed("a redaction nested a million deep", listed_of(office), path(".redacted") + ": " + why);
    CHECK_THROWS_WITH(redaction_of(Ledger::open(office.folder), "alder", 1), Contains(why));
  }
  SECTION("key file") {
    const auto file = "keys/" + std::string(64, '0') + ".json";
    office.put(file, deep());
    noticed("a key file nested a million deep", listed_of(office), file + ": " + why);
    CHECK_THROWS_WITH(listed_keys(Ledger::open(office.folder)), Contains(file + ": " + why));
  }
  SECTION("ledger.json") {
    office.put("ledger.json", "{\"format\":" + deep() + "}");
    noticed("a ledger.json nested a million deep", listed_of(office), "ledger.json: " + why);
    CHECK_THROWS_WITH(LedgerLog::open(Ledger::open(office.folder)), Contains("ledger.json: " + why));
  }
}

TEST_CASE("a report whose members say different things of one is told, though its signature holds") {
  Office office;
  const auto found = [&](const std::string& article, const std::function<void(json&)>& bend) {
    office.record(article, 1, bend);
    return listed_of(office);
  };
  const auto told = [&](const std::string& attack, const std::string& article, const std::string& why,
                        const std::function<void(json&)>& bend) {
    noticed(attack, found(article, bend), entry_path(article, 1, ".report") + ": not a report: " + why);
  };
  const json revisions[] = {4294967297, 1.5, true, -4294967295, "1", nullptr};
  for (size_t i = 0; i < std::size(revisions); ++i)
    told("revision " + revisions[i].dump(), "ash" + std::to_string(i),
         revisions[i].dump() + " is no integer from 0 to 4294967295",
         [&](json& s) { s["predicate"]["article"]["revision"] = revisions[i]; });
  told("subject of another article", "beech", "its subject is named \"nytimes@77\", expected \"beech@1\"",
       [](json& s) { s["subject"][0]["name"] = "nytimes@77"; });
  told("a second subject", "cedar", "it has not exactly one subject",
       [](json& s) { s["subject"].push_back(s["subject"][0]); });
  told("no subject", "cypress", "it has not exactly one subject",
       [](json& s) { s["subject"] = json::array(); });
  told("observedAt is no time", "elder", "observedAt is \"tomorrow\", which is not a time",
       [](json& s) { s["predicate"]["observedAt"] = "tomorrow"; });
  told("recordedAt is no time", "fir", "recordedAt is \"2026-13-01T00:00:00Z\", which is not a time",
       [](json& s) { s["predicate"]["recordedAt"] = "2026-13-01T00:00:00Z"; });
  told("unknown format", "hazel", "document.format is \"exe\", which is unknown",
       [](json& s) { s["predicate"]["document"]["format"] = "exe"; });
  told("title that is no text", "larch", "document.title is not a text",
       [](json& s) { s["predicate"]["document"]["title"] = 5; });
  const auto run = [](const char* outcome) {
    return json{{"id", "org.a"}, {"version", "1"}, {"sha256", sha256_hex("a")}, {"outcome", outcome}};
  };
  told("one plugin with two outcomes", "maple", "plugin \"org.a\" is there twice", [&](json& s) {
    s["predicate"]["plugins"] = {run("checked"), run("crashed")};
  });
  told("range of a finding below 0", "oak", "-1 is no integer from 0 to 4294967295", [&](json& s) {
    s["predicate"]["plugins"] = json::array({run("checked")});
    const json finding{{"plugin", "org.a"},
                       {"check", "odd"},
                       {"severity", "error"},
                       {"message", "Odd."},
                       {"range", json::array({-1, 5})}};
    s["predicate"]["findings"] = json::array({finding});
  });
}

TEST_CASE("members of a report that this version does not know are no problem") {
  Office office;
  office.record("alder", 1, [](json& s) {
    s["x"] = 1;
    s["predicate"]["y"] = {2};
    s["predicate"]["article"]["z"] = "3";
    s["subject"][0]["uri"] = "https://desk.example/alder";
  });
  CHECK(listed_of(office) == "");
}
