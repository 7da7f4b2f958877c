#include "words.hpp"

#include <stet/text.hpp>

#include "unicode.hpp"

namespace text_integrity {

using stet::sdk::character_at;
using stet::sdk::character_before;

namespace {

constexpr size_t longest_address = 100;  // bytes to either side

bool ends_address(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

// A dot between two letters, the second part being a name and not the beginning of a sentence.
bool has_domain(std::string_view chunk) {
  for (size_t dot = chunk.find('.'); dot != chunk.npos; dot = chunk.find('.', dot + 1)) {
    const char32_t before = character_before(chunk, dot).code, after = character_at(chunk, dot + 1).code;
    if (is_letter(before) && is_letter(after) && !is_upper(after)) return true;
  }
  return false;
}

}  // namespace

bool is_word_character(char32_t c) {
  if (c < 0x80) return is_letter(c) || is_digit(c);
  return is_letter(c) || is_mark(c) || is_digit(c);
}

Range word_around(std::string_view text, size_t from, size_t at) {
  size_t begin = at, end = at;
  while (begin > from) {
    const auto c = character_before(text, begin);
    if (!is_word_character(c.code)) break;
    begin -= c.size;
  }
  while (end < text.size()) {
    const auto c = character_at(text, end);
    if (!is_word_character(c.code)) break;
    end += c.size;
  }
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

Range next_word(std::string_view text, size_t at) {
  while (at < text.size()) {
    const auto c = character_at(text, at);
    if (is_word_character(c.code)) break;
    at += c.size;
  }
  return word_around(text, at, at);
}

bool is_in_address(std::string_view text, Range range) {
  size_t begin = range.begin, end = range.end;
  while (begin > 0 && range.begin - begin < longest_address && !ends_address(text[begin - 1])) --begin;
  while (end < text.size() && end - range.end < longest_address && !ends_address(text[end])) ++end;
  const std::string_view chunk = text.substr(begin, end - begin);
  return chunk.find("://") != chunk.npos || chunk.find_first_of("@#_%=\\") != chunk.npos ||
         chunk.find("www.") != chunk.npos || has_domain(chunk);
}

}  // namespace text_integrity
