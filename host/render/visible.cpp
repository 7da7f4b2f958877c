#include "visible.hpp"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace stet {
namespace {

std::string utf8(char32_t c) {
  std::array<char, U8_MAX_LENGTH> bytes;
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(c));
  return {bytes.data(), static_cast<size_t>(size)};
}

bool is_space(UChar32 c) {
  return c == '\t' || c == '\n' || c == '\r' || u_charType(c) == U_SPACE_SEPARATOR;
}

bool is_joiner(UChar32 c) {
  return c == 0x200C || c == 0x200D;
}

bool is_hidden(UChar32 c) {
  if (U_IS_UNICODE_NONCHAR(c)) return true;
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR: return true;
    case U_FORMAT_CHAR: return !is_joiner(c) && !u_hasBinaryProperty(c, UCHAR_PREPENDED_CONCATENATION_MARK);
    default: return false;
  }
}

unsigned width(UChar32 c) {
  const auto type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || is_joiner(c)) return 0;
  const auto syllable = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO) return 0;
  const auto asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return asian == U_EA_WIDE || asian == U_EA_FULLWIDTH ? 2 : 1;
}

Glyph glyph(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  if (c >= 0x20 && c < 0x7F) return {std::string(1, static_cast<char>(c)), 1};
  if (is_space(c)) return {" ", 1};
  if (!is_hidden(c)) return {utf8(character), width(c)};
  std::string shown = "<" + code_point(character) + ">";
  const auto taken = static_cast<unsigned>(shown.size());
  return {std::move(shown), taken};
}

}  // namespace

char32_t next_character(std::string_view text, size_t& at) {
  // ICU counts in int32_t; a window keeps any size of text within it.
  const auto window = text.substr(at, U8_MAX_LENGTH);
  int32_t used = 0;
  UChar32 c;
  U8_NEXT_OR_FFFD(window.data(), used, static_cast<int32_t>(window.size()), c);
  at += static_cast<size_t>(used);
  return static_cast<char32_t>(c);
}

Glyph next_glyph(std::string_view text, size_t& at) {
  return glyph(next_character(text, at));
}

Glyph previous_glyph(std::string_view text, size_t& at) {
  const size_t from = at - std::min<size_t>(at, U8_MAX_LENGTH);
  const auto window = text.substr(from, at - from);
  auto left = static_cast<int32_t>(window.size());
  UChar32 c;
  U8_PREV_OR_FFFD(window.data(), 0, left, c);
  at = from + static_cast<size_t>(left);
  return glyph(static_cast<char32_t>(c));
}

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) out += next_glyph(text, at).shown;
  return out;
}

std::string visible_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    auto shown = next_glyph(text, at).shown;
    out += c == '\n' || c == '\t' ? std::string(1, c) : std::move(shown);
  }
  return out;
}

std::optional<char32_t> hidden_character(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto c = next_character(text, at);
    if (is_hidden(static_cast<UChar32>(c))) return c;
  }
  return std::nullopt;
}

std::string clipped(std::string_view text, unsigned limit) {
  std::string out;
  unsigned used = 0;
  size_t kept = 0;  // bytes of `out` that leave room for the ellipsis
  for (size_t at = 0; at < text.size();) {
    const auto next = next_glyph(text, at);
    used += next.columns;
    if (used > limit) return out.substr(0, kept) + "…";
    out += next.shown;
    if (used < limit) kept = out.size();
  }
  return out;
}

size_t columns(std::string_view text) {
  size_t sum = 0;
  for (size_t at = 0; at < text.size();) sum += next_glyph(text, at).columns;
  return sum;
}

bool unfit_for_page(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  if (c == '\t' || c == '\n' || c == '\r') return false;
  return u_charType(c) == U_CONTROL_CHAR || U_IS_UNICODE_NONCHAR(c) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

std::string code_point(char32_t character) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string hex;
  for (auto rest = static_cast<uint32_t>(character); rest != 0 || hex.size() < 4; rest >>= 4)
    hex += digits[rest & 15];
  return "U+" + std::string(hex.rbegin(), hex.rend());
}

Range within(std::string_view text, Range range) {
  const auto inside = [&](uint32_t at) { return at > 0 && at < text.size() && U8_IS_TRAIL(text[at]); };
  Range r{std::min<uint32_t>(range.begin, static_cast<uint32_t>(text.size())),
          std::min<uint32_t>(range.end, static_cast<uint32_t>(text.size()))};
  r.end = std::max(r.begin, r.end);
  while (inside(r.begin)) --r.begin;
  while (inside(r.end)) ++r.end;
  return r;
}

}  // namespace stet
