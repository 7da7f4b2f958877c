// UTF-8: what is valid, and its characters one by one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stet {

// Offset of the first byte that does not belong to well-formed UTF-8 (Unicode table 3-7): overlong
// forms, surrogates, values over U+10FFFF, stray and missing continuation bytes. Of a sequence that
// goes wrong in its middle or is cut short, its first byte.
std::optional<size_t> first_not_utf8(std::string_view bytes);

// One character of valid UTF-8 and its size in bytes.
struct Character {
  char32_t value;
  uint32_t size;
};

// The character that begins at `at`, and the one that ends there. `text` is valid UTF-8, `at` on a
// character boundary and not at the text's end (or begin); else the result is {0, 1}.
Character character_at(std::string_view text, size_t at);
Character character_before(std::string_view text, size_t at);

size_t count_characters(std::string_view text);

bool is_white_space(char32_t character);  // Unicode property White_Space

// Unicode white space, and what shows nothing: U+200B, U+2060, U+FEFF.
bool is_blank(std::string_view text);

// Letters of ASCII in lower case; the rest as it is.
char ascii_lower(char c);
std::string ascii_lower(std::string_view text);

// Without the ASCII white space at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace stet
