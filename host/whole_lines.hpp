// The lines of two texts, and which of them need not be taken apart into words. A part of align.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "segments.hpp"
#include "words.hpp"

namespace stet {

struct NumberedLine {
  Range range;          // without the line feed; never empty
  uint32_t number = 0;  // alike for lines that are equal byte for byte, counting from 0
};

struct LinePair {
  std::vector<NumberedLine> before, after;
  // By number: whether the line is one word to the aligner. It then stands once in either text, begins and
  // ends with a word, and is equal after fold() to no other line than itself.
  std::vector<bool> whole;
};

// The lines of what differs. `words` numbers what they begin with.
LinePair lines_of(const AlignedPair& pair, Numbering& words);

// A whole line is one word; its number is no other word's.
inline constexpr uint32_t first_whole_line = 1u << 31;
inline bool is_whole_line(uint32_t number) {
  return number >= first_whole_line;
}

// Sets the words of both sides and their numbers, none of which has a partner.
void number_words(AlignedPair& pair, const LinePair& lines, Numbering& words);

}  // namespace stet
