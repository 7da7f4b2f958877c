#include "marks.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace stet {

Pieces::Pieces(std::vector<Mark> marks) : marks_(std::move(marks)) {
  std::ranges::sort(marks_, {}, [](const Mark& m) {
    return std::tuple(m.range.begin, UINT32_MAX - m.range.end, m.layer, m.index);
  });
  for (const auto& m : marks_) boundaries_.insert(boundaries_.end(), {m.range.begin, m.range.end});
  std::ranges::sort(boundaries_);
  boundaries_.erase(std::unique(boundaries_.begin(), boundaries_.end()), boundaries_.end());
}

std::vector<Piece> Pieces::cut(Range range) {
  std::vector<Piece> pieces;
  while (next_boundary_ < boundaries_.size() && boundaries_[next_boundary_] <= range.begin) ++next_boundary_;
  for (uint32_t at = range.begin; at < range.end;) {
    uint32_t end = range.end;
    if (next_boundary_ < boundaries_.size() && boundaries_[next_boundary_] < range.end)
      end = boundaries_[next_boundary_++];
    enter(at);
    pieces.push_back({{at, end}, covering(at)});
    at = end;
  }
  return pieces;
}

void Pieces::enter(uint32_t at) {
  for (; next_mark_ < marks_.size() && marks_[next_mark_].range.begin <= at; ++next_mark_)
    open_[static_cast<size_t>(marks_[next_mark_].layer)].push_back(next_mark_);
}

// A mark that ended below one that has not is found when it comes to the top, so each mark is pushed
// and popped once whatever the overlaps.
std::array<uint32_t, layer_count> Pieces::covering(uint32_t at) {
  std::array<uint32_t, layer_count> found;
  for (size_t layer = 0; layer < layer_count; ++layer) {
    auto& stack = open_[layer];
    while (!stack.empty() && marks_[stack.back()].range.end <= at) stack.pop_back();
    found[layer] = stack.empty() ? no_mark : marks_[stack.back()].index;
  }
  return found;
}

}  // namespace stet
