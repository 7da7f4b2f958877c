#include <catch2/catch.hpp>

#include "utf8.hpp"

using namespace stet;

TEST_CASE("well-formed UTF-8 of every size is accepted at its bounds") {
  for (const char* text :
       {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "", "plain words, longer than eight bytes é"})
    CHECK(first_not_utf8(text) == std::nullopt);
}

TEST_CASE("overlong forms, surrogates, values too large and stray bytes are refused where they begin") {
  for (const char* text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xC3", "\xE2\x80",
        "\xF0\x9F\x92", "\xC3(", "\xE2(\x80", "\xE2\x80(", "\xF0\x9F\x92("}) {
    CHECK(first_not_utf8(text) == 0u);
    CHECK(first_not_utf8(std::string("twelve bytes") + text) == 12u);
    CHECK(first_not_utf8(std::string("é") + text + "more text behind it") == 2u);
  }
}

TEST_CASE("all two-byte sequences agree with the definition") {
  for (unsigned a = 0; a < 256; ++a)
    for (unsigned b = 0; b < 256; ++b) {
      const std::string pair{static_cast<char>(a), static_cast<char>(b)};
      const bool valid = (a < 0x80 && b < 0x80) || (a >= 0xC2 && a <= 0xDF && b >= 0x80 && b <= 0xBF);
      if (first_not_utf8(pair).has_value() == valid) FAIL("bytes " << a << " " << b);
    }
}

TEST_CASE("characters are read forwards and backwards") {
  const std::string_view text = "aé“💬";
  CHECK(character_at(text, 1).value == 0xE9);
  CHECK(character_at(text, 3).value == 0x201C);
  CHECK(character_at(text, 6).value == 0x1F4AC);
  CHECK(character_at(text, 6).size == 4);
  CHECK(character_before(text, 10).value == 0x1F4AC);
  CHECK(character_before(text, 6).value == 0x201C);
  CHECK(character_before(text, 1).value == 'a');
  CHECK(character_at(text, 10).value == 0);
  CHECK(character_before(text, 0).value == 0);
  CHECK(count_characters(text) == 4);
}

TEST_CASE("white space of all kinds is blank") {
  CHECK(is_blank(""));
  CHECK(is_blank(" \t\n\u00A0\u2003\u3000\u200B\uFEFF"));
  CHECK_FALSE(is_blank(" . "));
  CHECK(trimmed(" \t a b\r\n") == "a b");
  CHECK(trimmed(" \n ").empty());
}

TEST_CASE("white space is what Unicode says it is") {
  for (const char32_t c : {U' ', U'\t', U'\n', U'\u0085', U'\u00A0', U'\u2003', U'\u2028', U'\u3000'})
    CHECK(is_white_space(c));
  for (const char32_t c : {U'a', U'_', U'\u200B', U'\uFEFF', U'\U0001F600'}) CHECK_FALSE(is_white_space(c));
}
