// The marks of one block: where they stand and what each can be by its neighbours alone.
#pragma once

#include <string_view>
#include <vector>

#include "text.hpp"

namespace quote_attribution {

struct Mark {
  Span range;     // two bytes or more for '' and ``
  char32_t code;  // '' is U+2033 here, `` is U+201C
  char32_t before, after;
  bool looks_open;       // separated on the left, attached on the right
  bool looks_close;      // attached on the left, separated on the right
  bool measures_inches;  // behind feet: 6'2"
};

// In text order; double marks and single marks apart.
struct BlockMarks {
  std::vector<Mark> doubles, singles;
};

// Fills `marks`, whose storage is reused from block to block.
void scan_marks(std::string_view text, Span block, BlockMarks& marks);

}  // namespace quote_attribution
