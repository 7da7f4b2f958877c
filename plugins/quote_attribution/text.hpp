// Characters of UTF-8 text, as far as quotation marks and names need them. Offsets are bytes.
#pragma once

#include <stet/text.hpp>

#include <cstdint>
#include <string_view>

namespace quote_attribution {

struct Span {
  uint32_t begin = 0, end = 0;
  bool empty() const { return begin == end; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
};

using stet::sdk::Character;
using stet::sdk::character_at;
using stet::sdk::no_character;

inline char32_t character_before(std::string_view text, size_t at) {
  return stet::sdk::character_before(text, at).code;
}

bool is_space(char32_t c);  // also no_character: the edge of a block separates as a space does
bool is_digit(char32_t c);
bool is_letter(char32_t c);         // any script; everything that is no space, digit, mark or symbol
bool is_upper(char32_t c);          // Latin, Greek, Cyrillic
bool is_spaced_script(char32_t c);  // a letter of a script that puts spaces between words
bool is_dash(char32_t c);
bool is_opening_bracket(char32_t c);
bool is_double_mark(char32_t c);
bool is_single_mark(char32_t c);  // ' ‘ ’ ‚ ‛

inline bool is_ascii_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

inline std::string_view slice(std::string_view text, Span s) {
  return text.substr(s.begin, s.end - s.begin);
}

}  // namespace quote_attribution
