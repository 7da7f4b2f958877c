// Attacks by JSON: by how deep it is nested, how long it is and how often it says a thing.
#include <catch2/catch.hpp>

#include "office.hpp"
#include "victim.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;

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
