#include "options.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "digest.hpp"
#include "scratch.hpp"

namespace {

using nlohmann::json;
using stet::Setting;

stet::Manifest manifest() {
  stet::Manifest m;
  m.id = "org.example.house-rules";
  m.options = json::parse(R"({
    "type": "object", "additionalProperties": false,
    "properties": {
      "rules": {"type": "array", "items": {"type": "string", "format": "stet-file"}, "default": []},
      "limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 10},
      "ratio": {"type": "number"},
      "strict": {"type": "boolean"},
      "word": {"type": "string"},
      "mode": {"enum": ["soft", "hard"], "default": "soft"},
      "names": {"type": "array", "items": {"type": "string"}},
      "where": {"type": "object", "properties": {"part": {"$ref": "#/definitions/part"}}, "additionalProperties": false}
    },
    "definitions": {"part": {"type": "string", "maxLength": 5}}
  })");
  return m;
}

Setting from_file(const std::string& key, json value, const std::filesystem::path& folder = "/") {
  return {"house-rules", key, std::move(value), false, folder, "stet.toml:7"};
}

Setting argument(const std::string& text) {
  return stet::parse_setting("house-rules." + text);
}

json complete(const std::vector<Setting>& settings) {
  return stet::complete_options(manifest(), settings);
}

std::string refusal(const std::vector<Setting>& settings) try {
  complete(settings);
  return "";
} catch (const std::runtime_error& e) {
  return e.what();
}

}  // namespace

TEST_CASE("what is not set has its default, or is absent where there is none") {
  CHECK(complete({}) == json{{"rules", json::array()}, {"limit", 10}, {"mode", "soft"}});
}

TEST_CASE("a setting names a plugin by its id or the last part of it, and no other plugin") {
  auto whole = from_file("limit", 3), other = from_file("limit", 4);
  whole.plugin = "org.example.house-rules";
  other.plugin = "rules";
  CHECK(complete({whole}).at("limit") == 3);
  CHECK(complete({other}).at("limit") == 10);
}

TEST_CASE("an argument means what the option's type makes of it") {
  const auto options = complete({argument("limit=7"), argument("ratio=1.5"), argument("strict=true"),
                                 argument("word=true"), argument("names=one"), argument("mode=hard")});
  CHECK(options.at("limit") == 7);
  CHECK(options.at("ratio") == 1.5);
  CHECK(options.at("strict") == true);
  CHECK(options.at("word") == "true");
  CHECK(options.at("names") == json{"one"});
  CHECK(options.at("mode") == "hard");
}

TEST_CASE("arguments replace what a file says, and add up among themselves where they can") {
  CHECK(complete({from_file("limit", 3), argument("limit=4"), argument("limit=5")}).at("limit") == 5);
  const auto names =
      complete({from_file("names", {"a", "b"}), argument("names=c"), argument(R"(names=["d","e"])")});
  CHECK(names.at("names") == json{"c", "d", "e"});
}

TEST_CASE("an unknown key is refused with the nearest that there is") {
  CHECK(refusal({from_file("limt", 3)}) ==
        "stet.toml:7: org.example.house-rules has no option \"limt\"; did you mean \"limit\"?");
  CHECK(refusal({argument("wrod=3")}) ==
        "--option: org.example.house-rules has no option \"wrod\"; did you mean \"word\"?");
}

TEST_CASE("a value of another type is refused by key, value and what it must be") {
  CHECK(refusal({from_file("limit", "many")}) ==
        "stet.toml:7: house-rules.limit is \"many\", not a whole number of at least 1 and at most 100");
  CHECK(refusal({from_file("limit", 101)}) ==
        "stet.toml:7: house-rules.limit is 101, not a whole number of at least 1 and at most 100");
  CHECK(refusal({argument("limit=many")}) ==
        "--option: house-rules.limit is \"many\", not a whole number of at least 1 and at most 100");
  CHECK(refusal({argument("strict=yes")}) == "--option: house-rules.strict is \"yes\", not true or false");
  CHECK(refusal({argument("mode=softly")}) ==
        "--option: house-rules.mode is \"softly\", not one of \"soft\", \"hard\"");
  CHECK(refusal({from_file("names", {"a", 3})}) == "stet.toml:7: house-rules.names[1] is 3, not a text");
  CHECK(refusal({from_file("word", {{"a", 1}})}) == "stet.toml:7: house-rules.word is {\"a\":1}, not a text");
  CHECK_THAT(refusal({from_file("where", {{"part", "too long"}})}),
             Catch::StartsWith("stet.toml:7: house-rules.where.part is \"too long\""));
  CHECK_THAT(refusal({from_file("where", {{"prat", "x"}})}), Catch::Contains("house-rules.where"));
}

TEST_CASE("a required option that nobody set is named") {
  auto m = manifest();
  m.options["required"] = {"word"};
  CHECK_THROWS_WITH(stet::complete_options(m, {}),
                    Catch::StartsWith("org.example.house-rules needs the option \"word\""));
  CHECK_NOTHROW(stet::complete_options(m, std::vector<Setting>{from_file("word", "x")}));
}

TEST_CASE("a file is given as its text, and recorded as its digest") {
  const stet::testing::Scratch scratch;
  std::filesystem::create_directory(scratch / "sub");
  std::ofstream(scratch / "sub/house.toml") << "[[rule]]\n";
  const auto options = complete({from_file("rules", {"sub/house.toml"}, scratch.path())});
  const auto sha256 = stet::sha256_hex("[[rule]]\n");
  CHECK(options.at("rules") == json{{{"name", "house.toml"}, {"sha256", sha256}, {"text", "[[rule]]\n"}}});
  CHECK(stet::recorded_options(manifest(), options).at("rules") ==
        json{{{"name", "house.toml"}, {"sha256", sha256}}});
}

TEST_CASE("a file that is not there or not UTF-8 is named") {
  const stet::testing::Scratch scratch;
  CHECK_THAT(refusal({from_file("rules", {"none.toml"}, scratch.path())}),
             Catch::Contains("none.toml: no such file"));
  std::ofstream(scratch / "bad.toml") << "ab\xff";
  CHECK(refusal({from_file("rules", {"bad.toml"}, scratch.path())}) ==
        "stet.toml:7: bad.toml: not UTF-8 at byte 2");
}

TEST_CASE("a setting for a plugin that is not there is refused with the nearest") {
  std::vector<stet::ChosenPlugin> plugins(1);
  plugins[0].id = "org.example.house-rules";
  const std::vector<Setting> settings = {{"house-rule", "limit", 3, false, "/", "stet.toml:2"}};
  CHECK_THROWS_WITH(stet::apply_settings(settings, plugins),
                    "stet.toml:2: there is no plugin \"house-rule\"; did you mean \"house-rules\"?");
}
