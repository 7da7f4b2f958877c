// Text of unknown origin made safe to look at: what would be invisible, or would move other text
// about, is shown as its code point, such as <U+202E>. ICU lives here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "../finding.hpp"

namespace stet {

// One character as it is shown, and the terminal columns that it takes (0 for a combining mark).
struct Glyph {
  std::string shown;
  unsigned columns;
};

// Reads the character at `at` and moves behind it, or the one before `at` and moves to it. A byte that
// is not UTF-8 is one character, shown as U+FFFD. White space of any kind is shown as a space.
Glyph next_glyph(std::string_view text, size_t& at);
Glyph previous_glyph(std::string_view text, size_t& at);

// One line: control characters, directional controls and invisible formatting characters by their code
// points, white space as spaces. Joiners that scripts need are kept.
std::string visible(std::string_view text);

// The same of several lines: newlines and tabs stay.
std::string visible_lines(std::string_view text);

// The first character of `text` that visible() would not show as itself, or that breaks a line; white space
// within a line may be of any kind.
std::optional<char32_t> hidden_character(std::string_view text);

// visible(), cut to at most `columns` terminal columns, the last of them an ellipsis when it was cut.
std::string clipped(std::string_view text, unsigned columns);

// Terminal columns of visible(text).
size_t columns(std::string_view text);

// For running text in a page: only what a page must not hold, or what would reorder the text around
// it, is to be shown as code point; soft hyphens, joiners and directional marks are the author's.
bool unfit_for_page(char32_t character);
char32_t next_character(std::string_view text, size_t& at);  // U+FFFD for a byte that is not UTF-8
std::string code_point(char32_t character);                  // "U+202E"

// `range` cut to `text` and moved outwards to whole characters.
Range within(std::string_view text, Range range);

}  // namespace stet
