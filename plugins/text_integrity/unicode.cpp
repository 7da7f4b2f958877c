#include "unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <memory>
#include <stdexcept>
#include <unordered_map>

namespace text_integrity {

namespace {

UChar32 icu(char32_t c) {
  return static_cast<UChar32>(c);
}

void require(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU ") + what + ": " + u_errorName(status));
}

std::u16string utf16(std::string_view text) {
  std::u16string out(text.size(), u'\0');
  int32_t size = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8(out.data(), static_cast<int32_t>(out.size()), &size, text.data(),
                static_cast<int32_t>(text.size()), &status);
  require(status, "cannot read UTF-8");
  out.resize(static_cast<size_t>(size));
  return out;
}

std::string utf8(std::u16string_view text) {
  std::string out(text.size() * 3, '\0');
  int32_t size = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8(out.data(), static_cast<int32_t>(out.size()), &size, text.data(),
              static_cast<int32_t>(text.size()), &status);
  require(status, "cannot write UTF-8");
  out.resize(static_cast<size_t>(size));
  return out;
}

struct CloseChecker {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};
using Checker = std::unique_ptr<USpoofChecker, CloseChecker>;

Checker open_checker() {
  UErrorCode status = U_ZERO_ERROR;
  Checker checker(uspoof_open(&status));
  require(status, "has no table of confusables");
  return checker;
}

// Two texts that look the same have the same skeleton.
std::u16string skeleton(const USpoofChecker* checker, char32_t c) {
  std::array<UChar, 2> text{};
  int32_t size = 0;
  U16_APPEND_UNSAFE(text.data(), size, icu(c));
  std::u16string out(32, u'\0');
  UErrorCode status = U_ZERO_ERROR;
  const int32_t length = uspoof_getSkeleton(checker, 0, text.data(), size, out.data(),
                                            static_cast<int32_t>(out.size()), &status);
  require(status, "cannot compare look-alikes");
  out.resize(static_cast<size_t>(length));
  return out;
}

// Letter and accents apart; empty if it has none.
std::u16string decomposition(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* decomposer = unorm2_getNFDInstance(&status);
  require(status, "cannot normalise");
  std::u16string out(32, u'\0');
  const int32_t size =
      unorm2_getDecomposition(decomposer, icu(c), out.data(), static_cast<int32_t>(out.size()), &status);
  require(status, "cannot normalise");
  out.resize(static_cast<size_t>(std::max(size, 0)));
  return out;
}

// Scripts with case: Greek, Cyrillic, Armenian, Georgian, Cherokee, Coptic and their extensions.
struct Stretch {
  char32_t first, last;
};
constexpr std::array<Stretch, 7> other_scripts{{{0x370, 0x58F},
                                                {0x10A0, 0x10FF},
                                                {0x13A0, 0x13FD},
                                                {0x1C80, 0x1C88},
                                                {0x2C80, 0x2CF3},
                                                {0xA640, 0xA69F},
                                                {0xAB70, 0xABBF}}};

// Unicode's table is generous: readers tell these from r, i and e.
bool looks_different(char32_t c) {
  constexpr char32_t ghe = 0x433, small_palochka = 0x4CF, abkhasian_che = 0x4BD;
  return c == ghe || c == small_palochka || c == abkhasian_che;
}

bool is_everyday(char32_t c) {
  return (c >= 0x391 && c <= 0x3C9) || (c >= 0x410 && c <= 0x44F) || c == 0x406 || c == 0x456;
}

bool is_symbol_of_science(char32_t c) {
  constexpr char32_t omicron = 0x3BF;
  return script_of(c) == greek && is_lower(c) && c != omicron;
}

}  // namespace

const Script latin{USCRIPT_LATIN}, greek{USCRIPT_GREEK}, cyrillic{USCRIPT_CYRILLIC};

Script script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return Script{uscript_getScript(icu(c), &status)};
}

bool has_script(char32_t c) {
  const auto script = static_cast<UScriptCode>(script_of(c));
  return script != USCRIPT_COMMON && script != USCRIPT_INHERITED && script != USCRIPT_UNKNOWN;
}

std::string script_name(Script script) {
  return uscript_getName(static_cast<UScriptCode>(script));
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  return u_isalpha(icu(c));
}

bool is_mark(char32_t c) {
  return c >= 0x300 && (U_GET_GC_MASK(icu(c)) & U_GC_M_MASK) != 0;
}

bool is_digit(char32_t c) {
  return c < 0x80 ? c >= '0' && c <= '9' : u_isdigit(icu(c));
}

bool is_upper(char32_t c) {
  return u_isupper(icu(c));
}

bool is_lower(char32_t c) {
  return u_islower(icu(c));
}

bool is_space(char32_t c) {
  return c == 0 || u_isUWhiteSpace(icu(c));
}

bool is_right_to_left(char32_t c) {
  if (c < 0x590) return false;
  const auto direction = u_charDirection(icu(c));
  return (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) && u_isalpha(icu(c));
}

bool is_private(char32_t c) {
  return c >= 0xE000 && u_charType(icu(c)) == U_PRIVATE_USE_CHAR;
}

