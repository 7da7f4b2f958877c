#include "commit_graph.hpp"

#include <catch2/catch.hpp>

#include "chunk_file.hpp"
#include "files.hpp"
#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"
#include "maintenance.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

const fs::path graph_file = "objects/info/commit-graph";

// What git says of a path's history, with the graph and without it.
std::string log_of(const fs::path& ledger, const std::string& path, const char* options = "") {
  return git(ledger, std::string(options) + " log --format=%H main -- '" + path + "'");
}
constexpr const char* without_graph = "-c core.commitGraph=false";

}  // namespace

TEST_CASE("a filter holds what was put in, and little else") {
  std::vector<std::string> paths;
  for (int i = 0; i < 2000; ++i) paths.push_back("articles/a/b/c/d/id-" + std::to_string(i));
  const auto filter = changed_path_filter(paths);
  CHECK(filter.size() == 2500);
  for (const auto& path : paths) REQUIRE(may_hold(filter, path));
  int wrong = 0;
  for (int i = 0; i < 10000; ++i) wrong += may_hold(filter, "articles/a/b/c/e/id-" + std::to_string(i));
  CHECK(wrong < 200);
  CHECK(changed_path_filter({}) == std::string(1, '\0'));
}

TEST_CASE("git is content with the graph, and its log of a path is the same with it, and uses it") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 12, 5);
  append_sample(ledger, {sample_entry("f\xc3\xa4hre", 1)});
  maintain(ledger);
  CHECK_NOTHROW(git(scratch / "l", "commit-graph verify"));
  for (const auto& article : {"a3", "a11", "f\xc3\xa4hre"}) {
    std::string path = entry_path(article, 1, "");
    while (path.find('/') != path.npos) {
      path.resize(path.rfind('/'));
      REQUIRE(log_of(scratch / "l", path) == log_of(scratch / "l", path, without_graph));
    }
    CHECK_FALSE(log_of(scratch / "l", entry_path(article, 1, "")).empty());
  }
  const auto trace = (scratch / "trace").string();
  shell("GIT_TRACE2_PERF='" + trace + "' git --git-dir '" + (scratch / "l").string() +
        "' log --format=%H main -- '" + entry_path("a3", 4, "") + "'");
  const auto said = read_file(trace, 1 << 20);
  CHECK_THAT(said, Contains("filter_not_present\":0") && Contains("definitely_not\":5"));
}

TEST_CASE("the filters are those that git makes") {
  const Scratch scratch;
  maintain(sample_ledger(scratch / "l", 6, 4));
  const auto ours = read_file(scratch / "l" / graph_file, 1 << 20);
  fs::remove(scratch / "l" / graph_file);
  git(scratch / "l", "commit-graph write --reachable --changed-paths");
  const auto theirs = read_file(scratch / "l" / graph_file, 1 << 20);
  for (const char* chunk : {"OIDF", "OIDL", "CDAT", "BIDX", "BDAT"}) {
    INFO(chunk);
    const auto in_ours = ChunkView(ours, 8).find(chunk), in_theirs = ChunkView(theirs, 8).find(chunk);
    REQUIRE(in_ours);
    CHECK((in_ours == in_theirs));
  }
}

TEST_CASE("a merge and a removed file are in the graph") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 2, 2);
  rewrite(
      scratch / "l",
      "git rm -q " + entry_path("a0", 2, "") +
          "; git checkout -q -b side HEAD~1; echo x > y; "
          "git add y; git -c user.name=x -c user.email=x@localhost commit -qm side; git checkout -q main; "
          "git -c user.name=x -c user.email=x@localhost merge -q --no-commit side");
  maintain(ledger);
  CHECK_NOTHROW(git(scratch / "l", "commit-graph verify"));
  for (const std::string& path : {std::string("y"), entry_path("a0", 2, ""), std::string("articles")})
    CHECK(log_of(scratch / "l", path) == log_of(scratch / "l", path, without_graph));
}

TEST_CASE("a damaged graph is none of stet's business, and the next upkeep writes it anew") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 3, 3);
  maintain(ledger);
  const auto file = scratch / "l" / graph_file;
  for (size_t at = 0; at < fs::file_size(file); at += 97) flip(file, at);
  CHECK(has_samples(Ledger::open(scratch / "l"), 3, 3));
  append_sample(ledger, {sample_entry("a0", 4)});
  maintain(ledger);
  CHECK_NOTHROW(git(scratch / "l", "commit-graph verify"));
}
