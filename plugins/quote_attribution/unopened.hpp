// What a closing mark that nothing opened may close: from the beginning of its sentence. Where such a
// quotation begins is a guess, so that it is a fact of its own kind, which revisions are not compared by.
#pragma once

#include <vector>

#include "clauses.hpp"
#include "people.hpp"

namespace quote_attribution {

struct UnopenedQuote {
  Span range;
  Attribution attribution;
  uint32_t sentence;
};

std::vector<UnopenedQuote> read_unopened(const Marks& marks, const Outline& outline, const Grammar& grammar,
                                         const Clauses& clauses);

}  // namespace quote_attribution
