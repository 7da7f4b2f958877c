// Block quotes that need no marks: their speaker is named by the sentence that leads them in with a colon, or
// by a line "- Jane Doe" at their end. A block quote without either may be a pull quote or a note: no fact.
#pragma once

#include <vector>

#include "clauses.hpp"

namespace quote_attribution {

struct BlockQuote {
  Span range;  // without the line that names the speaker
  Attribution attribution;
  uint32_t sentence;  // its first
};

std::vector<BlockQuote> read_block_quotes(const std::vector<Block>& blocks, const std::vector<Quote>& quotes,
                                          const Outline& outline, const Clauses& clauses);

}  // namespace quote_attribution
