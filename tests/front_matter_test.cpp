#include <catch2/catch.hpp>

#include <stdexcept>

#include "front_matter.hpp"

using namespace stet;

namespace {

FrontMatter read(const std::string& fields) {
  return read_front_matter("---\n" + fields + "\n---\nBody\n", "x.md");
}

std::string fault(const std::string& source) {
  try {
    read_front_matter(source, "x.md");
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "none";
}

std::string fault_of(const std::string& fields) {
  return fault("---\n" + fields + "\n---\nBody\n");
}

std::string published(const std::string& value) {
  return read("published: " + value).metadata.published.value_or("nothing");
}

std::string title_source(const std::string& source) {
  const auto front = read_front_matter(source, "x.md");
  const auto& runs = front.title.map.runs;
  REQUIRE(!runs.empty());
  const uint32_t end = runs.back().size == 0 ? runs.back().bytes : runs.back().bytes + runs.back().size;
  return source.substr(runs.front().bytes, end - runs.front().bytes);
}

}  // namespace

TEST_CASE("all fields are read, by each of their names") {
  const auto a =
      read(
          "title: T\nbyline: Ada Quill\npublished: 2025-11-23\nmodified: 2025-11-24\nurl: http://a.b\n"
          "sources:\n  - s.txt\n  - http://c.d")
          .metadata;
  CHECK(a.title == "T");
  CHECK(a.byline == "Ada Quill");
  CHECK(a.published == "2025-11-23");
  CHECK(a.modified == "2025-11-24");
  CHECK(a.url == "http://a.b");
  CHECK(a.sources == std::vector<std::string>{"s.txt", "http://c.d"});
  const auto b =
      read("author: Ada Quill\ndate: 2025-11-23\nupdated: 2025-11-24\ncanonical_url: http://a.b").metadata;
  CHECK(b.byline == "Ada Quill");
  CHECK(b.published == "2025-11-23");
  CHECK(b.modified == "2025-11-24");
  CHECK(b.url == "http://a.b");
}

TEST_CASE("several authors are one byline") {
  CHECK(read("authors: [A B, C D, E F]").metadata.byline == "A B, C D and E F");
  CHECK(read("authors:\n  - name: A B\n  - C D").metadata.byline == "A B and C D");
  CHECK(read("authors: []").metadata.byline == std::nullopt);
}

TEST_CASE("sources may be mappings") {
  CHECK(read("sources: [{url: u}, {path: p, note: n}, {file: f}]").metadata.sources ==
        std::vector<std::string>{"u", "p", "f"});
}

TEST_CASE("unknown and empty fields are passed over") {
  const auto front = read("title:\ntags: [a, {b: c}]\nbyline: ''\nurl: ~\nauthor: Ada Quill");
  CHECK(!front.metadata.title);
  CHECK(!front.metadata.url);
  CHECK(front.title.text.empty());
  CHECK(front.notices.empty());
}

TEST_CASE("times become RFC 3339") {
  CHECK(published("2025-11-23") == "2025-11-23");
  CHECK(published("2025-11-23T10:00:00Z") == "2025-11-23T10:00:00Z");
  CHECK(published("2025-11-23T10:00Z") == "2025-11-23T10:00:00Z");
  CHECK(published("2025-11-23T10:00:00+02:00") == "2025-11-23T10:00:00+02:00");
  CHECK(published("2025-11-23 10:00:00 +0200") == "2025-11-23T10:00:00+02:00");
  CHECK(published("\"23 November 2025\"") == "2025-11-23");
}

TEST_CASE("a time that is not certain is left out with a notice") {
  const auto unread = read("published: 03/04/2025");
  CHECK(!unread.metadata.published);
  REQUIRE(unread.notices.size() == 1);
  CHECK(unread.notices[0].find("published (\"03/04/2025\")") != std::string::npos);
  const auto local = read("date: 2025-11-23 10:00");
  CHECK(local.metadata.published == "2025-11-23");
  REQUIRE(local.notices.size() == 1);
  CHECK(local.notices[0].find("offset") != std::string::npos);
}

TEST_CASE("a field of another shape is named with its line") {
  CHECK(fault_of("title: T\nsources: 7") == "x.md: line 3: front matter field sources is not a list");
  CHECK(fault_of("title: [a]") == "x.md: line 2: front matter field title is not a string");
  CHECK(fault_of("published: {a: b}") == "x.md: line 2: front matter field published is not a date");
  CHECK(fault_of("sources:\n  - a\n  - [b]")
            .starts_with("x.md: line 4: front matter field sources has an entry"));
  CHECK(fault_of("sources:\n  - {title: b}")
            .starts_with("x.md: line 3: front matter field sources has an entry"));
  CHECK(
      fault_of("authors:\n  - {nick: b}").starts_with("x.md: line 3: front matter field authors is neither"));
  CHECK(fault_of("sources: &a [*a]").starts_with("x.md: line 2: "));
  CHECK(fault_of("title: \"\\xff\\ud800\"") != "none");
}

TEST_CASE("what is no YAML mapping is refused") {
  CHECK(fault_of("just words") == "x.md: the front matter is not a YAML mapping");
  CHECK(fault_of("- a") == "x.md: the front matter is not a YAML mapping");
  CHECK(fault_of("title: T\nx: [a").starts_with("x.md: line "));
  CHECK(fault_of("a: *nowhere").find("not YAML") != std::string::npos);
  CHECK(fault_of("x: " + std::string(30000, '[')) != "none");
}

TEST_CASE("front matter that is never closed is refused") {
  CHECK(fault("---\ntitle: T\n\nBody\n") == "x.md: the front matter that line 1 opens is never closed");
  CHECK(fault("---\n") == "x.md: the front matter that line 1 opens is never closed");
  CHECK(fault("---\n" + std::string(70000, 'a') + "\n---\n").find("64 KiB") != std::string::npos);
}

TEST_CASE("the body begins behind the closing line") {
  const std::string source = "---\ntitle: T\n...\nBody\n";
  const auto front = read_front_matter(source, "x.md");
  CHECK(source.substr(front.end) == "Body\n");
  CHECK(front.lines == 3);
  CHECK(read_front_matter("---\n---", "x.md").end == 7);
  CHECK(read_front_matter("--- \n---\t\nBody", "x.md").end == 10);
}

TEST_CASE("without an opening line there is no front matter") {
  for (const char* source : {"title: T\n---\n", "\n---\na: b\n---\n", "----\na: b\n---\n", "---"}) {
    const auto front = read_front_matter(source, "x.md");
    CHECK(front.end == 0);
    CHECK(!front.metadata.title);
  }
}

TEST_CASE("the title maps to its words in the YAML") {
  CHECK(title_source("---\ntitle: The title\n---\n") == "The title");
  CHECK(title_source("---\nurl: The\ntitle: \"The title\"\n---\n") == "The title");
  CHECK(title_source("---\nbyline: The title\ntitle:   'The title'\n---\n") == "The title");
  CHECK(title_source("---\né: ü\ntitle: Ünïcode\n---\n") == "Ünïcode");
  CHECK(title_source("---\ntitle: >-\n  The title\n---\n") == "The title");
  CHECK(title_source("---\ntitle: \"The\\ttitle\"\n---\n") == "\"The\\ttitle\"");
  CHECK(read("title: \"The\\n title\\u0000\"").title.text == "The title");
}
