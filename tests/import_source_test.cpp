#include "import_source.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>
#include <vector>

#include "files.hpp"
#include "import_reading.hpp"
#include "scratch.hpp"
#include "timestamp.hpp"

using namespace stet;
using Catch::Contains;
using stet::testing::Lines;
using stet::testing::read;
using stet::testing::Read;
using stet::testing::Scratch;
using stet::testing::shell;
using stet::testing::summaries;
using stet::testing::summary;

namespace {

Read read_rows(const std::string& rows) {
  Scratch scratch;
  write_file(scratch / "rows.jsonl", rows);
  return read(scratch / "rows.jsonl");
}

}  // namespace

TEST_CASE("a row is a document, called by its id before its url") {
  const auto all = read_rows(
      R"({"id":"ferry","url":"https://harbour.example/ferry.md","observed":"2025-03-01T10:00:00+02:00",)"
      R"("published":"2025-02-28","title":"The ferry","text":"It sails."})"
      "\n\n"
      R"({"url":"https://www.harbour.example/Bridge?x=1","published":"2025-03-02","text":"It stands.","format":"markdown"})"
      "\n");
  REQUIRE(all.faults.empty());
  CHECK(summaries(all.documents) == Lines{"ferry 2025-03-01T08:00:00Z It sails.",
                                          "harbour.example-bridge 2025-03-02T00:00:00Z It stands."});
  CHECK(all.documents[0].published == "2025-02-28");
  CHECK(all.documents[0].title == "The ferry");
  CHECK(all.documents[0].url == "https://harbour.example/ferry.md");
  CHECK(all.documents[0].format == Format::markdown);  // so its url ends
  CHECK(all.documents[1].format == Format::markdown);
  CHECK(!all.documents[1].title);
  CHECK_THAT(all.documents[1].where, Catch::EndsWith("rows.jsonl:3"));
}

TEST_CASE("a row's html is a page, and its text is none whatever its url ends in") {
  const auto all =
      read_rows(R"({"url":"https://harbour.example/a.html","observed":"2025-03-01","html":"<p>It sails."})"
                "\n"
                R"({"url":"https://harbour.example/b.html","observed":"2025-03-01","text":"<p> is a tag."})"
                "\n"
                R"({"id":"c","observed":"2025-03-01","text":"It sails.","html":"<p>It sails."})"
                "\n"
                R"({"id":"d","observed":"2025-03-01","text":"<p>It sails.","format":"html"})");
  REQUIRE(all.faults.empty());
  std::vector<Format> formats;
  for (const auto& in : all.documents) formats.push_back(in.format);
  CHECK(formats == std::vector{Format::html, Format::text, Format::text, Format::html});
  CHECK(all.documents[0].bytes == "<p>It sails.");
  CHECK(all.documents[2].bytes == "It sails.");
}

TEST_CASE("a row of all revisions of an article gives them in order of time") {
  const auto all = read_rows(
      R"({"article_id":"ferry","title":"The ferry","revisions":[{"time":"2025-03-02","text":"Late."},)"
      R"({"time":"2025-03-01","text":"Early.","title":"Ferry sails"}]})");
  REQUIRE(all.faults.empty());
  CHECK(summaries(all.documents) ==
        Lines{"ferry 2025-03-01T00:00:00Z Early.", "ferry 2025-03-02T00:00:00Z Late."});
  CHECK(all.documents[0].title == "Ferry sails");
  CHECK(all.documents[1].title == "The ferry");
}

TEST_CASE("a row has a text or revisions, and nothing of it is left out without a word") {
  const auto all = read_rows(
      R"({"id":"a","observed":"2025-03-01","text":"x","revisions":[]})"
      "\n"
      R"({"id":"a","observed":"2025-03-03","text":"new","revisions":[{"time":"2025-03-01","text":"old"}]})"
      "\n"
      R"({"id":"a","observed":"2025-03-03","html":"<p>new","revisions":[{"time":"2025-03-01","text":"old"}]})"
      "\n"
      R"({"id":"a","observed":"2025-03-02","text":"only","revisions":null})"
      "\n"
      R"({"id":"b","text":"","html":null,"revisions":[{"time":"2025-03-01","text":"old"}]})");
  CHECK(summaries(all.documents) == Lines{"a 2025-03-02T00:00:00Z only", "b 2025-03-01T00:00:00Z old"});
  CHECK(all.faults == Lines{"rows.jsonl:1: revisions is an empty list",
                            "rows.jsonl:2: has both revisions and a text of its own, see FORMATS.md",
                            "rows.jsonl:3: has both revisions and a html of its own, see FORMATS.md"});
}

TEST_CASE("rows in UTF-16 are refused at once, with or without a mark") {
  const std::string row = R"({"id":"a","observed":"2025-03-01","text":"x"})";
  for (const bool marked : {false, true})
    for (const bool big : {false, true}) {
      std::string rows = marked ? (big ? "\xFE\xFF" : "\xFF\xFE") : "";
      for (const char c : row + "\n" + row) rows += big ? std::string{0, c} : std::string{c, 0};
      CHECK_THROWS_WITH(read_rows(rows), Contains("rows.jsonl: is UTF-16; rows are read as UTF-8"));
    }
}

