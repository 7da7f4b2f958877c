#include "repository.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "ledger_attacks.hpp"

using stet::Repository;
using stet::testing::git;
using stet::testing::Scratch;
using stet::testing::shell;
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
  return id ? stet::hex(*id) + "\n" : "none";
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
  using Catch::Contains;
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
