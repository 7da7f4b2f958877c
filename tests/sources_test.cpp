#include "sources.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

#include "digest.hpp"
#include "files.hpp"
#include "scratch.hpp"

using stet::testing::Scratch;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* time_now = "2031-03-04T10:00:00Z";

stet::Document citing(std::vector<std::string> sources) {
  stet::Document d;
  d.name = "a.md";
  d.metadata.sources = std::move(sources);
  return d;
}

json listed(const fs::path& folder, std::vector<std::string> sources, const json& earlier = json::array()) {
  return stet::list_sources(citing(std::move(sources)), folder, {}, earlier, 3, time_now);
}

}  // namespace

TEST_CASE("a file beside the article is captured with its digest and the time") {
  const Scratch scratch;
  stet::write_file(scratch.path() / "minutes.txt", "seven to two");
  const auto list = listed(scratch.path(), {"minutes.txt"});
  REQUIRE(list.size() == 1);
  CHECK(list[0] == json{{"reference", "minutes.txt"},
                        {"state", "captured"},
                        {"sha256", stet::sha256_hex("seven to two")},
                        {"time", time_now}});
}

TEST_CASE("a document cannot make stet read a file outside its folder") {
  const Scratch scratch;
  fs::create_directories(scratch.path() / "in");
  stet::write_file(scratch.path() / "secret.txt", "secret");
  fs::create_symlink(scratch.path() / "secret.txt", scratch.path() / "in/link.txt");
  const std::string absolute = (scratch.path() / "secret.txt").string();
  for (const auto& source :
       listed(scratch.path() / "in", {"../secret.txt", absolute, "link.txt", "x/../../secret.txt"})) {
    CHECK(source["state"] == "missing");
    CHECK_FALSE(source.contains("sha256"));
  }
}

TEST_CASE("a source that is not there, or a folder, is missing with a reason") {
  const Scratch scratch;
  fs::create_directories(scratch.path() / "folder");
  const auto list = listed(scratch.path(), {"gone.txt", "folder", ""});
  CHECK(list[0]["reason"] == "no such file");
  CHECK(list[1]["reason"] == "is a folder, not a file");
  CHECK(list[2]["state"] == "missing");
}

TEST_CASE("an earlier capture is carried on, also through a revision in which the file was missing") {
  const Scratch scratch;
  const json earlier = {{{"reference", "a.txt"}, {"state", "captured"}, {"sha256", "old"}, {"time", "then"}}};
  const auto missing = listed(scratch.path(), {"a.txt"}, earlier);
  CHECK(missing[0]["recorded"] == json{{"sha256", "old"}, {"time", "then"}, {"revision", 3}});
  stet::write_file(scratch.path() / "a.txt", "new");
  const auto again = listed(scratch.path(), {"a.txt"}, missing);
  CHECK(again[0]["recorded"]["sha256"] == "old");
  CHECK(again[0]["sha256"] == stet::sha256_hex("new"));
}

TEST_CASE("a named source comes before the document's own and is listed once; URLs alone are not listed") {
  const Scratch scratch;
  stet::write_file(scratch.path() / "page.html", "page");
  const std::string url = "https://a.example/p?x=1";
  const auto named = stet::parse_source(url + "=" + (scratch.path() / "page.html").string());
  CHECK(named.reference == url);
  const auto list = stet::list_sources(citing({url, "https://b.example/"}), scratch.path(), {{named}},
                                       json::array(), 0, time_now);
  REQUIRE(list.size() == 1);
  CHECK(list[0]["reference"] == url);
}

TEST_CASE("a bare URL is refused, since stet does not fetch") {
  CHECK_THROWS_WITH(stet::parse_source("https://a.example/p"), Catch::Contains("does not fetch"));
  CHECK_THROWS_WITH(stet::parse_source("https://a.example/p?q=nofile"), Catch::Contains("does not fetch"));
}
