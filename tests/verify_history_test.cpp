#include "verify_history.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "canonical.hpp"
#include "ledger_attacks.hpp"
#include "ledger_log.hpp"
#include "problems.hpp"
#include "record.hpp"
#include "timestamp.hpp"
#include "verify_fast.hpp"

using namespace stet;
using Catch::Contains;
using testing::git;
using testing::listed;
using testing::Scratch;
namespace fs = std::filesystem;

namespace {

constexpr int64_t opened = 1764000000;  // 2025-11-24T16:00:00Z
const std::string valid_from = "2025-11-24T16:00:00Z";

// A ledger whose commits are signed, with a log.
struct Desk {
  Scratch scratch;
  PrivateKey key = PrivateKey::generate(), log_key = PrivateKey::generate();
  fs::path folder = scratch / "L";
  Run run{{}};
  Ledger ledger = Ledger::create(
      folder,
      {{"ledger.json", canonical({{"format", 1},
                                  {"origin", "desk"},
                                  {"log", vkey({"desk", NoteKeyType::ed25519, log_key.public_key()})}})},
       key_file(key.public_key(), valid_from),
       empty_log("desk", log_key)},
      opened, commit_signer(key));

  void record(const std::string& article, const std::string& words) {
    const auto document = read_document("a.txt", words, Format::text);
    RecordRequest request;
    request.article = article;
    request.folder = scratch.path();
    request.observed = "2025-11-24T18:00:00Z";
    stet::record(ledger, {key, &log_key}, run, document, request);
  }

  // Puts a commit with the newest tree, parent and time on top.
  void commit(int64_t time, const SignCommit& sign) const {
    const auto id = [&](const std::string& name) {
      return id_in(git(folder, "rev-parse " + name).substr(0, 40)).value();
    };
    const auto bytes = commit_object({id("main^{tree}"), id("main"), "made", time}, sign);
    std::ofstream(scratch / "commit", std::ios::binary) << bytes;
    git(folder, "update-ref refs/heads/main $(git --git-dir '" + folder.string() +
                    "' hash-object -t commit -w '" + (scratch / "commit").string() + "')");
  }

  std::string newest() const { return "commit " + git(folder, "rev-parse main").substr(0, 40); }
  int64_t newest_time() const { return std::stoll(git(folder, "log -1 --format=%ct main")); }

  // What is found, in full and of the newest alone.
  std::string found() const { return listed(verify(Ledger::open(folder))); }
  std::string found_fast(size_t most = 100) const {
    return listed(verify_newest(Ledger::open(folder), {}, most));
  }
};

}  // namespace

TEST_CASE("commits that the ledger's key has signed hold, and are counted") {
  Desk desk;
  desk.record("a", "One");
  desk.record("a", "Two");
  const auto v = verify(desk.ledger);
  INFO(listed(v));
  CHECK(v.holds());
  CHECK(v.commits == 3);
  CHECK(v.signed_commits == 3);
  CHECK(v.packs == 3);
  CHECK(v.objects > 20);
}

TEST_CASE(
    "a commit without a signature, by a stranger, over other bytes, or before its key was valid is named") {
  Desk desk;
  desk.record("a", "One");
  const auto time = desk.newest_time();
  const auto stranger = PrivateKey::generate();
  std::string wanted;
  SECTION("without") {
    desk.commit(time, {});
    wanted = "is not signed, as every commit of this ledger must be";
  }
  SECTION("stranger") {
    desk.commit(time, commit_signer(stranger));
    wanted = "is signed by " + stranger.public_key().keyid() + ", which is not one of the ledger's keys";
  }
  SECTION("other bytes") {
    desk.commit(time,
                [&](std::string_view text) { return commit_signer(desk.key)(std::string(text) + "x"); });
    wanted = "has a signature of " + desk.key.public_key().keyid() +
             " that does not hold: signed over other bytes";
  }
  SECTION("none") {
    desk.commit(time, [](std::string_view) { return "-----BEGIN SSH SIGNATURE-----\nAAAA\n"; });
    wanted = "has a signature that is none: ";
  }
  SECTION("early") {
    desk.commit(opened - 1, commit_signer(desk.key));
    wanted = "was signed at 2025-11-24T15:59:59Z by " + desk.key.public_key().keyid() +
             ", which is valid only from " + valid_from;
  }
  CHECK_THAT(desk.found(), Contains(desk.newest() + ": " + wanted));
  CHECK_THAT(desk.found_fast(), Contains(desk.newest() + ": " + wanted));
}

TEST_CASE("a commit dated before its parent is named, one of the same second is not") {
  Desk desk;
  desk.record("a", "One");
  const auto time = desk.newest_time();
  desk.commit(time, commit_signer(desk.key));
  CHECK(desk.found().empty());
  desk.commit(time - 1, commit_signer(desk.key));
  CHECK_THAT(desk.found(), Contains(desk.newest() + ": is dated " + format_timestamp(time - 1) +
                                    ", before its parent, " + format_timestamp(time)));
}

