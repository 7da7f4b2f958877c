// Indirect speech: "she said that the lamps were dark", "the lamps were dark, she said", "according to her,
// the lamps were dark". Only in sentences without a quotation, and only behind verbs that cannot but report:
// a sentence left out costs less than one put into somebody's mouth.
#pragma once

#include <vector>

#include "clauses.hpp"

namespace quote_attribution {

struct IndirectSpeech {
  Span range;  // what was said, without "that" and without the full stop
  Attribution attribution;
  uint32_t sentence;
};

std::vector<IndirectSpeech> read_indirect(const std::vector<Block>& blocks, const Outline& outline,
                                          const Grammar& grammar, const Clauses& clauses);

}  // namespace quote_attribution
