// Words of a text: letters, combining marks and digits in a row.
#pragma once

#include <stet/plugin.hpp>

#include <string_view>

namespace text_integrity {

using stet::sdk::Range;

bool is_word_character(char32_t c);

// The word around `at`, which does not reach back before `from`.
Range word_around(std::string_view text, size_t from, size_t at);

// The next word that begins at `at` or behind it; empty at the end.
Range next_word(std::string_view text, size_t at);

// Whether what stands around `range` between white space is an address, a tag or an identifier: https://...,
// a@b, #tag, www.x, host.example, some_name. Looks at most 100 bytes far to both sides.
bool is_in_address(std::string_view text, Range range);

inline std::string_view slice(std::string_view text, Range range) {
  return text.substr(range.begin, range.end - range.begin);
}

}  // namespace text_integrity
