#include "words.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

namespace house_rules {
namespace {

using icu::UnicodeString;

constexpr UChar32 nothing = -1;  // before the first and behind the last character

UChar32 next(std::string_view text, size_t& at) {
  if (at >= text.size()) return nothing;
  auto i = static_cast<int32_t>(at);
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(text.data(), i, static_cast<int32_t>(text.size()), c);
  at = static_cast<size_t>(i);
  return c;
}

UChar32 previous(std::string_view text, size_t& at) {
  if (at == 0 || at > text.size()) return nothing;
  auto i = static_cast<int32_t>(at);
  UChar32 c = 0;
  U8_PREV_OR_FFFD(text.data(), 0, i, c);
  at = static_cast<size_t>(i);
  return c;
}

UChar32 at_begin(std::string_view text, size_t at) {
  return next(text, at);
}
UChar32 at_end(std::string_view text, size_t at) {
  return previous(text, at);
}

UnicodeString utf16(std::string_view text) {
  return UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

std::string utf8(const UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

UChar32 folded(UChar32 c) {
  return u_foldCase(c, U_FOLD_CASE_DEFAULT);
}

bool is_apostrophe(UChar32 c) {
  return c == '\'' || c == 0x2019 || c == 0x02bc;
}
bool is_hyphen(UChar32 c) {
  return c == '-' || c == 0x2010 || c == 0x2011;
}

// Joiners and the soft hyphen stand within words. U+200B, for one, does not.
bool is_joiner(UChar32 c) {
  return c == 0xad || c == 0x200c || c == 0x200d || c == 0x2060;
}

bool is_word_character(UChar32 c) {
  return c != nothing && (u_isalnum(c) || c == '_' || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 || is_joiner(c));
}

// A script that writes words without spaces, or glues particles to them.
bool is_unspaced(UChar32 c) {
  switch (u_getIntPropertyValue(c, UCHAR_LINE_BREAK)) {
    case U_LB_IDEOGRAPHIC:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_NONSTARTER:
    case U_LB_COMPLEX_CONTEXT:
    case U_LB_H2:
    case U_LB_H3: return true;
    default: return false;
  }
}

// ---- expressions ----

std::string literal(UChar32 c) {
  if (c < 0x80 && u_isalnum(c)) return {static_cast<char>(c)};
  std::array<char, 16> hex{};
  std::snprintf(hex.data(), hex.size(), "\\x{%X}", static_cast<unsigned>(c));
  return hex.data();
}

std::string any_of(std::initializer_list<UChar32> characters) {
  std::string members;
  for (UChar32 c : characters)
    if (const auto member = literal(c); members.find(member) == std::string::npos) members += member;
  return "[" + members + "]";
}

std::string letter(UChar32 c, Case mode) {
  // Only where both are cases of one letter: dotless i has the capital I, which is that of i.
  const auto same = [&](UChar32 other) { return folded(other) == folded(c) ? other : c; };
  if (mode == Case::exact || (mode == Case::smart && !u_islower(c)) || same(u_toupper(c)) == u_tolower(c))
    return literal(c);
  if (mode == Case::smart) return any_of({c, same(u_toupper(c))});
  return any_of({c, folded(c), same(u_toupper(c)), same(u_tolower(c))});
}

const icu::Normalizer2& composing() {
  UErrorCode error = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) throw std::runtime_error("ICU has no normalization data");
  return *normalizer;
}

std::string character(UChar32 c, Case mode) {
  if (is_apostrophe(c)) return any_of({'\'', 0x2019, 0x02bc});
  if (is_hyphen(c)) return any_of({'-', 0x2010, 0x2011});
  UnicodeString parts;
  if (!composing().getDecomposition(c, parts)) return letter(c, mode);
  std::string decomposed;
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1))
    decomposed += letter(parts.char32At(i), mode);
  return "(?:" + letter(c, mode) + "|" + decomposed + ")";
}

// RE2's \b knows ASCII words alone. There it never passes over a true end of a word.
std::string edge(UChar32 c) {
  return c < 0x80 && (u_isalnum(c) || c == '_') ? "\\b" : "";
}

// ---- ends of words ----

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The letters that follow the apostrophe at `at`.
std::string_view letters_after(std::string_view text, size_t at) {
  next(text, at);
  size_t end = at;
  for (size_t i = at; is_word_character(next(text, i)) && i - at <= 16;) end = i;
  return text.substr(at, end - at);
}

std::string_view letters_before(std::string_view text, size_t at) {
  previous(text, at);
  size_t begin = at;
  for (size_t i = at; is_word_character(previous(text, i)) && at - i <= 16;) begin = i;
  return text.substr(begin, at - begin);
}

bool joins_number(UChar32 inside, UChar32 between, UChar32 beyond) {
  return u_isdigit(inside) && u_isdigit(beyond) && (between == '.' || between == ',' || between == ':');
}

bool goes_on_after(std::string_view text, size_t end) {
  const UChar32 inside = at_end(text, end), after = at_begin(text, end);
  if (!is_word_character(inside) || is_unspaced(inside)) return false;
  if (is_word_character(after)) return true;
  size_t beyond = end;
  next(text, beyond);
  if (joins_number(inside, after, at_begin(text, beyond))) return true;
  if (!is_apostrophe(after)) return false;
  const auto letters = letters_after(text, end);
  return !letters.empty() && !is_one_of(letters, {"s", "ll", "ve", "re", "d", "m", "S", "LL", "VE", "RE"});
}

bool goes_on_before(std::string_view text, size_t begin) {
  const UChar32 inside = at_begin(text, begin), before = at_end(text, begin);
  if (!is_word_character(inside) || is_unspaced(inside)) return false;
  if (is_word_character(before)) return true;
  size_t beyond = begin;
  previous(text, beyond);
  if (joins_number(inside, before, at_end(text, beyond))) return true;
  if (!is_apostrophe(before)) return false;
  const auto letters = letters_before(text, begin);
  return !letters.empty() &&
         !is_one_of(letters, {"l", "L", "d", "qu", "dell", "all", "dall", "nell", "sull", "un", "j", "n"});
}

bool has_lower(const UnicodeString& text) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
    if (u_islower(text.char32At(i))) return true;
  return false;
}

