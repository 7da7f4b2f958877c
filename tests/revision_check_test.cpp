#include "revision_check.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "newsroom.hpp"
#include "signed_by.hpp"
#include "timestamp.hpp"

using namespace stet;
using namespace stet::testing;

namespace {

const std::string alder2 = entry_path("alder", 2, "");

std::string fault_of(const Newsroom& room, const std::string& article, uint32_t revision) {
  const auto ledger = Ledger::open(room.folder());
  const auto fault = RevisionCheck(ledger).fault(article, revision);
  return fault ? fault->path + ": " + fault->message : "";
}

// By somebody who can write to the repository and has no key.
void put(const Newsroom& room, const std::string& path, const std::string& bytes) {
  std::ofstream(room.scratch / "put", std::ios::binary) << bytes;
  rewrite(room.folder(), "cp '" + (room.scratch / "put").string() + "' " + path);
}

}  // namespace

TEST_CASE("every honest revision holds, whatever became of the others") {
  Newsroom room(GENERATE(true, false));
  room.record_all();
  put(room, entry_path("alder", 3, ""), "Other words\n");
  for (uint32_t n : {1, 2}) CHECK(fault_of(room, "alder", n) == "");
  for (uint32_t n : {1, 2}) CHECK(fault_of(room, "birch", n) == "");
  CHECK_THAT(fault_of(room, "alder", 3), Catch::Contains(entry_path("alder", 3, "") + ": has SHA-256 "));
}

TEST_CASE("what is not what was signed is told, naming the file") {
  Newsroom room;
  room.record_all();
  const auto stranger = PrivateKey::generate();
  auto report = nlohmann::json::parse(room.ledger.read("alder", 2).report);
  report["predicate"]["verifier"]["version"] = "another";
  const std::string bent = canonical(report);
  const auto told = [&](const std::string& words) {
    CHECK_THAT(fault_of(room, "alder", 2), Catch::Contains(words));
  };
  SECTION("the report, under the old signature") {
    put(room, alder2 + ".report", bent);
    told(alder2 + ".sig: holds a signature of " + room.key.public_key().keyid() + " that does not hold");
  }
  SECTION("report and signature") {
    put(room, alder2 + ".report", bent);
    put(room, alder2 + ".sig", signed_by(stranger, bent));
    told(alder2 + ".sig: is signed by " + stranger.public_key().keyid());
  }
  SECTION("the text") {
    put(room, entry_path("birch", 2, ".text"), "Other words\n");
    CHECK_THAT(fault_of(room, "birch", 2), Catch::Contains(".text: has SHA-256 "));
  }
  SECTION("a signature that is gone") {
    rewrite(room.folder(), "git rm -q " + alder2 + ".sig");
    told(alder2 + ".sig: is missing");
  }
  SECTION("the key file") {
    put(room, room.key_path(), "{}");
    told(alder2 + ".sig: is by a key whose file is damaged");
  }
  SECTION("a redaction by a stranger") {
    put(room, alder2 + ".redacted", "{}");
    told(alder2 + ".redacted.sig: is missing");
  }
}

TEST_CASE("a key that counts for a range of the log is judged by the revision's place in it") {
  Newsroom room;
  room.record_all();
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  room.record_by(next, "cedar");
  CHECK(fault_of(room, "alder", 2) == "");
  CHECK(fault_of(room, "cedar", 1) == "");
  revoke_key(room.ledger, room.signers(next), room.key.public_key().keyid(), {now(), leaves_at_first + 1},
             "stolen", now());
  CHECK(fault_of(room, "alder", 1) == "");
  CHECK_THAT(fault_of(room, "alder", 2), Catch::Contains("is number 4 of the log and was signed by "));
}

TEST_CASE("a redacted revision holds by the statement in its place") {
  Newsroom room;
  room.record_all();
  const RevisionName name{"alder", 2};
  redact(room.ledger, room.signers(), {&name, 1}, "a court order", now());
  CHECK(fault_of(room, "alder", 2) == "");
  const auto stranger = PrivateKey::generate();
  put(room, alder2 + ".redacted.sig", signed_by(stranger, room.ledger.file(alder2 + ".redacted").value()));
  CHECK_THAT(fault_of(room, "alder", 2), Catch::Contains("is signed by " + stranger.public_key().keyid()));
}
