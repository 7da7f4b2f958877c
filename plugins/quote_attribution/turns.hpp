// Turns of an interview that stand without quotation marks: `Q: ...` and `A: ...`, or `Jane Doe: ...`. Only
// where the labels leave no doubt that they are turns, and who speaks; everything else is left alone.
#pragma once

#include <vector>

#include "people.hpp"

namespace quote_attribution {

struct Turn {
  Span range;  // without the label, to the end of its paragraph
  Phrase label;
  uint32_t person;
  uint32_t sentence;  // its first
};

std::vector<Turn> read_turns(const std::vector<Block>& blocks, const Outline& outline, const Grammar& grammar,
                             const People& people);

}  // namespace quote_attribution
