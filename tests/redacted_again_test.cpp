// What was redacted by a key that is revoked later since before, and is signed again by one that counts.
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "newsroom.hpp"
#include "revision_check.hpp"
#include "signed_by.hpp"
#include "timestamp.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;

namespace {

// Whoever stole `key` has redacted with it; it was revoked since before that.
struct Robbed : Newsroom {
  explicit Robbed(bool with_log = true) : Newsroom(with_log) {
    record_all();
    // Without a log the second tells what was recorded from what was redacted.
    if (!with_log) std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    const auto end = key_end(ledger, "", now());
    redact_by(key);
    rotate_key(ledger, signers(), next.public_key(), now());
    revoke_key(ledger, signers(next), key.public_key().keyid(), end, "stolen", now());
  }

  void redact_by(const PrivateKey& by) {
    const RevisionName name{"alder", 2};
    redact(ledger, signers(by), {&name, 1}, "nobody asks for it", now());
  }

  // Put there with all keys, so that the log agrees.
  void put(const std::string& suffix, const std::string& bytes) {
    const auto locked = ledger.lock();
    SideFiles side;
    side.written = {{path + suffix, bytes}};
    commit_files(ledger, signers(next), std::move(side), "put there", now());
  }

  std::string problem() const {
    const auto fault = RevisionCheck(ledger).fault("alder", 2);
    return fault ? fault->path + ": " + fault->message : "";
  }

  std::string statement() const { return ledger.file(path + ".redacted").value(); }

  const std::string path = entry_path("alder", 2, "");
  PrivateKey next = PrivateKey::generate();
};

}  // namespace

TEST_CASE("what a stolen key redacted is put right by the signature of one that counts, and can be purged") {
  Robbed room(GENERATE(true, false));
  CHECK_THAT(room.problems(), Contains(room.path + ".redacted") &&
                                  Contains(" by " + room.key.public_key().keyid()) && Contains("revoked on"));
  CHECK(room.problem() != "");
  CHECK_THROWS_WITH(purge_history(room.ledger, room.next, now()), Contains("does not hold"));
  const auto statement = room.statement(), first = room.ledger.file(room.path + ".redacted.sig").value();
  room.redact_by(room.next);
  CHECK(room.problems() == "");
  CHECK(room.problems_fast(1) == "");
  CHECK(room.problems_fast() == "");
  CHECK(room.problem() == "");
  CHECK(room.statement() == statement);
  CHECK(room.ledger.file(room.path + ".redacted.sig") == first);
  CHECK_THAT(room.verified().redacted.at(0),
             Contains(" (signed again by " + room.next.public_key().keyid() + ")"));
  CHECK_THROWS_WITH(room.redact_by(room.next), Contains("alder@2 was redacted on"));
  CHECK(purge_history(room.ledger, room.next, now()) > 0);
  CHECK(room.problems() == "");
  CHECK(room.problems_fast(1) == "");
}

TEST_CASE("a redaction that is told of names what puts it right") {
  Robbed room;
  const auto third = PrivateKey::generate();
  room.record_by(room.next, "cedar");
  const RevisionName other{"birch", 1};
  redact(room.ledger, room.signers(room.next), {&other, 1}, "x", now());
  rotate_key(room.ledger, room.signers(room.next), third.public_key(), now());
  revoke_key(room.ledger, room.signers(third), room.next.public_key().keyid(),
             key_end(room.ledger, "cedar@1", now()), "stolen", now());
  CHECK_THAT(room.problems(), Contains("; a key that counts signs it again: stet redact birch@1"));
}

TEST_CASE("who signs a redaction again is judged by the place of that in the log") {
  Robbed room;
  const auto end = key_end(room.ledger, "", now());
  room.redact_by(room.next);
  const auto third = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(room.next), third.public_key(), now());
  CHECK(room.problems() == "");
  revoke_key(room.ledger, room.signers(third), room.next.public_key().keyid(), end, "stolen too", now());
  for (const auto& found : {room.problems(), room.problem()})
    CHECK_THAT(found, Contains(room.path + ".redacted.sig.2: is number ") && Contains("revoked on"));
  room.redact_by(third);
  CHECK_THAT(room.problems(), !Contains(".redacted"));
  CHECK(room.problem() == "");
  VerifyOptions options;
  options.signer = third.public_key().keyid();
  CHECK_THAT(listed(verify(room.ledger, options)), !Contains(".redacted"));
  options.signer = room.next.public_key().keyid();
  CHECK_THAT(listed(verify(room.ledger, options)),
             Contains(".redacted.sig.3: is signed by " + third.public_key().keyid() + ", expected "));
}

TEST_CASE("signatures of a redaction that are removed, exchanged or a stranger's are told") {
  Robbed room;
  room.redact_by(room.next);
  REQUIRE(room.problems() == "");
  const auto file = room.path + ".redacted.sig";
  const auto stranger = PrivateKey::generate();
  SECTION("the later one is removed") {
    rewrite(room.folder(), "git rm -q " + file + ".2");
    CHECK_THAT(room.problems(), Contains(file + ".2: was removed by commit") &&
                                    Contains(room.path + ".redacted: is number ") &&
                                    Contains("the first as number 12, the ledger does not hold as recorded"));
  }
  SECTION("the first is removed") {
    rewrite(room.folder(), "git rm -q " + file);
    CHECK_THAT(room.problems(), Contains(file + ": is missing; was removed by commit"));
  }
  SECTION("they change places") {
    rewrite(room.folder(), "mv " + file + " x && mv " + file + ".2 " + file + " && mv x " + file + ".2");
    CHECK_THAT(room.problems(), Contains(file + ": was changed by commit") &&
                                    Contains(file + ".2: is not what the log says was recorded"));
  }
  SECTION("the later one is replaced, the log agreeing") {
    room.put(".redacted.sig.2", signed_by(room.key, room.statement()));
    CHECK_THAT(room.problems(), Contains(file + ".2: is number ") && Contains("was changed by commit"));
  }
  SECTION("a stranger's comes behind them") {
    room.put(".redacted.sig.3", signed_by(stranger, room.statement()));
    CHECK_THAT(room.problems(), Contains(file + ".3: is signed by " + stranger.public_key().keyid() +
                                         ", which is not one of the ledger's keys"));
  }
  SECTION("one comes behind them that the log does not have") {
    rewrite(room.folder(), "cp " + file + ".2 " + file + ".3");
    CHECK_THAT(room.problems(), Contains(file + ".3: is not what the log says was recorded"));
    CHECK_THAT(room.problem(), Contains(file + ".3: is not what the log says was recorded"));
    CHECK_THAT(room.problems_fast(1), Contains(file + ".3: is not what the log says was recorded"));
  }
  SECTION("one holds over something else") {
    room.put(".redacted.sig.3", signed_by(room.next, room.statement() + " "));
    CHECK_THAT(room.problems(), Contains(file + ".3: holds a signature of ") &&
                                    Contains("that does not hold over r00002.redacted"));
  }
  SECTION("one of a number that is not the next") {
    room.put(".redacted.sig.4", signed_by(room.next, room.statement()));
    CHECK_THAT(room.problems(), Contains(file + ".4: is there without those that come before it"));
  }
}

TEST_CASE("nobody is made to sign what another has forged") {
  Robbed room;
  rewrite(room.folder(), "echo >> " + room.path + ".redacted");
  CHECK_THROWS(room.redact_by(room.next));
  CHECK_FALSE(room.ledger.file(room.path + ".redacted.sig.2"));
}
