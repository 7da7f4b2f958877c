// Quotation marks found and paired. Understood: “ ”  " "  '' ''  `` ''  « »  » «  „ “  „ ”  ” ” and the
// single marks ‘ ’ and ' ' where they cannot be apostrophes.
//
// A quotation that runs over several paragraphs, opened again in each and closed once, is one quotation.
// Single marks are never called unbalanced: the same glyphs are apostrophes.
#pragma once

#include <string_view>
#include <vector>

#include "text.hpp"

namespace quote_attribution {

struct Block {
  Span range;
  uint32_t kind;    // STET_TITLE ...
  uint32_t quoted;  // which block quote it stands in; 0: none
};

struct Quote {
  Span range;      // with the marks; of all its paragraphs
  Span inner;      // between the first and the last mark
  uint32_t block;  // index of its first block
  uint32_t last_block;
  bool single;      // single marks
  Span first_part;  // `range` as far as the first block goes
};

enum class Defect { unclosed, unopened, wrong_opener, wrong_closer, missing_space };

struct MarkDefect {
  Defect defect;
  Span mark;
};

struct Marks {
  std::vector<Quote> quotes;  // outermost ones in text order
  std::vector<MarkDefect> defects;
};

Marks read_marks(std::string_view text, const std::vector<Block>& blocks);

}  // namespace quote_attribution
