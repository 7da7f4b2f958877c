// Double marks of one block paired with a stack. What stays open, or closes nothing, is left to the
// caller, who can see the neighbouring blocks.
#pragma once

#include <vector>

#include "block_marks.hpp"
#include "marks.hpp"

namespace quote_attribution {

// Whether the whole document writes »so« and ”so”.
struct Habits {
  bool guillemets_point_inward = false;
  bool closing_glyph_opens = false;
};

struct Pair {
  Span open, close;
};

struct Pairing {
  std::vector<Pair> pairs;          // in the order of their closing marks
  std::vector<Mark> left_open;      // in text order
  std::vector<Mark> unopened;       // in text order
  std::vector<MarkDefect> defects;  // directions and spaces
};

// Fills `result`, whose storage is reused from block to block.
void pair_doubles(const std::vector<Mark>& doubles, Habits habits, Pairing& result);

// An opening mark glued to the word before it.
bool lacks_space(const Mark& opening);

}  // namespace quote_attribution
