// Attacks by those who have keys of a ledger, or would like to, see victim.hpp.
#include <catch2/catch.hpp>
#include <fstream>

#include "victim.hpp"
#include "witness_policy.hpp"

using namespace stet;
using namespace stet::testing;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// The same keys, and another past.
struct Forger : Newsroom {
  explicit Forger(const Newsroom& robbed) {
    robbed.key.save(scratch / "key", {});
    robbed.log_key.save(scratch / "log", {});
    key = PrivateKey::load(scratch / "key", {}), log_key = PrivateKey::load(scratch / "log", {});
    fs::remove_all(folder());
    ledger = make(true);
  }
};

}  // namespace

TEST_CASE("a revision dropped from the middle by whoever has stolen the keys is missed") {
  Victim room;
  // With the signing key alone the log cannot be made to agree.
  auto folder = room.copy();
  const auto third = room.ledger.read("alder", 3);
  json second = json::parse(third.report);
  second["predicate"]["article"]["revision"] = 2;
  second["predicate"]["article"]["previous"] =
      json::parse(room.ledger.read("alder", 2).report)["predicate"]["article"]["previous"];
  second["subject"][0]["name"] = "alder@2";
  const auto report = canonical(second);
  std::ofstream(room.scratch / "d") << third.document;
  std::ofstream(room.scratch / "r") << report;
  std::ofstream(room.scratch / "s") << signed_by(room.key, report);
  const auto from = [&](const char* name) { return "cp '" + (room.scratch / name).string() + "' "; };
  rewrite(folder, "git rm -q " + entry_path("alder", 3, "") + "* && " + from("d") + alder2 + " && " +
                      from("r") + alder2 + ".report && " + from("s") + alder2 + ".sig");
  noticed("middle dropped, signing key stolen", problems(folder),
          alder2 + ".report: is not what the log says was recorded, or is not in it");

  // With the log's key too, a whole new past is made.
  Forger forger(room);
  forger.record("alder", Newsroom::words("alder", 1));
  forger.record("alder", Newsroom::words("alder", 3));
  forger.record("birch");
  forger.record("birch", "\xef\xbb\xbf" + Newsroom::words("birch", 2));
  forger.record("cedar");
  CHECK(forger.problems() == "");
  noticed("middle dropped, all keys stolen (--against)", forger.problems(room.kept),
          "log/checkpoint: is no continuation of the checkpoint kept elsewhere, of 7 entries");

  // Once the key is revoked, from the revision on that went first, nothing of the new past counts.
  const auto next = PrivateKey::generate();
  rotate_key(forger.ledger, forger.signers(), next.public_key(), now());
  revoke_key(forger.ledger, forger.signers(next), forger.key.public_key().keyid(),
             key_end(forger.ledger, "alder@2", now()), "stolen", now());
  noticed("middle dropped, key revoked later", forger.problems(),
          "is number 4 of the log and was signed by " + forger.key.public_key().keyid() +
              ", which was revoked on ");
  CHECK(forger.verified().problems.size() == 4);
}

TEST_CASE(
    "a revocation, a redaction and a witness that are cut off are missed by whoever kept a checkpoint") {
  Victim room;
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  const auto cut_off = [&](const std::string& what) {
    const auto kept = room.checkpoint();
    const auto size = LedgerLog::open(room.ledger)->checkpoint().size;
    const auto folder = room.copy();
    git(folder, "update-ref refs/heads/main main~1");
    noticed(what + " cut off (--against)", problems(folder, kept),
            "the checkpoint kept elsewhere of " + std::to_string(size) + ": entries were cut off");
  };
  cut_off("retirement");
  revoke_key(room.ledger, room.signers(next), room.key.public_key().keyid(), key_end(room.ledger, "", now()),
             "stolen", now());
  cut_off("revocation");
  redact(room.ledger, room.signers(next), std::vector<RevisionName>{{"alder", 2}}, "by order", now());
  cut_off("redaction");
  add_witness(room.ledger, room.signers(next),
              {"watch", NoteKeyType::cosignature_v1, PrivateKey::generate().public_key()}, now());
  cut_off("witness");
  CHECK(room.problems(room.kept) == "");
}

TEST_CASE("a thief can neither bring a revoked key back nor list another with it") {
  Victim room;
  const auto next = PrivateKey::generate(), thief = PrivateKey::generate();
  const auto before = room.ledger.file(room.key_path()).value();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  revoke_key(room.ledger, room.signers(next), room.key.public_key().keyid(), key_end(room.ledger, "", now()),
             "stolen", now());
  noticed("revoked key records", refused([&] { room.record("alder"); }), "was revoked on ");
  noticed("revoked key lists another",
          refused([&] { add_key(room.ledger, room.signers(), thief.public_key(), now()); }),
          "was revoked on ");
  auto folder = room.copy();
  {
    auto ledger = Ledger::open(folder);
    const auto locked = ledger.lock();
    SideFiles side;
    side.written.push_back(key_file({thief.public_key(), Newsroom::opened}));
    ledger.append({}, "a key of mine", now() + 60, side, commit_signer(room.key));
    noticed("revoked key lists another, past stet", problems(folder),
            " by " + room.key.public_key().keyid() + ", which was revoked on ");
  }
  folder = room.copy();
  std::ofstream(room.scratch / "k") << before;
  rewrite(folder, "cp '" + (room.scratch / "k").string() + "' " + room.key_path());
  noticed("revocation taken back", problems(folder),
          room.key_path() + ": is number 2 of the log, and took the place of a version that is number 10");
  folder = room.copy();
  rewrite(folder, "git rm -q " + room.key_path());
  noticed("key file removed", problems(folder), room.key_path() + ": was removed by commit ");
}

TEST_CASE("a revoked key that signs on, with any date, is told by its place in the log") {
  Victim room;
  const auto next = PrivateKey::generate();
  rotate_key(room.ledger, room.signers(), next.public_key(), now());
  revoke_key(room.ledger, room.signers(next), room.key.public_key().keyid(), key_end(room.ledger, "", now()),
             "stolen", now());
  const auto back_date = [](json& s) { s["predicate"]["recordedAt"] = "2025-02-01T00:00:00Z"; };
  record_bent(room, "cedar", back_date, &next);
  noticed("report back-dated, by a revoked key", room.problems(),
          entry_path("cedar", 1, ".report") + ": is number 11 of the log and was signed by ");
  noticed("the same, by verify --fast", room.problems_fast(1),
          entry_path("cedar", 1, ".report") + ": is number 11 of the log and was signed by ");
}

TEST_CASE("a commit that is back-dated, not signed or signed by a stranger is noticed") {
  Victim room;
  auto folder = room.copy();
  const auto commit =
      shell("GIT_COMMITTER_DATE=2001-01-01T00:00:00Z git --git-dir '" + folder.string() +
            "' -c user.name=x -c user.email=x@localhost commit-tree -p main -m x 'main^{tree}'")
          .substr(0, 40);
  git(folder, "update-ref refs/heads/main " + commit);
  noticed("commit back-dated", problems(folder), "is dated 2001-01-01T00:00:00Z, before its parent");
  noticed("commit not signed", problems(folder), "is not signed, as every commit of this ledger must be");
  const auto stranger = PrivateKey::generate();
  SideFiles side;
  side.written.push_back(key_file({stranger.public_key(), Newsroom::opened}));
  const auto locked = room.ledger.lock();
  room.ledger.append({}, "a key of mine", now(), side, commit_signer(PrivateKey::generate()));
  noticed("commit signed by a stranger", room.problems(), ", which is not one of the ledger's keys");
}
