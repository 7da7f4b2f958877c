#include <stet/text.hpp>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "utf8.hpp"

using namespace stet::sdk;

TEST_CASE("every character is written and read back, forwards and backwards") {
  std::string text;
  for (char32_t code = 1; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 97) {
    if (code >= 0xD800 && code < 0xE000) continue;
    text.clear();
    append_utf8(text, code);
    REQUIRE_FALSE(stet::first_not_utf8(text));
    REQUIRE(character_at(text, 0).code == code);
    REQUIRE(character_at(text, 0).size == text.size());
    REQUIRE(character_before("é" + text, 2 + text.size()).code == code);
  }
}

TEST_CASE("there is no character behind either end") {
  CHECK(character_at("ab", 2).code == no_character);
  CHECK(character_at("ab", 9).code == no_character);
  CHECK(character_before("ab", 0).code == no_character);
  CHECK(character_before("ab", 9).code == no_character);
}

TEST_CASE("a byte outside of UTF-8 is one broken character") {
  for (const char* bytes : {"\x80", "\xC0\x80", "\xE2\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
                            "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xFF"}) {
    const auto first = character_at(bytes, 0);
    CHECK(first.code == broken_utf8);
    CHECK(first.size == 1);
    const std::string_view text = bytes;
    CHECK(character_before(text, text.size()).code == broken_utf8);
  }
}

TEST_CASE("the next byte that is not ASCII is found at every offset of an eight-byte step") {
  for (size_t size = 0; size < 40; ++size)
    for (size_t place = 0; place <= size; ++place) {
      std::string text(size, 'x');
      if (place < size) text[place] = '\xC3';
      for (size_t from = 0; from <= place; ++from) REQUIRE(next_non_ascii(text, from) == place);
      if (place < size) REQUIRE(next_non_ascii(text, place + 1) == size);
    }
}

namespace {

std::vector<std::string> texts_of_blocks(const std::string& text, const std::vector<stet_node>& nodes) {
  stet_document raw{};
  raw.size = sizeof raw;
  raw.node_size = sizeof(stet_node);
  raw.node_count = static_cast<uint32_t>(nodes.size());
  raw.nodes = nodes.data();
  raw.text = stet::sdk::text(text);
  const Document document(raw);
  std::vector<std::string> found;
  for (const Node& block : blocks(document)) found.emplace_back(document.text(block.range));
  return found;
}

}  // namespace

TEST_CASE("blocks are the innermost ones, in text order, without links and datelines") {
  const std::string text = "Title|Rome - One|a|b|two";
  const std::vector<stet_node> nodes{{STET_TITLE, STET_NO_PARENT, {0, 5}, {}},
                                     {STET_PARAGRAPH, STET_NO_PARENT, {6, 16}, {}},
                                     {STET_DATELINE, 1, {6, 12}, {}},
                                     {STET_LINK, 1, {13, 16}, {}},
                                     {STET_BLOCK_QUOTE, STET_NO_PARENT, {17, 20}, {}},
                                     {STET_PARAGRAPH, 4, {17, 18}, {}},
                                     {STET_PARAGRAPH, 4, {19, 20}, {}},
                                     {99, STET_NO_PARENT, {20, 21}, {}},
                                     {STET_LIST_ITEM, STET_NO_PARENT, {21, 24}, {}}};
  CHECK(texts_of_blocks(text, nodes) == std::vector<std::string>{"Title", "Rome - One", "a", "b", "two"});
}

TEST_CASE("an empty or overlapping block is left out") {
  const std::vector<stet_node> nodes{{STET_PARAGRAPH, STET_NO_PARENT, {0, 0}, {}},
                                     {STET_PARAGRAPH, STET_NO_PARENT, {0, 3}, {}},
                                     {STET_PARAGRAPH, STET_NO_PARENT, {2, 4}, {}}};
  CHECK(texts_of_blocks("abcd", nodes) == std::vector<std::string>{"abc"});
}