bool is_pictograph(char32_t c) {
  return c >= 0x80 && u_hasBinaryProperty(icu(c), UCHAR_EXTENDED_PICTOGRAPHIC);
}

// Latin, Greek and Cyrillic letters have no variants; digits, # and * have (keycaps), many symbols, and most
// of what is written in Asia.
bool takes_variation(char32_t c) {
  if (is_space(c)) return false;
  if (is_pictograph(c)) return true;
  const Script script = script_of(c);
  return script != latin && script != greek && script != cyrillic;
}

bool composes_with_before(char32_t c) {
  return c >= 0x300 && u_getIntPropertyValue(icu(c), UCHAR_NFC_QUICK_CHECK) == UNORM_MAYBE;
}

bool is_composed(char32_t c) {
  return c >= 0xC0 && u_getIntPropertyValue(icu(c), UCHAR_NFD_QUICK_CHECK) == UNORM_NO &&
         u_getIntPropertyValue(icu(c), UCHAR_NFC_QUICK_CHECK) == UNORM_YES;
}

std::string nfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* composer = unorm2_getNFCInstance(&status);
  require(status, "cannot normalise");
  const std::u16string in = utf16(text);
  std::u16string out(in.size() * 3, u'\0');
  const int32_t size = unorm2_normalize(composer, in.data(), static_cast<int32_t>(in.size()), out.data(),
                                        static_cast<int32_t>(out.size()), &status);
  require(status, "cannot normalise");
  return utf8(std::u16string_view(out).substr(0, static_cast<size_t>(size)));
}

std::string code_point(char32_t c) {
  std::array<char, 128> name{};
  UErrorCode status = U_ZERO_ERROR;
  u_charName(icu(c), U_EXTENDED_CHAR_NAME, name.data(), static_cast<int32_t>(name.size()), &status);
  std::array<char, 160> out{};
  // Names of what has none come as "<control-0007>": the number is said already.
  const bool named = U_SUCCESS(status) && name[0] != '<';
  std::snprintf(out.data(), out.size(), "U+%04X%s%s", static_cast<unsigned>(c), named ? " " : "",
                named ? name.data() : "");
  return out.data();
}

class LookAlikes::Table {
 public:
  Table();
  std::string_view latin_for(char32_t letter) const;
  char32_t letter_for(char latin, Script script) const;

 private:
  void add(char32_t letter, std::string_view latin_letters);
  void add_accented(char32_t letter);

  std::unordered_map<char32_t, std::string> latin_;
  std::array<char32_t, 128> greek_{}, cyrillic_{};
};

LookAlikes::Table::Table() {
  const Checker checker = open_checker();
  std::map<std::u16string, std::string> letters;  // by skeleton; l and I share theirs
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    letters[skeleton(checker.get(), static_cast<unsigned char>(c))] += c;
  const auto each = [](const auto& take) {
    for (const Stretch& stretch : other_scripts)
      for (char32_t c = stretch.first; c <= stretch.last; ++c)
        if (has_script(c) && is_letter(c) && !is_symbol_of_science(c) && !looks_different(c)) take(c);
  };
  each([&](char32_t c) {
    const auto found = letters.find(skeleton(checker.get(), c));
    if (found != letters.end()) add(c, found->second);
  });
  each([&](char32_t c) { add_accented(c); });
}

void LookAlikes::Table::add(char32_t letter, std::string_view latin_letters) {
  for (const char latin : latin_letters) {
    const auto code = static_cast<unsigned char>(latin);
    if (is_upper(letter) != is_upper(code) || is_lower(letter) != is_lower(code)) continue;
    latin_.emplace(letter, std::string(1, latin));
    auto& table = script_of(letter) == greek ? greek_ : cyrillic_;
    if (is_everyday(letter) && table[code] == 0) table[code] = letter;
  }
}

void LookAlikes::Table::add_accented(char32_t letter) {
  const std::u16string parts = decomposition(letter);
  if (parts.size() < 2) return;
  const auto base = latin_.find(parts.front());
  if (base != latin_.end())
    latin_.emplace(letter, nfc(base->second + utf8(std::u16string_view(parts).substr(1))));
}

std::string_view LookAlikes::Table::latin_for(char32_t letter) const {
  const auto found = latin_.find(letter);
  return found == latin_.end() ? std::string_view() : found->second;
}

char32_t LookAlikes::Table::letter_for(char latin, Script script) const {
  const auto code = static_cast<unsigned char>(latin);
  if (code >= 128) return 0;
  return script == greek ? greek_[code] : cyrillic_[code];
}

const LookAlikes::Table& LookAlikes::table() const {
  if (!table_) table_ = std::make_shared<const Table>();
  return *table_;
}

std::string_view LookAlikes::latin_for(char32_t letter) const {
  return table().latin_for(letter);
}

char32_t LookAlikes::letter_for(char latin, Script script) const {
  return script == greek || script == cyrillic ? table().letter_for(latin, script) : 0;
}

}  // namespace text_integrity
