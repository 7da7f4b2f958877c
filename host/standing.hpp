// Two texts, their alignment, and how much of a range still stands on the other side.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "align.hpp"

namespace stet {

class Comparison {
 public:
  Comparison(std::string_view before, std::string_view after);

  const std::string_view before, after;
  const Alignment alignment;

  // Bytes of a range of either text that stand in the other one too.
  uint32_t standing_before(Range range) const { return before_.within(range); }
  uint32_t standing_after(Range range) const { return after_.within(range); }

 private:
  // Disjoint ranges of one text and how many bytes lie before each.
  struct Coverage {
    std::vector<Range> ranges;
    std::vector<uint32_t> sums;
    void add(Range range);
    uint32_t within(Range range) const;
    uint32_t up_to(uint32_t offset) const;
  };
  Coverage before_, after_;
};

// The part that two ranges share; empty when they share none.
Range intersection(Range a, Range b);
inline uint32_t size(Range r) {
  return r.end - r.begin;
}
inline bool holds(Range outer, Range inner) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

}  // namespace stet
