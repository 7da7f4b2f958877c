#include "standing.hpp"

#include <algorithm>

namespace stet {

Comparison::Comparison(std::string_view b, std::string_view a) : before(b), after(a), alignment(align(b, a)) {
  for (const uint32_t i : alignment.by_before)
    if (alignment.segments[i].stands()) before_.add(alignment.segments[i].before);
  for (const Segment& segment : alignment.segments)
    if (segment.stands()) after_.add(segment.after);
}

void Comparison::Coverage::add(Range range) {
  if (range.begin == range.end) return;
  sums.push_back(ranges.empty() ? 0 : sums.back() + size(ranges.back()));
  ranges.push_back(range);
}

uint32_t Comparison::Coverage::up_to(uint32_t offset) const {
  const auto next = std::upper_bound(ranges.begin(), ranges.end(), offset,
                                     [](uint32_t at, const Range& r) { return at < r.begin; });
  if (next == ranges.begin()) return 0;
  const auto last = next - 1;
  return sums[size_t(last - ranges.begin())] + std::min(offset, last->end) - last->begin;
}

uint32_t Comparison::Coverage::within(Range range) const {
  return range.begin < range.end ? up_to(range.end) - up_to(range.begin) : 0;
}

Range intersection(Range a, Range b) {
  const Range shared{std::max(a.begin, b.begin), std::min(a.end, b.end)};
  return shared.begin < shared.end ? shared : Range{shared.begin, shared.begin};
}

}  // namespace stet
