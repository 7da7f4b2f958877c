#include "settings.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "scratch.hpp"

namespace {

using nlohmann::json;

std::vector<stet::Setting> read(const std::string& toml) {
  const stet::testing::Scratch scratch;
  std::ofstream(scratch / "stet.toml") << toml;
  auto settings = stet::read_settings(scratch / "stet.toml");
  for (auto& s : settings) s.origin = std::filesystem::path(s.origin).filename().string();
  return settings;
}

std::string refusal(const std::string& toml) try {
  read(toml);
  return "";
} catch (const std::runtime_error& e) {
  return std::filesystem::path(e.what()).filename().string();
}

}  // namespace

TEST_CASE("a file sets options by plugin, of every type that JSON has") {
  const auto all = read(
      "[plugin.house-rules]\n"
      "rules = [\"a.toml\", \"b.toml\"]\n"
      "[plugin.\"org.example.check\"]\n"
      "limit = 12\nratio = 0.5\nstrict = true\nnested = {a = \"x\"}\nsince = 2025-11-23\n");
  REQUIRE(all.size() == 6);
  const auto find = [&](const std::string& key) {
    for (const auto& s : all)
      if (s.key == key) return s;
    FAIL(key);
    return all[0];
  };
  CHECK(find("rules").plugin == "house-rules");
  CHECK(find("rules").value == json{"a.toml", "b.toml"});
  CHECK(find("rules").origin == "stet.toml:2");
  CHECK_FALSE(find("rules").is_text);
  CHECK(find("limit").plugin == "org.example.check");
  CHECK(find("limit").value == 12);
  CHECK(find("ratio").value == 0.5);
  CHECK(find("strict").value == true);
  CHECK(find("nested").value == json{{"a", "x"}});
  CHECK(find("since").value == "2025-11-23");
}

TEST_CASE("an empty file sets nothing") {
  CHECK(read("").empty());
  CHECK(read("# only a comment\n").empty());
}

TEST_CASE("what a file may not hold is refused by file and line") {
  CHECK(refusal("\n[plugins.x]\n") ==
        "stet.toml:2: unknown table or key \"plugins\"; there is [plugin.NAME]");
  CHECK(refusal("plugin = 3\n") == "stet.toml:1: \"plugin\" is not a table of plugins");
  CHECK(refusal("[plugin]\nx = 1\n") == "stet.toml:2: \"plugin.x\" is not a table of options");
  CHECK_THAT(refusal("[plugin.x]\na = \n"), Catch::StartsWith("stet.toml:2: "));
  CHECK_THAT(refusal("a = 1\na = 2\n"), Catch::StartsWith("stet.toml:2: "));
}

TEST_CASE("an argument is split at its first equals sign and the last dot before it") {
  const auto s = stet::parse_setting("org.example.check.word=a.b=c");
  CHECK(s.plugin == "org.example.check");
  CHECK(s.key == "word");
  CHECK(s.value == "a.b=c");
  CHECK(s.is_text);
  CHECK(stet::parse_setting("check.word=").value == "");
}

TEST_CASE("an argument without plugin, key or value is refused") {
  for (const char* bad : {"", "word", "word=x", ".word=x", "check.=x", "check.word", "=", "check.word.="})
    CHECK_THROWS_WITH(stet::parse_setting(bad), "--option " + std::string(bad) + ": not PLUGIN.KEY=VALUE");
}
