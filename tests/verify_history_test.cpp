#include "verify_history.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "newsroom.hpp"
#include "timestamp.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;

namespace {

struct Desk : Newsroom {
  // Puts a commit with the newest tree, parent and time on top.
  void commit(int64_t time, const SignCommit& sign) const {
    const auto id = [&](const std::string& name) {
      return id_in(git(folder(), "rev-parse " + name).substr(0, 40)).value();
    };
    const auto bytes = commit_object({id("main^{tree}"), id("main"), "made", time}, sign);
    std::ofstream(scratch / "commit", std::ios::binary) << bytes;
    git(folder(), "update-ref refs/heads/main $(git --git-dir '" + folder().string() +
                      "' hash-object -t commit -w '" + (scratch / "commit").string() + "')");
  }

  std::string newest() const { return "commit " + git(folder(), "rev-parse main").substr(0, 40); }
  int64_t newest_time() const { return std::stoll(git(folder(), "log -1 --format=%ct main")); }
};

}  // namespace

TEST_CASE("commits that the ledger's key has signed hold, and are counted") {
  Newsroom room;
  room.record("a", "One");
  room.record("a", "Two");
  const auto v = verify(room.ledger);
  INFO(listed(v));
  CHECK(v.holds());
  CHECK(v.commits == 3);
  CHECK(v.signed_commits == 3);
  CHECK(v.packs == 3);
  CHECK(v.objects > 20);
}

TEST_CASE(
    "a commit without a signature, by a stranger, over other bytes, or before its key was valid is named") {
  Desk room;
  room.record("a", "One");
  const auto time = room.newest_time();
  const auto stranger = PrivateKey::generate();
  std::string wanted;
  SECTION("without") {
    room.commit(time, {});
    wanted = "is not signed, as every commit of this ledger must be";
  }
  SECTION("stranger") {
    room.commit(time, commit_signer(stranger));
    wanted = "is signed by " + stranger.public_key().keyid() + ", which is not one of the ledger's keys";
  }
  SECTION("other bytes") {
    room.commit(time,
                [&](std::string_view text) { return commit_signer(room.key)(std::string(text) + "x"); });
    wanted = "has a signature of " + room.key.public_key().keyid() +
             " that does not hold: signed over other bytes";
  }
  SECTION("none") {
    room.commit(time, [](std::string_view) { return "-----BEGIN SSH SIGNATURE-----\nAAAA\n"; });
    wanted = "has a signature that is none: ";
  }
  SECTION("early") {
    room.commit(Newsroom::opened - 1, commit_signer(room.key));
    wanted = "was signed at 2024-12-31T23:59:59Z by " + room.key.public_key().keyid() +
             ", which is valid only from " + format_timestamp(Newsroom::opened);
  }
  CHECK_THAT(room.problems(), Contains(room.newest() + ": " + wanted));
  CHECK_THAT(room.problems_fast(), Contains(room.newest() + ": " + wanted));
}

TEST_CASE("a commit dated before its parent is named, one of the same second is not") {
  Desk room;
  room.record("a", "One");
  const auto time = room.newest_time();
  room.commit(time, commit_signer(room.key));
  CHECK(room.problems().empty());
  room.commit(time - 1, commit_signer(room.key));
  CHECK_THAT(room.problems(), Contains(room.newest() + ": is dated " + format_timestamp(time - 1) +
                                       ", before its parent, " + format_timestamp(time)));
}

TEST_CASE("a commit of a time that no date says is named, and ends no verification") {
  Desk room;
  room.record("a", "One");
  room.commit(INT64_MAX, commit_signer(room.key));
  CHECK_THAT(
      room.problems(),
      Contains("is dated 9223372036854775807 (seconds since 1970), which is not of the years 1 to 9999"));
}

TEST_CASE("a clock that was set back makes no commit that is dated before its parent") {
  Desk room;
  room.commit(now() + 3600, commit_signer(room.key));  // by a clock that was an hour ahead
  room.record("a", "One");
  CHECK(room.problems().empty());
}

TEST_CASE("a ledger whose every signature was taken off its commits is noticed by its log") {
  Newsroom room;
  room.record("a", "One");
  room.record("a", "Two");
  std::string parent;
  for (const char* name : {"main~2", "main~1", "main"}) {
    std::string text = git(room.folder(), "cat-file commit " + std::string(name));
    auto parts = parse_commit(text);
    std::string bytes = parts.signed_text;
    if (!parent.empty()) bytes.replace(bytes.find("parent ") + 7, 40, parent);
    std::ofstream(room.scratch / "commit", std::ios::binary) << bytes;
    parent = git(room.folder(), "hash-object -t commit -w '" + (room.scratch / "commit").string() + "'")
                 .substr(0, 40);
  }
  git(room.folder(), "update-ref refs/heads/main " + parent);
  CHECK_THAT(room.problems(), Contains("commit " + parent + ": is not signed"));
}