TEST_CASE("a time out of range is told as it was written") {
  const auto all = read_rows(R"({"id":"a","observed":"0001-01-01T00:00:00+14:00","text":"x"})");
  CHECK(all.faults ==
        Lines{"rows.jsonl:1: observed is \"0001-01-01T00:00:00+14:00\", which is not an RFC 3339 "
              "time or date"});
}

TEST_CASE("a row that is none is named, and those after it are read") {
  const auto all = read_rows(
      "{\n"
      "[1]\n"
      R"({"text":"No name.","observed":"2025-03-01"})"
      "\n"
      R"({"id":"a","text":"No time."})"
      "\n"
      R"({"id":"a","observed":"yesterday","text":"No time."})"
      "\n"
      R"({"id":"a","observed":"2025-03-01"})"
      "\n"
      R"({"id":"a","observed":"2025-03-01","html":7})"
      "\n"
      R"({"id":"a","observed":"2025-03-01","text":7})"
      "\n"
      R"({"id":"a","observed":"2025-03-01","text":"x","format":"pdf"})"
      "\n"
      R"({"id":"a","revisions":[{"text":"x"},{"time":"2025-03-01","text":"good"},3]})"
      "\n"
      R"({"id":"..","observed":"2025-03-01","text":"x"})");
  CHECK(summaries(all.documents) == Lines{"a 2025-03-01T00:00:00Z good"});
  REQUIRE(all.faults.size() == 12);
  CHECK_THAT(all.faults[0], Catch::StartsWith("rows.jsonl:1: is not JSON"));
  CHECK(all.faults[1] == "rows.jsonl:2: is not a JSON object");
  CHECK(all.faults[2] == "rows.jsonl:3: has neither id nor url");
  CHECK(all.faults[3] == "rows.jsonl:4: has no time: observed, time or published");
  CHECK(all.faults[4] == "rows.jsonl:5: observed is \"yesterday\", which is not an RFC 3339 time or date");
  CHECK(all.faults[5] == "rows.jsonl:6: has no text");
  CHECK(all.faults[6] == "rows.jsonl:7: html is not a text");
  CHECK(all.faults[7] == "rows.jsonl:8: text is not a text");
  CHECK(all.faults[8] == "rows.jsonl:9: format is neither text nor markdown nor html");
  CHECK(all.faults[9] == "rows.jsonl:10, revision 1: has no time: observed, time or published");
  CHECK(all.faults[10] == "rows.jsonl:10, revision 3: is not a JSON object");
  CHECK_THAT(all.faults[11], Catch::StartsWith("rows.jsonl:11: "));
}

TEST_CASE("a folder's files come in the order of their times, with their folders in the id") {
  Scratch scratch;
  std::filesystem::create_directories(scratch / "in/news/.git");
  write_file(scratch / "in/b.txt", "B");
  write_file(scratch / "in/news/a.md", "---\r\ntitle: A\r\n---\r\nA");
  write_file(scratch / "in/news/c.md", "---\nurl: https://harbour.example/c\n---\nC");
  write_file(scratch / "in/news/picture.png", "P");
  write_file(scratch / "in/news/.git/x.txt", "hidden");
  shell("cd '" + (scratch / "in").string() +
        "' && touch -d 2025-03-03T00:00:00Z b.txt && touch -d 2025-03-01T00:00:00Z news/a.md && "
        "touch -d 2025-03-02T00:00:00Z news/c.md");
  const auto all = read(scratch / "in");
  REQUIRE(all.faults.empty());
  REQUIRE(all.documents.size() == 3);
  CHECK(all.documents[0].article + " " + all.documents[0].observed == "news-a 2025-03-01T00:00:00Z");
  CHECK(all.documents[1].article == "harbour.example-c");
  CHECK(summary(all.documents[2]) == "b 2025-03-03T00:00:00Z B");
  CHECK(all.documents[0].name == "news/a.md");
  CHECK(all.documents[0].folder == scratch / "in/news");
  CHECK_THAT(all.documents[0].where, Catch::EndsWith("in/news/a.md"));
}

TEST_CASE("a file of a folder that cannot be read is named, and the others are read") {
  Scratch scratch;
  std::filesystem::create_directories(scratch / "in");
  write_file(scratch / "in/a.md", "---\ntitle: [\n---\nA");
  write_file(scratch / "in/b.txt", "B");
  const auto all = read(scratch / "in");
  CHECK(all.documents.size() == 1);
  REQUIRE(all.faults.size() == 1);
  CHECK_THAT(all.faults[0], Catch::StartsWith("a.md: ") && !Contains("a.md: a.md: "));
}

TEST_CASE("an article file is known by its ending in letters of either case") {
  Scratch scratch;
  std::filesystem::create_directories(scratch / "in");
  for (const char* name : {"A.TXT", "B.HTML", "C.Md", "d.txt", "e.pdf"})
    write_file(scratch / "in" / name, "A page");
  const auto source = open_import_source(scratch / "in");
  CHECK(source->passed_over() == 1);
  CHECK(read(scratch / "in").documents.size() == 4);
}

