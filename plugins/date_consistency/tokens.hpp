// A stretch of text as words, numbers and marks. Bytes of a character beyond ASCII belong to a
// word, but for the quotation marks, dashes and spaces of U+2000..206F and the no-break space.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "lexicon.hpp"

struct Token {
  enum Kind : uint8_t { word, number, mark };
  enum Flag : uint8_t {
    spaced = 1,      // white space stands before it
    capital = 2,     // word: begins with A..Z
    grouped = 4,     // number: with thousands separators, "1,500"
    decimal = 8,     // number: with a fraction or several dots, "2.5", "10.4.1"
    ordinal = 16,    // number: "7th"
    decade = 32,     // number: "1990s"
    glued = 64,      // number: money, a percentage, or part of a name such as "F16"
    paragraph = 128  // a new paragraph begins here
  };

  uint32_t begin, end;
  Kind kind;
  uint8_t flags;
  uint8_t digits;  // number: how many digits
  char sign;       // mark: its ASCII form ('-' for any dash, '*' for a run or one without such a form)
  bool past_form;  // word: ends in "ed"
  const Word* meaning;
  int32_t value;      // number: its whole part, -1 if too large
  uint16_t fraction;  // number: hundredths

  bool has(Flag f) const { return flags & f; }
};

// Appends to `out` the tokens of text[begin, end). `line_is_paragraph`: a line break ends a
// paragraph; otherwise only an empty line does.
void tokenise(std::string_view text, uint32_t begin, uint32_t end, bool line_is_paragraph,
              std::vector<Token>& out);
