#include "ledger_log.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "canonical.hpp"
#include "keyring.hpp"
#include "ledger_attacks.hpp"
#include "problems.hpp"
#include "record.hpp"
#include "sshsig.hpp"
#include "tlog_proof.hpp"
#include "verify.hpp"

namespace {

using Catch::Contains;
using stet::testing::git;
using stet::testing::Scratch;
namespace fs = std::filesystem;

constexpr int64_t start = 1764000000;

// A ledger with a log, and no plugins.
struct Desk {
  Desk() : ledger(make()) {}

  stet::Ledger make() {
    const auto key_entry = stet::key_file(key.public_key(), "2025-01-01T00:00:00Z");
    const auto vkey = stet::vkey({"desk", stet::NoteKeyType::ed25519, log_key.public_key()});
    return stet::Ledger::create(
        folder(),
        stet::first_files("desk", log_key,
                          stet::canonical({{"format", 1}, {"origin", "desk"}, {"log", vkey}}), key_entry),
        start, stet::commit_signer(key));
  }
  fs::path folder() const { return scratch / "L"; }

  void record(const std::string& article, int revisions = 1) {
    for (int i = 0; i < revisions; ++i) {
      const auto document = stet::read_document(
          "a.txt", "Words of " + article + " " + std::to_string(++words), stet::Format::text);
      stet::RecordRequest request;
      request.article = article;
      request.folder = scratch.path();
      request.observed = "2025-11-24T10:00:00Z";
      stet::record(ledger, {key, &log_key}, run, document, request);
    }
  }

  std::string checkpoint() const { return ledger.file(stet::checkpoint_path).value(); }
  std::string found(const std::optional<std::string>& against = std::nullopt) const {
    return stet::testing::listed(stet::verify(stet::Ledger::open(folder()), {{}, against}));
  }

  Scratch scratch;
  stet::PrivateKey key = stet::PrivateKey::generate(), log_key = stet::PrivateKey::generate();
  stet::Run run{{}};
  int words = 0;
  stet::Ledger ledger;
};

}  // namespace

TEST_CASE("every revision is in the log, and the ledger holds") {
  Desk desk;
  desk.record("a", 3);
  desk.record("b", 2);
  const auto v = stet::verify(desk.ledger);
  CHECK(desk.found().empty());
  CHECK(v.logged == 7u);
  const auto log = stet::LedgerLog::open(desk.ledger);
  REQUIRE(log);
  CHECK(log->checkpoint().size == 7);
  CHECK(log->checkpoint().origin == "desk");
}

TEST_CASE("a log that outgrows a tile keeps only the tiles of its size") {
  Desk desk;
  desk.record("a", 258);
  CHECK(desk.found().empty());
  const auto names = git(desk.folder(), "ls-tree -r --name-only main log");
  CHECK(names == "log/checkpoint\nlog/tile/0/000\nlog/tile/0/001.p/4\nlog/tile/1/000.p/1\n");
}

TEST_CASE("a checkpoint kept elsewhere shows that the ledger only grew") {
  Desk desk;
  desk.record("a", 2);
  const auto kept = desk.checkpoint();
  desk.record("a");
  CHECK(desk.found(kept).empty());
  CHECK(stet::verify(desk.ledger, {{}, kept}).continues == 4u);
  CHECK_THAT(desk.found("no checkpoint"), Contains("is of another log than the checkpoint kept elsewhere: "));
  const Desk other;
  CHECK_THAT(desk.found(other.checkpoint()),
             Contains("is of another log than the checkpoint kept elsewhere: "));
}

TEST_CASE("revisions cut off with their commits are noticed by whoever kept a checkpoint") {
  Desk desk;
  desk.record("a", 2);
  const auto before = git(desk.folder(), "rev-parse main");
  desk.record("a");
  const auto kept = desk.checkpoint();
  git(desk.folder(), "update-ref refs/heads/main " + before);
  CHECK(desk.found().empty());  // nothing in the ledger itself tells
  CHECK_THAT(desk.found(kept),
             Contains("is of 4 entries, the checkpoint kept elsewhere of 5: entries were cut off"));
}

TEST_CASE("a history written anew by someone who has every key is no continuation") {
  Desk desk;
  desk.record("a", 2);
  const auto kept = desk.checkpoint();
  fs::remove_all(desk.folder());
  desk.ledger = desk.make();
  desk.record("a", 2);  // other words
  CHECK(desk.found().empty());
  CHECK_THAT(desk.found(kept), Contains("is no continuation of the checkpoint kept elsewhere"));
}

