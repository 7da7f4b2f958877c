// What Unicode says of characters. ICU lives behind this file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace text_integrity {

enum class Script : int32_t {};  // ICU's UScriptCode

extern const Script latin, greek, cyrillic;

Script script_of(char32_t c);
bool has_script(char32_t c);  // not of a script "common" or "inherited", as digits and most marks are
std::string script_name(Script script);  // "Cyrillic"

bool is_letter(char32_t c);
bool is_mark(char32_t c);  // combining
bool is_digit(char32_t c);
bool is_upper(char32_t c);
bool is_lower(char32_t c);
bool is_space(char32_t c);          // white space, and U+0000: the end of the text separates as a space does
bool is_right_to_left(char32_t c);  // a letter written from right to left
bool is_private(char32_t c);
bool is_pictograph(char32_t c);         // an emoji, or a symbol that can be shown as one
bool takes_variation(char32_t c);       // may stand before U+FE00 to U+FE0F or U+E0100 to U+E01EF
bool composes_with_before(char32_t c);  // NFC may merge it with the character before it
bool is_composed(char32_t c);           // NFC keeps it, though it could be written as a letter and marks

std::string nfc(std::string_view text);

std::string code_point(char32_t c);  // "U+0430 CYRILLIC SMALL LETTER A"

// Letters of other scripts that look like an ASCII letter, by Unicode's table of confusables (UTS 39). Only
// letters of the same case: a capital is never taken for a small letter, and scripts without case have no
// look-alikes here. Of Greek only the capitals and omicron: the other small letters are symbols of science
// (TNFα, hν), and readers see them.
class LookAlikes {
 public:
  // Both throw std::runtime_error when ICU has no such table. It is read when it is asked first: that takes
  // longer than all the checks of a text without such letters.
  // As UTF-8: "a" for Cyrillic а, "ë" for Cyrillic ё. Empty if there is none.
  std::string_view latin_for(char32_t letter) const;
  // A letter of everyday Greek or Cyrillic that looks like ASCII letter `latin`; 0 if there is none.
  char32_t letter_for(char latin, Script script) const;

 private:
  class Table;
  const Table& table() const;
  mutable std::shared_ptr<const Table> table_;
};

}  // namespace text_integrity
