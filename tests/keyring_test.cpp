#include "keyring.hpp"

#include <catch2/catch.hpp>

#include "newsroom.hpp"
#include "sshsig.hpp"
#include "timestamp.hpp"

using namespace stet;
using Catch::Contains;
using testing::Newsroom;

namespace {

constexpr int64_t noon = 1'764'000'000;  // 2025-11-24T16:00:00Z

std::string keyid(const PrivateKey& key) {
  return key.public_key().keyid();
}

ListedKey listed(const Newsroom& room, const PrivateKey& key) {
  const auto path = key_path(keyid(key));
  return parse_key_file(path, room.ledger.file(path).value());
}

// A commit of that time which changes nothing.
void commit_at(Newsroom& room, int64_t time) {
  const auto locked = room.ledger.lock();
  const auto about = room.ledger.file("ledger.json").value();
  room.ledger.append({}, "late", time, {{{"ledger.json", about}}, {}}, commit_signer(room.key));
  REQUIRE(room.ledger.newest_time() == time);
}

}  // namespace

TEST_CASE("a key file is read as it was written, and only so") {
  const auto key = PrivateKey::generate().public_key();
  const ListedKey first{key, noon}, later{key, noon, 7}, retired{key, noon, 7, KeyEnd{noon + 5, 9}};
  ListedKey revoked = retired;
  revoked.revoked = KeyEnd{noon + 3, 8};
  revoked.reason = "the laptop was stolen";
  for (const auto& k : {first, later, retired, revoked}) {
    const auto [path, bytes] = key_file(k);
    CHECK(key_file(parse_key_file(path, bytes)) == std::pair(path, bytes));
    CHECK_THROWS_WITH(parse_key_file(path, bytes + "\n"), Contains("not the canonical key file"));
    CHECK_THROWS_WITH(parse_key_file("keys/x.json", bytes), Contains("which belongs at keys/"));
  }
  CHECK(key_file(first).second == R"({"algorithm":"ed25519","keyid":")" + key.keyid() + R"(","publicKey":)" +
                                      nlohmann::json(key.pem()).dump() +
                                      R"(,"validFrom":"2025-11-24T16:00:00Z"})");
  CHECK_THROWS_WITH(parse_key_file("keys/x.json", R"({"publicKey":1})"), Contains("another shape"));
}

TEST_CASE("a key counts for its range of the log, whatever the clock says") {
  ListedKey k{PrivateKey::generate().public_key(), noon, 3, KeyEnd{noon + 10, 9}};
  CHECK(leaf_fault(k, 2).value() == "is number 3 of the log and was signed by " + k.key.keyid() +
                                        ", which counts only after the first 3");
  CHECK_FALSE(leaf_fault(k, 3));
  CHECK_FALSE(leaf_fault(k, 8));
  CHECK_THAT(leaf_fault(k, 9).value(), Contains("number 10") &&
                                           Contains("was retired on 2025-11-24T16:00:10Z") &&
                                           Contains("counts only for the first 9 entries of the log"));
  CHECK_FALSE(time_fault(k, noon + 99));
  k.revoked = KeyEnd{noon + 5, 5};
  k.reason = "stolen";
  CHECK_THAT(leaf_fault(k, 5).value(), Contains("revoked on 2025-11-24T16:00:05Z (stolen)"));
  CHECK_FALSE(leaf_fault(k, 4));
  CHECK_FALSE(size_fault(k, 5));
  CHECK_THAT(size_fault(k, 6).value(), Contains("when the log had 6 entries"));
  CHECK(range_of(k) == "for entries 4 to 5 of the log");
  k.revoked->log_size = 1;
  CHECK_THAT(leaf_fault(k, 5).value(), Contains("(stolen) and counts only for the first entry of the log"));
  k.revoked->log_size = 0;
  CHECK_THAT(leaf_fault(k, 5).value(), Contains("(stolen) and counts for no entry of the log"));
}

