// Revisions as the commits of a git repository that changed them.
#include "import_git.hpp"

#include <catch2/catch.hpp>

#include "files.hpp"
#include "import_reading.hpp"
#include "scratch.hpp"

using namespace stet;
using Catch::Contains;
using Catch::StartsWith;
using stet::testing::Lines;
using stet::testing::read;
using stet::testing::Scratch;
using stet::testing::shell;
using stet::testing::summaries;

namespace {

// Commits with the times given, and a branch that was merged.
void make_history(const std::filesystem::path& folder) {
  shell("git init -q -b main '" + folder.string() + "' && cd '" + folder.string() + "' && " + R"(
    git config user.name w && git config user.email w@harbour.example && mkdir -p news old
    commit() { GIT_COMMITTER_DATE="$1" git commit -qam "$2" >/dev/null; }
    echo one >news/a.md; echo x >news/x.py; echo other >old/b.txt; git add .; commit 2025-03-01T00:00:00Z first
    echo two >news/a.md; commit 2025-03-03T00:00:00Z second
    git checkout -qb side; echo branch >news/c.md; git add .; commit 2025-03-04T00:00:00Z third
    git checkout -q main; echo none >old/b.txt; commit 2025-03-02T00:00:00Z fourth
    GIT_COMMITTER_DATE=2025-03-05T00:00:00Z git merge -q --no-ff -m merged side
    git rm -q news/a.md; commit 2025-03-06T00:00:00Z gone
    echo one >news/a.md; git add .; commit 2025-03-07T00:00:00Z back)");
}

}  // namespace

TEST_CASE("each commit that changed a file is a revision of it") {
  Scratch scratch;
  make_history(scratch / "r");
  const auto all = read(scratch / "r", "news/");
  REQUIRE(all.faults.empty());
  CHECK(summaries(all.documents) == Lines{"a 2025-03-01T00:00:00Z one\n", "a 2025-03-03T00:00:00Z two\n",
                                          "c 2025-03-05T00:00:00Z branch\n", "a 2025-03-07T00:00:00Z one\n"});
  CHECK_THAT(all.documents[0].where, Contains(": commit ") && Catch::EndsWith(": news/a.md"));
}

TEST_CASE("a commit dated before its parent was seen no earlier than that") {
  Scratch scratch;
  make_history(scratch / "r");
  const auto all = read(scratch / "r", "");
  CHECK(summaries(all.documents) ==
        Lines{"news-a 2025-03-01T00:00:00Z one\n", "old-b 2025-03-01T00:00:00Z other\n",
              "news-a 2025-03-03T00:00:00Z two\n", "old-b 2025-03-03T00:00:00Z none\n",
              "news-c 2025-03-05T00:00:00Z branch\n", "news-a 2025-03-07T00:00:00Z one\n"});
}

TEST_CASE("the history of one file is that file's") {
  Scratch scratch;
  make_history(scratch / "r");
  CHECK(summaries(read(scratch / "r", "old/b.txt").documents) ==
        Lines{"b 2025-03-01T00:00:00Z other\n", "b 2025-03-03T00:00:00Z none\n"});
  CHECK_THROWS_WITH(read(scratch / "r", "old/none.txt"),
                    Contains("no commit has an article file at old/none.txt"));
}

TEST_CASE("a path in a repository may be written in several ways") {
  Scratch scratch;
  make_history(scratch / "r");
  const auto news = summaries(read(scratch / "r", "news").documents);
  for (const char* path : {"news/", "./news", "/news", "news/.", "old/../news", "news//"})
    CHECK(summaries(read(scratch / "r", path).documents) == news);
  const auto all = summaries(read(scratch / "r", "").documents);
  for (const char* path : {".", "./", "/", "news/.."})
    CHECK(summaries(read(scratch / "r", path).documents) == all);
  CHECK_THROWS_WITH(open_import_source(scratch / "r", "../x"), Contains("../x: is outside the repository"));
}

