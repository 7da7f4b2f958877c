#include "article_id.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <stdexcept>
#include <vector>

#include "digest.hpp"

using namespace stet;

TEST_CASE("a URL keeps host and path alone") {
  CHECK(article_id("https://www.Example.org/News/2025/Flood-Warning.html?utm=1#top") ==
        "example.org-news-2025-flood-warning");
  CHECK(article_id("http://example.org/") == "example.org");
  CHECK(article_id("HTTPS://example.org/a///") == "example.org-a");
  CHECK(article_id("https://example.org:8443/a") == "example.org-8443-a");
  CHECK(article_id("https://example.org?a=1/2") == "example.org");
  CHECK(article_id("https://www.www.example.org/") == "www.example.org");
}

TEST_CASE("a user name and password in a URL stay out of the id") {
  CHECK(article_id("https://mara:se@cret@example.org/a@b") == "example.org-a-b");
}

TEST_CASE("a file name loses folder and ending") {
  CHECK(article_id("/srv/in/Flood Warning.txt") == "flood-warning");
  CHECK(article_id("a.b.markdown") == "a.b");
  CHECK(article_id("folder.d/") == "folder.d");
  CHECK(article_id("story.MD") == "story");
  CHECK(article_id("version-1.2") == "version-1.2");
}

TEST_CASE("what is not alphanumeric becomes one hyphen") {
  CHECK(article_id("a  &  b!!c") == "a-b-c");
  CHECK(article_id("a---b") == "a-b");
  CHECK(article_id("under_score.and.dots") == "under_score.and.dots");
  CHECK(article_id(std::string_view("a\0b\nc", 5)) == "a-b-c");
}

TEST_CASE("letters, marks and numbers of any script are kept") {
  CHECK(article_id("Z\u00fcrich.txt") == "z\u00fcrich");
  CHECK(article_id("\u0939\u093f\u0928\u094d\u0926\u0940.md") == "\u0939\u093f\u0928\u094d\u0926\u0940");
  CHECK(article_id("\u6771\u4eac 2025") == "\u6771\u4eac-2025");
  CHECK(article_id("a\U0001f600b") == "a-b");
}

TEST_CASE("what shows nothing is not kept") {
  CHECK(article_id("a\u200db") == "a-b");
  CHECK(article_id("a\ufe0f") == "a");
  CHECK(article_id("a\u00a0b\u202eb") == "a-b-b");
}

TEST_CASE("names that Unicode calls equal give one id") {
  CHECK(article_id("Cafe\u0301") == article_id("Caf\u00e9"));
  CHECK(article_id("\u212a") == "k");                    // the Kelvin sign is K
  CHECK(article_id("H\u0331") == article_id("\u1e96"));  // h with line below has one character, H has not
}

TEST_CASE("no id is a dot name, a git name or hidden") {
  CHECK(article_id(".git.x") == "git.x");
  CHECK(article_id(".git") == "git");
  CHECK(article_id(".txt") == "txt");
  CHECK(article_id("main.lock") == "main");
  CHECK(article_id("a.git.lock.txt-..git") == "a");
  CHECK(article_id("..a..") == "a");
  for (const char* nothing :
       {"", "/", ".", "..", "../..", "---", "https://", "https://www./", "?!", "https://?a", "\u200b"}) {
    INFO(nothing);
    CHECK_THROWS_WITH(article_id(nothing), Catch::Contains("leaves nothing") && Catch::Contains(nothing));
  }
}

TEST_CASE("a path cannot climb out of its folder") {
  CHECK(article_id("../../etc/passwd") == "passwd");
  CHECK(article_id("https://example.org/../../etc/passwd") == "example.org-..-..-etc-passwd");
  CHECK(article_id("a\\..\\b") == "a-..-b");
}

TEST_CASE("a name that is not UTF-8 is refused") {
  CHECK_THROWS_WITH(article_id("caf\xe9.txt"), Catch::Contains("not UTF-8"));
}

TEST_CASE("a long name is cut on a character and stays distinct") {
  const std::string stem = "https://example.org/" + std::string(300, 'a');
  const auto first = article_id(stem + "1"), second = article_id(stem + "2");
  CHECK(first != second);
  CHECK(first.size() == max_article_id);
  CHECK(article_id(std::string(200, 'b')) == std::string(200, 'b'));
  CHECK(article_id(std::string(201, 'b')) ==
        std::string(183, 'b') + '-' + sha256_hex(std::string(201, 'b')).substr(0, 16));
  for (size_t lead = 0; lead < 4; ++lead) {
    std::string wide(lead, 'x');
    for (int i = 0; i < 100; ++i) wide += "\u6771";
    const auto id = article_id(wide);
    CHECK(id.size() <= max_article_id);
    CHECK(id.size() > max_article_id - 4);
    CHECK(article_id(id) == id);  // and so UTF-8
  }
}

TEST_CASE("an id maps to itself") {
  for (const char* name : {"https://www.Example.org/News/2025/Flood-Warning.html?x", "a.txt.md", "a.md-",
                           "Z\u00fcrich", "x.tar.gz", "https://a/b.git/", "a.md.\u0301", "-\u0301a",
                           "e-\u0301", "www.example.org", "A\u0308\u0331b", "r00001.sig"}) {
    const auto id = article_id(name);
    CHECK(article_id(id) == id);
  }
}

TEST_CASE("any bytes give a usable id or an error") {
  uint32_t state = 1;
  const std::string_view pieces[] = {"a",    "Z",     ".",   "-",      "/", ":",      "://",    "www.",
                                     ".git", ".lock", ".md", "\u0301", "H", "\u0331", "\u200b", "\u6771",
                                     "\xff", "?",     "#",   "@",      " ", "\\"};
  for (int round = 0; round < 20000; ++round) {
    std::string name;
    for (int i = 0; i < 8; ++i)
      name += pieces[((state = state * 1664525 + 1013904223) >> 16) % std::size(pieces)];
    std::string id;
    try {
      id = article_id(name);
    } catch (const std::runtime_error&) {
      continue;
    }
    INFO(name);
    REQUIRE(article_id(id) == id);
    REQUIRE(id.find('/') == id.npos);
    REQUIRE_FALSE((id.ends_with(".git") || id.ends_with(".lock") || id[0] == '.' || id[0] == '-'));
  }
}

TEST_CASE("an entry lies in a bucket of 32 under four digits of its id's hash") {
  // sha256("abc") begins with ba78.
  CHECK(article_path("abc") == "articles/b/a/7/8/abc");
  CHECK(entry_path("abc", 1, "") == "articles/b/a/7/8/abc/0000/r00001");
  CHECK(entry_path("abc", 32, ".sig") == "articles/b/a/7/8/abc/0000/r00032.sig");
  CHECK(entry_path("abc", 33, ".text") == "articles/b/a/7/8/abc/0001/r00033.text");
  CHECK(entry_path("abc", 100000, ".report") == "articles/b/a/7/8/abc/3124/r100000.report");
}