TEST_CASE("without a log the time that a report says is all there is to judge by") {
  ListedKey k{PrivateKey::generate().public_key(), noon, {}, KeyEnd{noon + 10, {}}};
  CHECK_THAT(time_fault(k, noon - 1).value(), Contains("valid only from"));
  CHECK_FALSE(time_fault(k, noon + 9));
  CHECK_THAT(time_fault(k, noon + 10).value(), Contains("retired on"));
  k.revoked = KeyEnd{noon + 5, {}};
  CHECK_THAT(time_fault(k, noon + 6).value(), Contains("revoked on"));
}

TEST_CASE("a key is only ever ended: whatever else becomes of its file is a fault") {
  const auto key = PrivateKey::generate().public_key();
  const ListedKey plain{key, noon}, retired{key, noon, {}, KeyEnd{noon, 4}};
  ListedKey both = retired, other_end = retired, other_start = retired;
  both.revoked = KeyEnd{noon, 2};
  other_end.retired->log_size = 5;
  other_start.from_size = 1;
  const auto fault = [](const ListedKey& before, const ListedKey& after) {
    return key_change_fault(key_file(before).first, key_file(before).second, key_file(after).second)
        .value_or("");
  };
  CHECK(fault(plain, retired).empty());
  CHECK(fault(retired, both).empty());
  CHECK(fault(plain, both).empty());
  CHECK_THAT(fault(retired, plain), Contains("retired"));
  CHECK_THAT(fault(both, retired), Contains("revoked"));
  CHECK_THAT(fault(retired, other_end), Contains("retired"));
  CHECK_THAT(fault(plain, other_start), Contains("more than the key's end"));
}

TEST_CASE("after a rotation both keys' revisions hold, and the old key signs no more") {
  const bool with_log = GENERATE(true, false);
  Newsroom room(with_log);
  room.record("alder");
  const auto next = PrivateKey::generate();
  // Without a log a report of the very second in which its key ended is not told from a later one.
  rotate_key(room.ledger, room.signers(), next.public_key(), now() + (with_log ? 0 : 1));
  CHECK_THROWS_WITH(room.record("alder"), Contains("the key " + keyid(room.key) + " was retired on "));
  if (with_log) room.record_by(next, "alder");
  CHECK(room.problems() == "");
  const auto v = room.verified();
  REQUIRE(v.ended_keys.size() == 1);
  CHECK_THAT(v.ended_keys[0], Catch::StartsWith(keyid(room.key) + " retired on "));
  CHECK(v.keyids.size() == (with_log ? 2 : 1));
  CHECK(listed(room, next).from_size ==
        (with_log ? std::optional<uint64_t>(leaves_at_first + 1) : std::nullopt));
  CHECK(listed(room, room.key).retired->log_size == listed(room, next).from_size);
}

TEST_CASE("only the key that a rotation brought has taken the other's place") {
  Newsroom room;
  const auto next = PrivateKey::generate(), beside = PrivateKey::generate();
  const auto rotated = [&](const PrivateKey& to) {
    return has_rotated(room.ledger, room.key.public_key(), to.public_key());
  };
  add_key(room.ledger, room.signers(), beside.public_key(), now());
  CHECK_FALSE(rotated(beside));
  CHECK_FALSE(rotated(room.key));
  CHECK_FALSE(rotated(next));
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  CHECK(rotated(next));
  CHECK_FALSE(rotated(beside));
  CHECK_FALSE(has_rotated(room.ledger, next.public_key(), room.key.public_key()));
  revoke_key(room.ledger, room.signers(beside), keyid(next), key_end(room.ledger, "", now()), "lost", now());
  CHECK_FALSE(rotated(next));
}

TEST_CASE("a commit from a clock that was years ahead does not make the next key useless") {
  Newsroom room;
  room.record("alder");
  commit_at(room, parse_timestamp("2099-01-01").value());
  const auto next = PrivateKey::generate();
  const int64_t time = now();
  rotate_key(room.ledger, room.signers(), next.public_key(), time);
  CHECK(listed(room, next).valid_from == time);
  room.record_by(next, "alder");
  CHECK(room.problems() == "");
}

