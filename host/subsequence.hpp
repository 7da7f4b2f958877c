// What two sequences of numbers have in common, in order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace stet {

// before[before .. before + size) equals after[after .. after + size).
struct CommonRun {
  uint32_t before, after, size;
  bool operator==(const CommonRun&) const = default;
};

// The longest common subsequence as runs in ascending order, found in linear space and in time that
// grows with (elements x differing elements). Where more than about 500 elements differ in one stretch a
// common subsequence is given that need not be the longest, and time grows with the elements alone.
std::vector<CommonRun> common_runs(std::span<const uint32_t> before, std::span<const uint32_t> after);

}  // namespace stet