TEST_CASE("a revision taken out of the newest tree is missed in the log") {
  Desk desk;
  desk.record("a");
  desk.record("b", 2);
  stet::testing::rewrite(desk.folder(), "git rm -q -r $(ls -d articles/*/*/*/*/a)");
  CHECK_THAT(desk.found(),
             Contains("is of 5 entries, and 1 of them, the first as number 3, the ledger does not "
                      "hold as recorded"));
}

TEST_CASE("a checkpoint rolled back, a tile altered, a tile missing and a foreign file are named") {
  Desk desk;
  desk.record("a", 2);
  const auto old = desk.checkpoint();
  desk.record("a");
  const auto attack = [&](const std::string& edit) {
    const auto head = git(desk.folder(), "rev-parse main");
    stet::testing::rewrite(desk.folder(), edit);
    const auto found = desk.found();
    git(desk.folder(), "update-ref refs/heads/main " + head);
    return found;
  };
  std::ofstream(desk.scratch / "old", std::ios::binary) << old;
  CHECK_THAT(attack("cp '" + (desk.scratch / "old").string() + "' log/checkpoint"),
             Contains("log/tile/0/000.p/4: is missing, though the log is of 4 entries"));
  CHECK_THAT(attack(R"(tr '\000-\377' '\001-\377\000' < log/tile/0/000.p/5 > t && mv t log/tile/0/000.p/5)"),
             Contains("log/checkpoint: has another root than its 5 entries give"));
  CHECK_THAT(attack("printf x >> log/tile/0/000.p/5"),
             Contains("log/tile/0/000.p/5: has 161 bytes, expected 160"));
  CHECK_THAT(attack("git rm -q -r log/tile"), Contains("log/tile/0/000.p/5: is missing"));
  CHECK_THAT(attack("git rm -q log/checkpoint"), Contains("log/checkpoint: is missing"));
  CHECK_THAT(attack("mkdir -p log/tile/0 && echo x > log/tile/0/777"),
             Contains("log/tile/0/777: is not part of the log"));
  CHECK_THAT(attack("sed -i 's/^5$/4/' log/checkpoint"), Contains("log/checkpoint: "));
  CHECK(desk.found().empty());
}

TEST_CASE("nothing is recorded without the log's key, or with another") {
  Desk desk;
  desk.record("a");
  const auto document = stet::read_document("a.txt", "Other words", stet::Format::text);
  stet::RecordRequest request;
  request.article = "a";
  request.folder = desk.scratch.path();
  request.observed = "2025-11-25T10:00:00Z";
  const auto head = git(desk.folder(), "rev-parse main");
  CHECK_THROWS_WITH(stet::record(desk.ledger, desk.key, desk.run, document, request),
                    Contains("the key of its log is needed"));
  const auto other = stet::PrivateKey::generate();
  CHECK_THROWS_WITH(stet::record(desk.ledger, {desk.key, &other}, desk.run, document, request),
                    Contains("another than the one given"));
  CHECK(git(desk.folder(), "rev-parse main") == head);
}

TEST_CASE("a proof holds for its revision alone, without the ledger") {
  Desk desk;
  desk.record("a", 5);
  const auto log = stet::LedgerLog::open(desk.ledger);
  const auto entry = desk.ledger.read("a", 3);
  const auto proof = stet::parse_tlog_proof(log->proof(stet::leaf_of(entry)));
  const auto fault_of = [&](const stet::Leaf& leaf) {
    return stet::verify_tlog_proof(proof, stet::leaf_data(leaf), log->key(), {}).witnesses.fault;
  };
  CHECK_FALSE(fault_of(stet::leaf_of(entry)));
  CHECK(fault_of(stet::leaf_of(desk.ledger.read("a", 2))));
}

TEST_CASE("stock git verifies every commit by the allowed-signers line, and no altered one") {
  Desk desk;
  desk.record("a", 2);
  std::ofstream(desk.scratch / "allowed") << stet::allowed_signer("stet@localhost", desk.key.public_key());
  const auto allowed = "-c gpg.ssh.allowedSignersFile='" + (desk.scratch / "allowed").string() + "' ";
  for (const char* commit : {"main", "main~1", "main~2"})
    CHECK_THAT(git(desk.folder(), allowed + "verify-commit " + commit),
               Contains("Good \"git\" signature for stet@localhost"));
  CHECK_THROWS(
      git(desk.folder(), allowed + "verify-commit $(git --git-dir '" + desk.folder().string() +
                             "' cat-file commit main | sed 's/revision 2/revision 3/' | git --git-dir '" +
                             desk.folder().string() + "' hash-object -t commit -w --stdin)"));
}