TEST_CASE("a clock that was set back makes no commit that is dated before its parent") {
  Desk desk;
  desk.commit(now() + 3600, commit_signer(desk.key));  // by a clock that was an hour ahead
  desk.record("a", "One");
  CHECK(desk.found().empty());
}

TEST_CASE("a ledger whose every signature was taken off its commits is noticed by its log") {
  Desk desk;
  desk.record("a", "One");
  desk.record("a", "Two");
  std::string parent;
  for (const char* name : {"main~2", "main~1", "main"}) {
    std::string text = git(desk.folder, "cat-file commit " + std::string(name));
    auto parts = parse_commit(text);
    std::string bytes = parts.signed_text;
    if (!parent.empty()) bytes.replace(bytes.find("parent ") + 7, 40, parent);
    std::ofstream(desk.scratch / "commit", std::ios::binary) << bytes;
    parent = git(desk.folder, "hash-object -t commit -w '" + (desk.scratch / "commit").string() + "'")
                 .substr(0, 40);
  }
  git(desk.folder, "update-ref refs/heads/main " + parent);
  CHECK_THAT(desk.found(), Contains("commit " + parent + ": is not signed"));
}

TEST_CASE("the newest revisions are verified without the rest, and with it damaged") {
  Desk desk;
  for (int i = 0; i < 4; ++i) desk.record("a", "Words " + std::to_string(i));
  desk.record("b", "Others");
  const auto v = verify_newest(desk.ledger, {}, 2);
  INFO(listed(v));
  CHECK(v.holds());
  CHECK(v.documents == 2);
  CHECK(v.signatures == 2);
  CHECK(v.articles == 2);
  CHECK(v.logged == 5u);
  testing::damage(desk.folder, "main:" + entry_path("a", 1, ""));
  CHECK(desk.found_fast(2).empty());
  CHECK_THAT(desk.found_fast(), Contains(entry_path("a", 1, "") + ": cannot be read"));
  CHECK(verify_newest(desk.ledger, {}, 100).documents == 4);
}

TEST_CASE("an altered newest revision, report and log are found without the rest") {
  Desk desk;
  desk.record("a", "One");
  desk.record("a", "Two");
  const auto attack = [&](const std::string& edit) {
    const auto head = git(desk.folder, "rev-parse main");
    testing::rewrite(desk.folder, edit);
    const auto found = desk.found_fast();
    git(desk.folder, "update-ref refs/heads/main " + head);
    return found;
  };
  CHECK_THAT(attack("echo x >> " + entry_path("a", 2, "")),
             Contains(entry_path("a", 2, "") + ": has SHA-256 "));
  CHECK_THAT(
      attack("sed -i s/a.txt/b.txt/ " + entry_path("a", 2, ".report")),
      Contains("does not hold over r00002.report") && Contains("is not what the log says was recorded"));
  CHECK_THAT(attack("sed -i s/a.txt/b.txt/ " + entry_path("a", 1, ".report")),
             Contains(entry_path("a", 2, ".report") + ": names a report of revision 1"));
  CHECK_THAT(
      attack("mv " + entry_path("a", 2, "") + " x && ln -s ../../../../../../../x " + entry_path("a", 2, "")),
      Contains(entry_path("a", 2, "") + ": is not a plain file"));
  CHECK_THAT(attack("chmod +x " + entry_path("a", 2, "")),
             Contains(entry_path("a", 2, "") + ": is not a plain file"));
  CHECK_THAT(attack("git rm -q -r log/tile"), Contains("log/tile: "));
  CHECK_THAT(attack("sed -i 's/^2$/1/' log/checkpoint"), Contains("log/checkpoint: "));
  CHECK(desk.found_fast().empty());
}

TEST_CASE("a checkpoint kept elsewhere is compared by a proof from the tiles") {
  Desk desk;
  desk.record("a", "One");
  desk.record("a", "Two");
  const auto kept = desk.ledger.file(checkpoint_path).value();
  const auto against = [&](const std::string& note) {
    VerifyOptions options;
    options.against = note;
    return verify_newest(Ledger::open(desk.folder), options, 1);
  };
  CHECK(against(kept).continues == 2u);
  desk.record("b", "Three");
  CHECK(against(kept).continues == 2u);
  CHECK(against(kept).holds());
  CHECK(against(empty_log("desk", desk.log_key).second).continues == 0u);
  const auto other = write_note(sign_checkpoint({"desk", 2, leaf_hash("x")}, desk.log_key));
  CHECK_THAT(listed(against(other)),
             Contains("is no continuation of the checkpoint kept elsewhere, of 2 revisions"));
  const auto longer = write_note(sign_checkpoint({"desk", 9, leaf_hash("x")}, desk.log_key));
  CHECK_THAT(listed(against(longer)), Contains("of 3 revisions, the checkpoint kept elsewhere of 9"));
}
