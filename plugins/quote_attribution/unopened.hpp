// What a closing mark that nothing opened may close: from the beginning of its sentence. Unless that is
// certain, it is a guess, and a fact of its own kind, which revisions are not compared by.
#pragma once

#include <vector>

#include "clauses.hpp"
#include "people.hpp"

namespace quote_attribution {

struct UnopenedQuote {
  Span range;
  Attribution attribution;
  uint32_t sentence;
  bool certain;  // it can begin nowhere else
};

std::vector<UnopenedQuote> read_unopened(const Marks& marks, const Outline& outline, const Grammar& grammar,
                                         const Clauses& clauses);

}  // namespace quote_attribution