TEST_CASE("a shallow clone says that it is one") {
  Scratch scratch;
  make_history(scratch / "r");
  shell("git clone -q --depth 1 'file://" + (scratch / "r").string() + "' '" + (scratch / "s").string() +
        "'");
  CHECK_THROWS_WITH(open_import_source(scratch / "s", ""),
                    Contains("s: is a shallow clone") && Contains("git fetch --unshallow"));
}

TEST_CASE("a repository without a commit says so") {
  Scratch scratch;
  shell("git init -q '" + (scratch / "r").string() + "'");
  CHECK_THROWS_WITH(open_import_source(scratch / "r", ""), Contains("r: HEAD"));
}

namespace {

// One commit a day of March 2025, made by the commands of each line.
void make_commits(const std::filesystem::path& folder, const Lines& days) {
  std::string script = "git init -q -b main '" + folder.string() + "' && cd '" + folder.string() +
                       "' && git config user.name w && git config user.email w@harbour.example";
  for (size_t day = 1; day <= days.size(); ++day)
    script += " && " + days[day - 1] + " && git add -A && GIT_COMMITTER_DATE=2025-03-0" +
              std::to_string(day) + "T00:00:00Z git commit -qm day";
  shell(script);
}

const Lines none;

}  // namespace

TEST_CASE("of two files of one id that stand in one commit the second is told, at each of its commits") {
  Scratch scratch;
  make_commits(scratch / "r", {"mkdir a; echo one >a/b.txt", "echo two >a-b.txt", "echo three >a/b.txt",
                               "echo four >a-b.txt; echo five >a/b.txt"});
  const auto all = read(scratch / "r", "");
  CHECK(summaries(all.documents) == Lines{"a-b 2025-03-01T00:00:00Z one\n",
                                          "a-b 2025-03-03T00:00:00Z three\n",
                                          "a-b 2025-03-04T00:00:00Z five\n"});
  REQUIRE(all.faults.size() == 2);
  for (const auto& fault : all.faults) {
    CHECK_THAT(fault, StartsWith("r: commit "));
    CHECK_THAT(fault,
               Contains(": a-b.txt: its article would be \"a-b\", which is a/b.txt: two files, and no one "
                        "url that both state"));
  }
}

TEST_CASE("of two files of one id that come in one commit the first by name is the article") {
  Scratch scratch;
  make_commits(scratch / "r", {"mkdir a; echo one >a/b.txt; echo two >a-b.txt", "echo three >a/b.txt"});
  const auto all = read(scratch / "r", "");
  CHECK(summaries(all.documents) == Lines{"a-b 2025-03-01T00:00:00Z two\n"});
  CHECK(all.faults.size() == 2);
}

TEST_CASE("a file that takes the place of one that is gone goes on with its article") {
  Scratch scratch;
  make_commits(scratch / "r", {"echo one >a.txt", "git mv a.txt a.md; echo two >a.md", "echo three >a.md"});
  const auto all = read(scratch / "r", "");
  CHECK(all.faults == none);
  CHECK(summaries(all.documents) == Lines{"a 2025-03-01T00:00:00Z one\n", "a 2025-03-02T00:00:00Z two\n",
                                          "a 2025-03-03T00:00:00Z three\n"});
}

TEST_CASE(
    "files that state one url are its revisions at several times, and not with other bytes at one time") {
  Scratch scratch;
  const auto page = [](const std::string& text, const std::string& file) {
    return "printf -- '---\\nurl: https://harbour.example/c\\n---\\n" + text + "' >" + file;
  };
  make_commits(scratch / "r", {page("one", "1.md"), page("two", "2.md"), page("three", "1.md"),
                               page("four", "1.md") + ";" + page("five", "2.md")});
  const auto all = read(scratch / "r", "");
  std::vector<std::string> ends;
  for (const auto& in : all.documents)
    ends.push_back(in.article + " " + in.bytes.substr(in.bytes.rfind('\n') + 1));
  CHECK(ends == Lines{"harbour.example-c one", "harbour.example-c two", "harbour.example-c three",
                      "harbour.example-c four"});
  REQUIRE(all.faults.size() == 1);
  CHECK_THAT(all.faults[0],
             Contains(": 2.md: states the url https://harbour.example/c, as 1.md does, with other "
                      "bytes and the same time"));
}
