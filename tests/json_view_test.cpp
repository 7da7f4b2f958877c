#include "json_view.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "canonical.hpp"

using namespace stet;

namespace {

const std::string sample =
    R"({"a":[1,-2,0,[],{}],"b":"text","c":{"d":"a\"b\\c\n\u0001\u001f","e":null},"f":true,"g":false,"é":1})";
const std::string plain =
    R"({"a":[1,-2,0,[],{}],"b":"text","c":{"d":"a\"b\\c\n\u0001\u001f","e":null},"f":true,"g":"é…","h":12345})";

}  // namespace

TEST_CASE("values of canonical JSON are found where they stand") {
  const auto text = JsonText::read(plain);
  REQUIRE(text);
  const auto root = text->root();
  CHECK(root.find("b")->text() == "text");
  CHECK(root.find("g")->text() == "é…");
  CHECK(root.find("h")->number() == 12345u);
  CHECK_FALSE(root.find("b")->number());
  CHECK_FALSE(root.find("x"));
  CHECK(root.find("c")->is_object());
  CHECK(root.find("c")->find("d")->is_text());
  CHECK_FALSE(root.find("c")->find("d")->text());
  const auto array = *root.find("a");
  auto at = array.first();
  CHECK(at->number() == 1u);
  at = at->next_in(array);
  CHECK_FALSE(at->number());
  at = at->next_in(array)->next_in(array);
  CHECK(at->is_array());
  CHECK_FALSE(at->first());
  at = at->next_in(array);
  CHECK(at->is_object());
  CHECK_FALSE(at->next_in(array));
}

TEST_CASE("a value is taken out whole, or an object without some of its members") {
  const auto text = JsonText::read(plain);
  REQUIRE(text);
  const auto whole = nlohmann::json::parse(plain);
  CHECK(text->root().json() == whole);
  auto less = whole;
  less.erase("a");
  less.erase("h");
  CHECK(text->root().json({"a", "h", "x"}) == less);
  CHECK(canonical(text->root().json()) == plain);
}

TEST_CASE("a byte that no string can hold as it is is seen wherever it stands") {
  for (size_t at = 0; at < 24; ++at)
    for (int byte = 0; byte < 0x80; ++byte) {
      std::string inside(24, 'x');
      inside[at] = static_cast<char>(byte);
      INFO(byte << " at " << at);
      const std::string bytes = "[\"" + inside + "\"]";
      const auto text = JsonText::read(bytes);
      REQUIRE(text.has_value() == (byte >= 0x20 && byte != '"' && byte != '\\'));
      if (text) REQUIRE(text->root().first()->text() == inside);
    }
}

TEST_CASE("what is read is canonical, whatever was made of the text") {
  std::mt19937 random(4);
  size_t read = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string bytes = i % 2 ? sample : plain;
    for (unsigned n = random() % 3; n > 0; --n) {
      const size_t at = random() % bytes.size();
      switch (random() % 3) {
        case 0: bytes[at] = static_cast<char>(random() % 256); break;
        case 1: bytes.erase(at, 1 + random() % 3); break;
        default: bytes.insert(at, 1, "\"\\{}[],:0189-.eutrnabf\n "[random() % 24]);
      }
    }
    if (!JsonText::read(bytes)) continue;
    ++read;
    INFO(bytes);
    REQUIRE(is_canonical(bytes));
  }
  CHECK(read > 5000);
}

TEST_CASE("what is not sure to be canonical is not read") {
  for (const char* bytes : {"",
                            " 1",
                            "1 ",
                            "1.5",
                            "1e3",
                            "-0",
                            "01",
                            "1234567890123456",
                            "\"",
                            "\"\\/\"",
                            "\"\\u0041\"",
                            "\"\\u000a\"",
                            "\"\\u001F\"",
                            "\"\n\"",
                            "\"\xff\"",
                            "[1,]",
                            "[,1]",
                            "[1 ]",
                            "{\"a\":1,\"a\":2}",
                            "{\"b\":1,\"a\":2}",
                            "{\"a\"}",
                            "{a:1}",
                            "{\"a\":1,}",
                            "[",
                            "{",
                            "tru",
                            "nulls",
                            "[1]]"}) {
    INFO(bytes);
    CHECK_FALSE(JsonText::read(bytes));
  }
  std::string deep(max_json_depth, '[');
  deep.append(max_json_depth, ']');
  CHECK(JsonText::read(deep));
  CHECK_FALSE(JsonText::read("[" + deep + "]"));
}
