// Walking a document's text: its characters and its blocks. Header only, C++17, no library.
//
// Offsets are bytes, as everywhere in stet. The host hands over valid UTF-8 only; these functions take any
// bytes (a link's target, an option) and read each byte that does not belong to well-formed UTF-8 as one
// U+FFFD.
#pragma once

#include <stet/plugin.hpp>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace stet::sdk {

struct Character {
  char32_t code;
  uint32_t size;  // in bytes, at least 1
};

inline constexpr char32_t no_character = 0;      // before the first and after the last one
inline constexpr char32_t broken_utf8 = 0xFFFD;  // what a byte outside of UTF-8 is read as

// The character that begins at `at`; {no_character, 1} at the end and behind it.
inline Character character_at(std::string_view text, size_t at) {
  if (at >= text.size()) return {no_character, 1};
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  const uint32_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return {broken_utf8, 1};
  char32_t code = first & (0x7Fu >> size);
  for (uint32_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {broken_utf8, 1};
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  if (overlong || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {broken_utf8, 1};
  return {code, size};
}

// The character that ends at `at`; {no_character, 1} at 0 and behind the end.
inline Character character_before(std::string_view text, size_t at) {
  if (at == 0 || at > text.size()) return {no_character, 1};
  size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  const Character c = character_at(text, begin);
  return begin + c.size == at ? c : Character{broken_utf8, 1};
}

inline void append_utf8(std::string& out, char32_t code) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

// Offset of the first byte from `at` on that is not ASCII; text.size() if there is none. Eight bytes a step:
// a check that cares about other characters only, passes over English at several gigabytes a second.
inline size_t next_non_ascii(std::string_view text, size_t at) {
  for (uint64_t eight; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080u) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

// Whether `kind` is a block that holds running text. A dateline is the beginning of its paragraph, not a
// block beside it.
inline bool is_block(uint32_t kind) {
  return kind == STET_TITLE || kind == STET_BYLINE || kind == STET_HEADING || kind == STET_PARAGRAPH ||
         kind == STET_LIST_ITEM || kind == STET_BLOCK_QUOTE;
}

// The innermost blocks in text order; none is empty, none overlaps another. A list item or a block quote that
// holds paragraphs gives those, each with it as `parent`.
inline std::vector<Node> blocks(const Document& document) {
  std::vector<char> holds_blocks(document.node_count());
  for (uint32_t i = 0; i < document.node_count(); ++i) {
    const Node node = document.node(i);
    if (is_block(node.kind) && node.parent < i) holds_blocks[node.parent] = 1;
  }
  std::vector<Node> found;
  uint32_t end = 0;
  for (uint32_t i = 0; i < document.node_count(); ++i) {
    const Node node = document.node(i);
    const bool apart = node.range.begin >= end && node.range.end > node.range.begin;
    if (!is_block(node.kind) || holds_blocks[i] || !apart) continue;
    found.push_back(node);
    end = node.range.end;
  }
  return found;
}

}  // namespace stet::sdk