int count_upper(const UnicodeString& text) {
  int count = 0;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) count += u_isupper(text.char32At(i));
  return count;
}

}  // namespace

std::string expression_of(std::string_view term, Case mode, bool whole_words) {
  UErrorCode error = U_ZERO_ERROR;
  const UnicodeString text = composing().normalize(utf16(term), error).trim();
  std::string expression;
  bool in_space = false;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const bool space = u_isUWhiteSpace(c);
    if (!space)
      expression += character(c, mode);
    else if (!in_space)
      expression += "[\\s\\pZ]+";
    in_space = space;
  }
  if (expression.empty() || !whole_words) return expression;
  return edge(text.char32At(0)) + expression + edge(text.char32At(text.moveIndex32(text.length(), -1)));
}

bool stands_alone(std::string_view text, Span match) {
  return !goes_on_before(text, match.begin) && !goes_on_after(text, match.end);
}

std::string in_case_of(std::string_view found, std::string_view term, std::string_view replacement) {
  const UnicodeString was = utf16(found), rule = utf16(term);
  UnicodeString out = utf16(replacement);
  if (has_lower(rule) && !has_lower(was) && count_upper(was) > 1)
    return utf8(out.toUpper(icu::Locale::getRoot()));
  const UChar32 first = was.char32At(0), of_rule = rule.char32At(0), to_raise = out.char32At(0);
  if (u_isupper(first) && u_islower(of_rule) && folded(first) == folded(of_rule))
    out.replace(0, U16_LENGTH(to_raise), UnicodeString(u_totitle(to_raise)));
  return utf8(out);
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return utf16(a).caseCompare(utf16(b), U_FOLD_CASE_DEFAULT) == 0;
}

bool may_begin_sentence(std::string_view text, size_t at) {
  UChar32 c = previous(text, at);
  for (; c != nothing && !u_isalnum(c); c = previous(text, at))
    if (c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2026 ||
        (c != '-' && u_charType(c) == U_DASH_PUNCTUATION))
      return true;
  return c == nothing;
}

size_t count_characters(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool is_blank(std::string_view text) {
  for (size_t at = 0; at < text.size();)
    if (!u_isUWhiteSpace(next(text, at))) return false;
  return true;
}

bool is_letter_or_digit_at(std::string_view text, size_t at) {
  return is_word_character(at_begin(text, at));
}
bool is_letter_or_digit_before(std::string_view text, size_t at) {
  return is_word_character(at_end(text, at));
}

}  // namespace house_rules