TEST_CASE("nothing is signed by a key that is not valid yet by the clock") {
  Newsroom room;
  room.record("alder");
  const auto next = PrivateKey::generate();
  add_key(room.ledger, room.signers(), next.public_key(), now() + 3600);
  const auto refusal = Contains("the key " + keyid(next) + " is valid only from " +
                                format_timestamp(listed(room, next).valid_from) + ", and the clock says ");
  const auto before = room.ledger.newest_commit();
  CHECK_THROWS_WITH(room.record_by(next, "alder"), refusal);
  CHECK_THROWS_WITH(
      redact(room.ledger, room.signers(next), std::vector<RevisionName>{{"alder", 1}}, "x", now()), refusal);
  CHECK_THROWS_WITH(rotate_key(room.ledger, room.signers(next), PrivateKey::generate().public_key(), now()),
                    refusal);
  CHECK_THROWS_WITH(purge_history(room.ledger, next, now()), refusal);
  CHECK(room.ledger.newest_commit() == before);
  room.record("alder");
  CHECK(room.problems() == "");
}

TEST_CASE("a rotation does not write a time that no reader of the key file takes") {
  Newsroom room;
  commit_at(room, INT64_MAX);
  CHECK_THROWS_WITH(rotate_key(room.ledger, room.signers(), PrivateKey::generate().public_key(), now()),
                    Catch::EndsWith("its newest commit is dated beyond the year 9999"));
  CHECK(listed_keys(room.ledger).size() == 1);
}

TEST_CASE("a key that ended cannot make another, nor revoke one") {
  Newsroom room;
  const auto next = PrivateKey::generate(), third = PrivateKey::generate();
  CHECK_THROWS_WITH(revoke_key(room.ledger, room.signers(), keyid(room.key), {now(), 0}, "x", now()),
                    Contains("rotate to a new one first"));
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  CHECK_THROWS_WITH(rotate_key(room.ledger, room.signers(), third.public_key(), now()),
                    Contains("was retired on"));
  CHECK_THROWS_WITH(revoke_key(room.ledger, room.signers(), keyid(next), {now(), 0}, "x", now()),
                    Contains("was retired on"));
  CHECK_THROWS_WITH(add_key(room.ledger, room.signers(third), third.public_key(), now()),
                    Contains("not one of"));
  CHECK_THROWS_WITH(add_key(room.ledger, room.signers(next), next.public_key(), now()), Contains("already"));
  CHECK_THROWS_WITH(revoke_key(room.ledger, room.signers(next), keyid(third), {now(), 0}, "x", now()),
                    Contains("not one of"));
  CHECK_THROWS_WITH(revoke_key(room.ledger, room.signers(next), keyid(room.key), {now(), 0}, "", now()),
                    Contains("reason"));
  revoke_key(room.ledger, room.signers(next), keyid(room.key), {now(), 0}, "stolen", now());
  CHECK_THROWS_WITH(revoke_key(room.ledger, room.signers(next), keyid(room.key), {now(), 0}, "again", now()),
                    Contains("was revoked on") && Contains("(stolen) already"));
  CHECK(room.problems() == "");
}

TEST_CASE("what a key signed after it was stolen does not count, and what it signed before does") {
  Newsroom room;
  room.record_all();
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  const auto [since, good] = GENERATE(std::pair<std::string, uint64_t>("alder@3", 2), std::pair("birch@1", 3),
                                      std::pair("7", 5), std::pair("2024-01-01T00:00:00Z", 0));
  const auto end = key_end(room.ledger, since, now());
  CHECK(end.log_size == leaves_at_first + good);
  revoke_key(room.ledger, room.signers(next), keyid(room.key), end, "stolen", now());
  const auto v = room.verified();
  INFO(room.problems());
  CHECK(v.problems.size() == 5 - good);
  for (const auto& p : v.problems) CHECK_THAT(p.message, Contains("revoked on") && Contains("(stolen)"));
}

