#include "verify_fast.hpp"

#include <catch2/catch.hpp>

#include "newsroom.hpp"
#include "timestamp.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;

TEST_CASE("the newest revisions are verified without the rest, and with it damaged") {
  Newsroom room;
  for (int i = 0; i < 4; ++i) room.record("a", "Words " + std::to_string(i));
  room.record("b", "Others");
  const auto v = verify_newest(room.ledger, {}, 2);
  INFO(listed(v));
  CHECK(v.holds());
  CHECK(v.documents == 2);
  CHECK(v.signatures == 2);
  CHECK(v.articles == 2);
  CHECK(v.logged == 7u);
  damage(room.folder(), "main:" + entry_path("a", 1, ""));
  CHECK(room.problems_fast(2).empty());
  CHECK_THAT(room.problems_fast(), Contains(entry_path("a", 1, "") + ": cannot be read"));
  CHECK(verify_newest(room.ledger, {}, 100).documents == 4);
}

TEST_CASE("an altered newest revision, report and log are found without the rest") {
  Newsroom room;
  room.record("a", "One");
  room.record("a", "Two");
  const auto attack = [&](const std::string& edit) {
    const auto head = git(room.folder(), "rev-parse main");
    rewrite(room.folder(), edit);
    const auto found = room.problems_fast();
    git(room.folder(), "update-ref refs/heads/main " + head);
    return found;
  };
  CHECK_THAT(attack("echo x >> " + entry_path("a", 2, "")),
             Contains(entry_path("a", 2, "") + ": has SHA-256 "));
  CHECK_THAT(
      attack("sed -i s/in.txt/an.txt/ " + entry_path("a", 2, ".report")),
      Contains("does not hold over r00002.report") && Contains("is not what the log says was recorded"));
  CHECK_THAT(attack("sed -i s/in.txt/an.txt/ " + entry_path("a", 1, ".report")),
             Contains(entry_path("a", 2, ".report") + ": names a report of revision 1"));
  CHECK_THAT(
      attack("mv " + entry_path("a", 2, "") + " x && ln -s ../../../../../../../x " + entry_path("a", 2, "")),
      Contains(entry_path("a", 2, "") + ": is not a plain file"));
  CHECK_THAT(attack("chmod +x " + entry_path("a", 2, "")),
             Contains(entry_path("a", 2, "") + ": is not a plain file"));
  CHECK_THAT(attack("git rm -q -r log/tile"), Contains("log/tile: "));
  CHECK_THAT(attack("sed -i 's/^4$/3/' log/checkpoint"), Contains("log/checkpoint: "));
  CHECK(room.problems_fast().empty());
}

TEST_CASE("a revision whose redaction alone is among the newest holds") {
  Newsroom room;
  room.record("a", "One");
  room.record("a", "Two");
  redact(room.ledger, room.signers(), std::vector<RevisionName>{{"a", 1}}, "by order", now());
  CHECK(room.problems_fast(1) == "");
  room.record("b", "Three");
  CHECK(room.problems_fast(1) == "");
}

TEST_CASE("a checkpoint kept elsewhere is compared by a proof from the tiles") {
  Newsroom room;
  room.record("a", "One");
  room.record("a", "Two");
  const auto kept = room.ledger.file(checkpoint_path).value();
  const auto against = [&](const std::string& note) {
    VerifyOptions options;
    options.against = note;
    return verify_newest(Ledger::open(room.folder()), options, 1);
  };
  CHECK(against(kept).continues == 4u);
  room.record("b", "Three");
  CHECK(against(kept).continues == 4u);
  CHECK(against(kept).holds());
  CHECK(against(write_note(sign_checkpoint({"desk", 0, empty_root(), {}}, room.log_key))).continues == 0u);
  const auto other = write_note(sign_checkpoint({"desk", 4, leaf_hash("x")}, room.log_key));
  CHECK_THAT(listed(against(other)),
             Contains("is no continuation of the checkpoint kept elsewhere, of 4 entries"));
  const auto longer = write_note(sign_checkpoint({"desk", 9, leaf_hash("x")}, room.log_key));
  CHECK_THAT(listed(against(longer)), Contains("of 5 entries, the checkpoint kept elsewhere of 9"));
}
