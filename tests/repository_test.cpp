#include "repository.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

// A work tree with one commit.
fs::path work_tree(const Scratch& scratch) {
  const auto folder = scratch / "work";
  shell("git init -q -b main '" + folder.string() + "' && cd '" + folder.string() +
        "' && git -c user.name=A -c user.email=a@example.org commit -q --allow-empty -m one");
  return folder;
}

std::string newest(const fs::path& folder) {
  const auto id = Repository(folder).newest_commit();
  return id ? hex(*id) + "\n" : "none";
}

std::string said_by_git(const fs::path& repository, const std::string& name) {
  return git(repository, "rev-parse '" + name + "'").substr(0, 40);
}

void put(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a repository that is made is one to git") {
  const Scratch scratch;
  Repository::make(scratch / "r");
  CHECK(git(scratch / "r", "rev-parse --is-bare-repository") == "true\n");
  CHECK(git(scratch / "r", "symbolic-ref HEAD") == "refs/heads/main\n");
  CHECK_FALSE(Repository(scratch / "r").newest_commit());
}

TEST_CASE("the newest commit is found in a work tree, in another one of it, and among packed references") {
  const Scratch scratch;
  const auto folder = work_tree(scratch);
  const auto expected = shell("git -C '" + folder.string() + "' rev-parse main");
  CHECK(newest(folder) == expected);
  CHECK(newest(folder / ".git") == expected);
  shell("git -C '" + folder.string() + "' worktree add -q -b other ../other");
  CHECK(newest(scratch / "other") == expected);
  CHECK(Repository(scratch / "other").own_folder() != Repository(folder).own_folder());
  CHECK(fs::equivalent(Repository(scratch / "other").objects(), folder / ".git/objects"));
  shell("git -C '" + folder.string() + "' pack-refs --all");
  CHECK_FALSE(fs::exists(folder / ".git/refs/heads/main"));
  CHECK(newest(folder) == expected);
}

TEST_CASE("what is no repository, or no branch, is named") {
  const Scratch scratch;
  CHECK_THROWS_WITH(Repository(scratch.path()), Contains(": not a git repository"));
  Repository::make(scratch / "r");
  std::ofstream(scratch / "r/refs/heads/main") << "garbage\n";
  CHECK_THROWS_WITH(Repository(scratch / "r").newest_commit(), Contains("refs/heads/main: cannot be read"));
  std::ofstream(scratch / "r/refs/heads/main") << std::string(64, 'a') << "\n";  // of a repository of SHA-256
  CHECK_THROWS_WITH(Repository(scratch / "r").newest_commit(), Contains("refs/heads/main: cannot be read"));
  std::ofstream(scratch / "r/objects/info/alternates") << "/elsewhere\n";
  CHECK_THROWS_WITH(Repository(scratch / "r"), Contains("r: keeps objects in another repository"));
  std::ofstream(scratch / ".git") << "something else\n";
  CHECK_THROWS_WITH(Repository(scratch.path()), Contains(".git: does not name a folder"));
}

TEST_CASE("references are what git says, loose, packed, symbolic and of tags") {
  const Scratch scratch;
  const fs::path folder = scratch / "l";
  sample_ledger(folder, 2, 2);
  git(folder, "-c user.name=x -c user.email=x@example.org tag -a -m x v1 main~1");
  git(folder, "update-ref refs/heads/other main~1");
  git(folder, "symbolic-ref refs/heads/alias refs/heads/other");
  for (const bool packed : {false, true}) {
    if (packed) git(folder, "pack-refs --all");
    const auto all = Repository(folder).references();
    for (const char* name :
         {"refs/heads/main", "refs/heads/other", "refs/heads/alias", "refs/tags/v1", "HEAD"}) {
      INFO(name << ", packed: " << packed);
      const auto id = Repository(folder).reference(name);
      REQUIRE(id);
      CHECK(hex(*id) == said_by_git(folder, name));
      REQUIRE(all.contains(name));
      CHECK(all.at(name) == *id);
    }
    CHECK(all.size() == 5);
    CHECK_FALSE(Repository(folder).reference("refs/heads/absent"));
  }
}

TEST_CASE("a loose reference goes before a packed one") {
  const Scratch scratch;
  const fs::path folder = scratch / "l";
  sample_ledger(folder, 1, 2);
  git(folder, "pack-refs --all");
  git(folder, "update-ref refs/heads/main main~1");
  CHECK(hex(*Repository(folder).reference("refs/heads/main")) == said_by_git(folder, "main"));
}

TEST_CASE("what is no reference is refused with the file's name") {
  const Scratch scratch;
  const fs::path folder = scratch / "l";
  sample_ledger(folder, 1, 1);
  for (const char* text :
       {"", "x", "0123456789012345678901234567890123456789ab", "ABCDEF6789012345678901234567890123456789"}) {
    put(folder / "refs/heads/main", text);
    CHECK_THROWS_WITH(Repository(folder).reference("refs/heads/main"),
                      Contains("refs/heads/main: is no reference"));
  }
  put(folder / "refs/heads/main", "ref: refs/heads/main\n");  // in a circle
  CHECK_THROWS_WITH(Repository(folder).reference("refs/heads/main"), Contains("is no reference"));
  fs::remove(folder / "refs/heads/main");
  put(folder / "packed-refs", "0123456789012345678901234567890123456789refs/heads/main\n");
  CHECK_THROWS_WITH(Repository(folder).reference("refs/heads/main"), Contains("packed-refs: is damaged"));
}