TEST_CASE("links in a folder are passed over, wherever they lead") {
  Scratch scratch;
  std::filesystem::create_directories(scratch / "in/sub");
  write_file(scratch / "outside.txt", "secret");
  write_file(scratch / "in/a.txt", "A");
  std::filesystem::create_symlink(scratch / "outside.txt", scratch / "in/x.txt");
  std::filesystem::create_symlink(scratch / "none", scratch / "in/dangling.txt");
  std::filesystem::create_symlink("..", scratch / "in/sub/up");
  const auto all = read(scratch / "in");
  CHECK(all.faults.empty());
  CHECK(all.documents.size() == 1);
  CHECK(open_import_source(scratch / "in")->passed_over() == 3);
  std::filesystem::create_directory_symlink(scratch / "in", scratch / "link");
  CHECK(read(scratch / "link").documents.size() == 1);  // the one that was asked for
}

TEST_CASE("a folder that cannot be listed is named, and the others are read") {
  Scratch scratch;
  std::filesystem::create_directories(scratch / "in/z");
  write_file(scratch / "in/a.txt", "A");
  write_file(scratch / "in/z/b.txt", "B");
  // One whose path is longer than any that a system call takes, which root cannot list either.
  int at = open((scratch / "in").c_str(), O_PATH | O_CLOEXEC);
  for (int depth = 0; depth < 25; ++depth) {
    const std::string name(200, 'd');
    REQUIRE(mkdirat(at, name.c_str(), 0700) == 0);
    const int deeper = openat(at, name.c_str(), O_PATH | O_CLOEXEC);
    close(std::exchange(at, deeper));
  }
  close(at);
  const auto all = read(scratch / "in");
  CHECK(all.documents.size() == 2);
  REQUIRE(all.faults.size() == 1);
  CHECK_THAT(all.faults[0], Contains("File name too long"));
}

TEST_CASE("two files of one id are two articles, and the second by name is told") {
  Scratch scratch;
  std::filesystem::create_directories(scratch / "in/a");
  write_file(scratch / "in/a/b.txt", "one");
  write_file(scratch / "in/a-b.txt", "two");
  for (const char* older : {"a/b.txt", "a-b.txt"}) {
    shell("touch '" + (scratch / "in").string() + "'/*.txt '" + (scratch / "in").string() +
          "'/*/*.txt && touch -d 2020-01-01 '" + (scratch / "in" / older).string() + "'");
    const auto all = read(scratch / "in");
    REQUIRE(all.documents.size() == 1);
    CHECK(all.documents[0].bytes == "two");
    REQUIRE(all.faults.size() == 1);
    CHECK_THAT(all.faults[0], Catch::StartsWith("b.txt: its article would be \"a-b\", which is ") &&
                                  Contains("in/a-b.txt: two files"));
  }
}

TEST_CASE(
    "copies of one page, saved at several times, are its revisions, and two pages of one time are not") {
  Scratch scratch;
  std::filesystem::create_directories(scratch / "in");
  const auto page = [](const std::string& url, const std::string& text) {
    return "---\nurl: " + url + "\n---\n" + text;
  };
  const auto save = [&](const std::string& name, const std::string& bytes, const std::string& date) {
    write_file(scratch / "in" / name, bytes);
    shell("touch -d " + date + " '" + (scratch / "in" / name).string() + "'");
  };
  save("1.md", page("https://harbour.example/c", "one"), "2025-03-01");
  save("2.md", page("https://harbour.example/c", "two"), "2025-03-02");
  save("2-copy.md", page("https://harbour.example/c", "two"), "2025-03-02");
  save("3.md", page("https://harbour.example/c", "three"), "2025-03-02");
  save("4.md", page("https://harbour.example/c?page=2", "four"), "2025-03-03");
  save("harbour.example-c.txt", "five", "2025-03-04");
  const auto all = read(scratch / "in");
  CHECK(all.documents.size() == 3);
  REQUIRE(all.faults.size() == 3);
  CHECK_THAT(all.faults[0], Catch::StartsWith("3.md: states the url https://harbour.example/c, as ") &&
                                Contains("in/2.md does, with other bytes and the same time"));
  CHECK_THAT(all.faults[1], Catch::StartsWith("4.md: its article would be \"harbour.example-c\", which is "));
  CHECK_THAT(all.faults[2], Catch::StartsWith("harbour.example-c.txt: its article would be "));
}

TEST_CASE("nothing to import is an error that names the place") {
  Scratch scratch;
  std::filesystem::create_directories(scratch / "in");
  write_file(scratch / "a.md", "A");
  CHECK_THROWS_WITH(open_import_source(scratch / "in"), Contains("in: holds no article file"));
  CHECK_THROWS_WITH(open_import_source(scratch / "none"), Contains("none: no such file or folder"));
  CHECK_THROWS_WITH(open_import_source(scratch / "a.md"), Contains("a.md: neither a folder nor"));
  CHECK_THROWS_WITH(open_import_source(scratch / "in", ""), Contains("in: not a git repository"));
}