TEST_CASE("what a stolen key redacted, and the keys that it let in, are after a time too") {
  Newsroom room;
  room.record("alder");
  const auto before = LedgerLog::open(room.ledger)->checkpoint().size;
  const auto own = PrivateKey::generate(), foreign = PrivateKey::generate();
  add_key(room.ledger, room.signers(), own.public_key(), Newsroom::opened);
  const int64_t stolen = now() + 2;
  SECTION("a redaction") {
    redact(room.ledger, room.signers(), std::vector<RevisionName>{{"alder", 1}}, "x", stolen);
    const auto end = key_end(room.ledger, format_timestamp(stolen), stolen);
    CHECK(end == KeyEnd{stolen, before + 1});
    revoke_key(room.ledger, room.signers(own), keyid(room.key), end, "stolen", now());
    CHECK(let_in_after_the_end(room.ledger, keyid(room.key), own.public_key()).empty());
    CHECK_THAT(room.problems(), Contains(".redacted") && Contains("(stolen)"));
  }
  SECTION("a key") {
    add_key(room.ledger, room.signers(), foreign.public_key(), stolen);
    const auto end = key_end(room.ledger, format_timestamp(stolen), stolen);
    CHECK(end == KeyEnd{stolen, before + 1});
    revoke_key(room.ledger, room.signers(own), keyid(room.key), end, "stolen", now());
    CHECK(let_in_after_the_end(room.ledger, keyid(room.key), own.public_key()) ==
          std::vector{keyid(foreign)});
  }
  SECTION("a key, and one that this let in") {
    const auto further = PrivateKey::generate(), colleague = PrivateKey::generate();
    add_key(room.ledger, room.signers(), foreign.public_key(), Newsroom::opened);
    add_key(room.ledger, room.signers(foreign), further.public_key(), Newsroom::opened);
    add_key(room.ledger, room.signers(own), colleague.public_key(), Newsroom::opened);
    const auto suspects = [&] {
      return let_in_after_the_end(room.ledger, keyid(room.key), own.public_key());
    };
    CHECK(suspects().empty());
    revoke_key(room.ledger, room.signers(own), keyid(room.key), {now(), before}, "stolen", now());
    CHECK(suspects() == std::vector{keyid(foreign), keyid(further)});
    revoke_key(room.ledger, room.signers(own), keyid(foreign), {now(), before + 3}, "x", now());
    CHECK(suspects() == std::vector{keyid(further)});
  }
}

TEST_CASE("since when a key was stolen must be a place in the log") {
  Newsroom room;
  room.record_all();
  CHECK(key_end(room.ledger, "", noon) == KeyEnd{noon, leaves_at_first + 5});
  CHECK(key_end(room.ledger, "2100-01-01", parse_timestamp("2100-01-01").value()).log_size ==
        leaves_at_first + 5);
  CHECK_THROWS_WITH(key_end(room.ledger, "2100-01-01", noon),
                    "--since 2100-01-01: is ahead of the clock, 2025-11-24T16:00:00Z");
  for (const char* nonsense : {"yesterday", "8", "-1", "cedar@1", "alder@9", "alder@"})
    CHECK_THROWS_AS(key_end(room.ledger, nonsense, noon), std::runtime_error);
  const Newsroom without(false);
  CHECK(key_end(without.ledger, "2025-01-01", noon).time == Newsroom::opened);
  CHECK_THROWS_WITH(key_end(without.ledger, "1", noon), Contains("has no log"));
}

TEST_CASE("git judges the keys as stet does") {
  Newsroom room;
  room.record("alder");
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  room.record_by(next, "alder");
  std::string signers;
  for (const auto& key : listed_keys(room.ledger))
    signers += allowed_signer("stet@localhost", key.key, key.valid_from, last_second(key));
  std::ofstream(room.scratch / "allowed") << signers;
  const auto verify_commit = [&](const std::string& commit) {
    return testing::git(room.folder(), "-c gpg.ssh.allowedSignersFile='" +
                                           (room.scratch / "allowed").string() + "' verify-commit " + commit);
  };
  for (const char* commit : {"main", "main~1", "main~2", "main~3"})
    CHECK_THAT(verify_commit(commit), Contains("Good \"git\" signature for stet@localhost"));
  // The old key goes on signing behind the ledger's back.
  SideFiles side;
  side.written.emplace_back("x", "y");
  const auto locked = room.ledger.lock();
  room.ledger.append({}, "late", now() + 60, side, commit_signer(room.key));
  CHECK_THROWS_AS(verify_commit("main"), std::runtime_error);
}
