#include "canonical.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <limits>
#include <stdexcept>

using namespace stet;
using nlohmann::json;

TEST_CASE("numbers are printed as RFC 8785 appendix B prints them") {
  const std::pair<uint64_t, const char*> samples[] = {{0x0000000000000000, "0"},
                                                      {0x8000000000000000, "0"},
                                                      {0x0000000000000001, "5e-324"},
                                                      {0x8000000000000001, "-5e-324"},
                                                      {0x7fefffffffffffff, "1.7976931348623157e+308"},
                                                      {0xffefffffffffffff, "-1.7976931348623157e+308"},
                                                      {0x4340000000000000, "9007199254740992"},
                                                      {0xc340000000000000, "-9007199254740992"},
                                                      {0x4430000000000000, "295147905179352830000"},
                                                      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
                                                      {0x44b52d02c7e14af6, "1e+23"},
                                                      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
                                                      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
                                                      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
                                                      {0x444b1ae4d6e2ef50, "1e+21"},
                                                      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
                                                      {0x3eb0c6f7a0b5ed8d, "0.000001"},
                                                      {0x41b3de4355555553, "333333333.3333332"},
                                                      {0x41b3de4355555554, "333333333.33333325"},
                                                      {0x41b3de4355555555, "333333333.3333333"},
                                                      {0x41b3de4355555556, "333333333.3333334"},
                                                      {0x41b3de4355555557, "333333333.33333343"},
                                                      {0xbecbf647612f3696, "-0.0000033333333333333333"},
                                                      {0x43143ff3c1cb0959, "1424953923781206.2"}};
  for (const auto& [bits, text] : samples) {
    CHECK(canonical(std::bit_cast<double>(bits)) == text);
    CHECK(is_canonical(text));
  }
}

TEST_CASE("members are sorted by UTF-16 code units, which is not the order of UTF-8") {
  const std::vector<std::string> sorted{"\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"};
  json sample;
  for (const auto& key : sorted) sample[key] = true;
  const std::string text = canonical(sample);
  std::vector<std::string> keys;
  const auto ordered = nlohmann::ordered_json::parse(text);
  for (const auto& [key, value] : ordered.items()) keys.push_back(key);
  CHECK(keys == sorted);
  CHECK(is_canonical(text));
}

TEST_CASE("keys that share a beginning sort by length and an empty key comes first") {
  CHECK(canonical({{"ab", 1}, {"a", 2}, {"", 3}, {"b", 4}}) == R"({"":3,"a":2,"ab":1,"b":4})");
}

TEST_CASE("strings carry only the escapes they need") {
  const std::string all = std::string("\u20ac$\x0f\nA'\x42\"\\\\\"/\x7f\b\t\f\r") + '\0';
  CHECK(canonical(all) == "\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\x7f\\b\\t\\f\\r\\u0000\"");
  CHECK(json::parse(canonical(all)) == all);
}

TEST_CASE("literals, empty containers and nesting have no white space") {
  const json value = json::parse(R"( { "b" : [ null , true , false , { } , [ ] ] , "a" : -1 } )");
  CHECK(canonical(value) == R"({"a":-1,"b":[null,true,false,{},[]]})");
}

TEST_CASE("integers are kept to 2^53 and refused beyond") {
  constexpr int64_t limit = int64_t{1} << 53;
  CHECK(canonical(limit) == "9007199254740992");
  CHECK(canonical(-limit) == "-9007199254740992");
  CHECK_THROWS_WITH(canonical(limit + 1), Catch::Contains("9007199254740993"));
  CHECK_THROWS_AS(canonical(-limit - 1), std::runtime_error);
  CHECK_THROWS_AS(canonical(std::numeric_limits<uint64_t>::max()), std::runtime_error);
  CHECK_THROWS_AS(canonical(std::numeric_limits<int64_t>::min()), std::runtime_error);
}

TEST_CASE("an infinity and a NaN are refused") {
  CHECK_THROWS_AS(canonical(std::numeric_limits<double>::infinity()), std::runtime_error);
  CHECK_THROWS_AS(canonical(std::numeric_limits<double>::quiet_NaN()), std::runtime_error);
}

TEST_CASE("a string or a key that is not UTF-8 is refused") {
  for (const char* bad : {"\xff", "a\xc3", "\xed\xa0\x80" /* a surrogate */, "\xc0\xaf" /* overlong */,
                          "\xf4\x90\x80\x80" /* beyond U+10FFFF */}) {
    CHECK_THROWS_AS(canonical(bad), std::runtime_error);
    CHECK_THROWS_AS(canonical({{bad, 1}}), std::runtime_error);
    CHECK_FALSE(is_canonical('"' + std::string(bad) + '"'));
  }
  CHECK_THROWS_WITH(canonical("ab\xff"), Catch::Contains("byte 2"));
}

TEST_CASE("other spellings of a value are not canonical") {
  for (const char* text : {"",
                           " ",
                           "{",
                           "1 ",
                           " 1",
                           "1\n",
                           "1.0",
                           "1e0",
                           "10e-1",
                           "+1",
                           "01",
                           "-0",
                           "-0.0",
                           "0.0000001",
                           "1e21",
                           "1E+21",
                           "1e+021",
                           "100000000000000000000000",
                           "9007199254740993",
                           "18446744073709551615",
                           "1e400",
                           "NaN",
                           R"("\u0041")",
                           R"("\/")",
                           R"("\u000A")",
                           R"("\u000F")",
                           R"("\ud83d\ude00")",
                           R"("\ud83d")",
                           R"({"a": 1})",
                           R"({"a":1,"a":1})",
                           R"({"a":1,"a":2})",
                           R"({"b":1,"a":2})",
                           R"([1,])",
                           R"([1] [2])",
                           "\xef\xbb\xbf{}",
                           "/**/1",
                           "True"})
    CHECK_FALSE(is_canonical(text));
}

TEST_CASE("a NUL byte after a value is noticed") {
  CHECK(is_canonical("{}"));
  CHECK_FALSE(is_canonical(std::string_view("{}\0", 3)));
}

TEST_CASE("nesting has a limit and a million brackets do not overflow the stack") {
  const auto nested = [](size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(canonical(json::parse(nested(max_json_depth))) == nested(max_json_depth));
  CHECK_THROWS_WITH(canonical(json::parse(nested(max_json_depth + 1))), Catch::Contains("200"));
  CHECK_FALSE(is_canonical(nested(1000000)));
  CHECK_FALSE(is_canonical(std::string(1000000, '[')));
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  CHECK_FALSE(is_canonical(objects + "1" + std::string(100000, '}')));
}

TEST_CASE("siblings do not count as nesting") {
  json row = json::array();
  for (int i = 0; i < 1000; ++i) row.push_back(json::array());
  CHECK(is_canonical(canonical(row)));
}

TEST_CASE("flipping any bit of a canonical text is noticed or gives another value") {
  const std::string text = R"({"a":[1,-2.5,"x\n\u00e9"],"b":{"c":null}})";
  const std::string good = canonical(json::parse(text));
  const json value = json::parse(good);
  for (size_t i = 0; i < good.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ 1 << bit);
      if (is_canonical(bad)) CHECK(json::parse(bad) != value);
    }
}
