// Characters of UTF-8 text, as far as quotation marks and names need them. Offsets are bytes.
// Bytes that are not UTF-8 are read one by one as U+FFFD, so that no input is refused here.
#pragma once

#include <cstdint>
#include <string_view>

namespace quote_attribution {

struct Span {
  uint32_t begin = 0, end = 0;
  bool empty() const { return begin == end; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
};

struct Character {
  char32_t code;
  uint32_t size;  // in bytes, at least 1
};

inline constexpr char32_t no_character = 0;  // before the first and after the last one

Character character_at(std::string_view text, size_t at);     // {no_character, 1} at the end
char32_t character_before(std::string_view text, size_t at);  // no_character at 0

bool is_space(char32_t c);  // also no_character: the edge of a block separates as a space does
bool is_digit(char32_t c);
bool is_letter(char32_t c);         // any script; everything that is no space, digit, mark or symbol
bool is_upper(char32_t c);          // Latin, Greek, Cyrillic
bool is_spaced_script(char32_t c);  // a letter of a script that puts spaces between words
bool is_dash(char32_t c);
bool is_opening_bracket(char32_t c);
bool is_double_mark(char32_t c);
bool is_single_mark(char32_t c);  // ' ‘ ’ ‚ ‛

inline std::string_view slice(std::string_view text, Span s) {
  return text.substr(s.begin, s.end - s.begin);
}

}  // namespace quote_attribution
