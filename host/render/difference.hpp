// Two wordings shown as one line: what they share around the place, what went, what came.
#pragma once

#include <string>
#include <string_view>

namespace stet {

struct Difference {
  std::string lead, removed, added, tail;  // visible(); clipped, with an ellipsis where text was cut
};

// Compares whole words. `lead` and `tail` have at most 40 terminal columns each, `removed` and `added`
// at most 160.
Difference difference(std::string_view before, std::string_view after);

}  // namespace stet
