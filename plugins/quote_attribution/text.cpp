#include "text.hpp"

namespace quote_attribution {

bool is_space(char32_t c) {
  return c == ' ' || c == no_character || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x85 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c >= 0x2000 && c < 0x2C00) return false;     // punctuation, symbols, arrows, shapes
  if (c >= 0x3000 && c <= 0x3020) return false;    // CJK punctuation
  if (c >= 0xE000 && c <= 0xF8FF) return false;    // private use
  if (c >= 0xFE00 && c <= 0xFE6F) return false;    // variation selectors, compatibility forms
  if (c >= 0xFF00 && c <= 0xFF0F) return false;    // full-width punctuation
  if (c >= 0x1F000 && c <= 0x1FFFF) return false;  // pictographs
  return c != 0xD7 && c != 0xF7 && c != 0xFEFF && c != 0xFFFD;
}

bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7;
  if (c < 0x180) return ((c >= 0x139 && c <= 0x148) || c >= 0x179) ? (c & 1) != 0 : (c & 1) == 0;
  return (c >= 0x391 && c <= 0x3AB) || (c >= 0x400 && c <= 0x42F);
}

bool is_spaced_script(char32_t c) {
  return is_letter(c) && c < 0x590;
}

bool is_dash(char32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

bool is_opening_bracket(char32_t c) {
  return c == '(' || c == '[' || c == '{' || c == '<';
}

bool is_double_mark(char32_t c) {
  return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2033;
}

bool is_single_mark(char32_t c) {
  return c == '\'' || (c >= 0x2018 && c <= 0x201B);
}

}  // namespace quote_attribution
