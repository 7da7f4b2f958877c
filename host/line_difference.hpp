// What two lists of lines do not share, in order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stet {

struct LineDifference {
  bool found;      // in the second list only; else in the first list only
  uint32_t index;  // in the list that has it
  bool operator==(const LineDifference&) const = default;
};

// The lines to take from `expected` and to add to it that make it `found`, as few as possible. Where both
// differ at one place, those to take come first.
std::vector<LineDifference> line_difference(const std::vector<std::string>& expected,
                                            const std::vector<std::string>& found);

}  // namespace stet
