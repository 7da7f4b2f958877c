#include "plain_json.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

using namespace stet;
using nlohmann::json;

namespace {

const std::string sample =
    R"( { "id" : "harbour", "text":"Mud\nrose.\u00e9 \ud83d\ude42 “so” \"\\\/\b\f\r\t", "n":[0,-7,999999999999999, []],
  "e":{ }, "t":true,"f" : false,"z":null , "é":"\u0000"} )";

// Types count too: a number without a sign is written as another one.
bool same(const json& a, const json& b) {
  return a == b && a.dump() == b.dump() && a.type() == b.type();
}

bool is_read(const std::string& text) {
  return read_plain_json(text).has_value();
}

}  // namespace

TEST_CASE("plain JSON is read as nlohmann/json reads it") {
  const auto value = read_plain_json(sample);
  REQUIRE(value);
  CHECK(same(*value, json::parse(sample)));
  CHECK((*value)["n"][0].is_number_unsigned());
  CHECK((*value)["n"][1].type() == json::value_t::number_integer);
  for (const char* text : {"0", "-1", "\"\"", "[]", "{}", "null", " true ", R"("\ud7ff\ue000")", "[[],{}]"})
    CHECK(same(read_plain_json(text).value(), json::parse(text)));
}

TEST_CASE("what is no JSON is not read, nor what is not plain") {
  for (const char* text : {"",
                           " ",
                           "{",
                           "}",
                           "{]",
                           "[1,]",
                           "[,1]",
                           "{\"a\"}",
                           "{\"a\":1,}",
                           "{a:1}",
                           "{\"a\" 1}",
                           "\"a",
                           "\"\n\"",
                           "\"\\x\"",
                           "\"\\u12\"",
                           "\"\\u12g4\"",
                           "\"\\",
                           "tru",
                           "nul",
                           "truex",
                           "1 2",
                           "01",
                           "-",
                           "+1",
                           "--1",
                           "\xFF",
                           "\"\xC3\"",
                           "[1]]",
                           "\xEF\xBB\xBF{}"}) {
    INFO(text);
    CHECK_FALSE(is_read(text));
    CHECK_FALSE(judge_plain_json(text));
  }
  for (const char* text : {"1.5", "1e3", "-0", "1234567890123456", "18446744073709551615"})
    CHECK_FALSE(is_read(text));
  CHECK_FALSE(is_read(R"("\ud83d")"));
  CHECK_FALSE(is_read(R"("\ude42")"));
  CHECK_FALSE(is_read(R"({"a":1,"a":2})"));
  const std::string deepest = std::string(64, '[') + std::string(64, ']');
  CHECK(is_read(deepest));
  CHECK_FALSE(is_read("[" + deepest + "]"));
}

TEST_CASE("a text is judged without being kept") {
  const auto judged = judge_plain_json(sample);
  REQUIRE(judged);
  CHECK(judged->is_object);
  CHECK(judged->names == std::vector<std::string>{"id", "text", "n", "e", "t", "f", "z", "é"});
  CHECK(judge_plain_json(R"({"a":{"b":1},"\u0061":2})")->names == std::vector<std::string>{"a", "a"});
  CHECK_FALSE(judge_plain_json("[{\"a\":1}]")->is_object);
  CHECK(judge_plain_json("[{\"a\":1}]")->names.empty());
}

TEST_CASE("whatever is read of a damaged text is what nlohmann/json reads") {
  std::mt19937 random(7);
  const std::string bytes = "\"\\{}[]:, 0159-tfnuad8.e\n\x01\xC3\xA9";
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = sample;
    for (auto edits = random() % 3 + 1; edits > 0; --edits) {
      const auto at = random() % text.size();
      if (random() % 3 == 0)
        text.erase(at, 1);
      else
        text[at] = bytes[random() % bytes.size()];
    }
    const auto value = read_plain_json(text);
    if (!value) continue;
    ++read;
    const auto expected = json::parse(text, nullptr, false);
    INFO(text);
    REQUIRE(same(*value, expected));
    REQUIRE(judge_plain_json(text));
  }
  CHECK(read > 1000);
}
