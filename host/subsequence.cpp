// Myers, "An O(ND) difference algorithm and its variations" (1986), section 4b, with two additions that
// keep hostile input cheap: elements that the other side has not at all are set aside first, and a search
// that has cost too much is cut where it got furthest.
//
// libgit2's diff on one word a line does much the same in about the same time (tests/bench/align_bench.cpp
// times both). It was not taken because it wants text, so that words would be joined to lines and hashed once
// more, cannot be given words that are equal though their bytes differ, and because ledger.cpp would no
// longer be the only place that knows libgit2.
#include "subsequence.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace stet {
namespace {

using Index = int32_t;

constexpr Index most_steps = 256;  // per direction, before a search is cut short
constexpr Index unreached_forward = std::numeric_limits<Index>::min() / 2;
constexpr Index unreached_backward = std::numeric_limits<Index>::max() / 2;

struct Point {
  Index x, y;
};

// Part of the grid: x counts the older sequence, y the newer one.
struct Box {
  Point from, to;
};

// Furthest points reached on each diagonal x - y, growing from one corner of a box to the other.
class Frontier {
 public:
  explicit Frontier(Index before, Index after) : offset_(after + 2), reached_(size_t(before + after + 5)) {}

  void start(Index diagonal, Index x, Index unreached) {
    low_ = high_ = diagonal;
    unreached_ = unreached;
    at(diagonal - 1) = at(diagonal + 1) = unreached;
    at(diagonal) = x;
  }
  // One more diagonal on either side; at the edge of the box every second one is left out.
  void widen(Index lowest, Index highest) {
    if (low_ > lowest)
      at(--low_ - 1) = unreached_;
    else
      ++low_;
    if (high_ < highest)
      at(++high_ + 1) = unreached_;
    else
      --high_;
  }
  Index& at(Index diagonal) { return reached_[size_t(diagonal + offset_)]; }
  bool holds(Index diagonal) const { return diagonal >= low_ && diagonal <= high_; }
  Index low() const { return low_; }
  Index high() const { return high_; }

 private:
  Index offset_, low_ = 0, high_ = 0, unreached_ = 0;
  std::vector<Index> reached_;
};

class Search {
 public:
  Search(std::span<const uint32_t> before, std::span<const uint32_t> after)
      : before_(before),
        after_(after),
        forward_(Index(before.size()), Index(after.size())),
        backward_(Index(before.size()), Index(after.size())) {}

  std::vector<CommonRun> runs() {
    // Depth first with a stack of its own: a cut search splits very unevenly.
    std::vector<Box> open{{{0, 0}, {Index(before_.size()), Index(after_.size())}}};
    while (!open.empty()) {
      const Box box = open.back();
      open.pop_back();
      visit(box, open);
    }
    return std::move(runs_);
  }

 private:
  bool equal(Index x, Index y) const { return before_[size_t(x)] == after_[size_t(y)]; }

  // A box that is one diagonal is a run; any other is taken apart into boxes that come after it.
  void visit(Box box, std::vector<Box>& open) {
    Point& from = box.from;
    Point& to = box.to;
    const Point start = from;
    while (from.x < to.x && from.y < to.y && equal(from.x, from.y)) ++from.x, ++from.y;
    add({uint32_t(start.x), uint32_t(start.y), uint32_t(from.x - start.x)});
    const Point end = to;
    while (from.x < to.x && from.y < to.y && equal(to.x - 1, to.y - 1)) --to.x, --to.y;
    if (end.x > to.x) open.push_back({to, end});
    if (from.x == to.x || from.y == to.y) return;
    const Point middle = split(box);
    open.push_back({middle, to});
    open.push_back({from, middle});
  }

  void add(CommonRun run) {
    if (run.size == 0) return;
    if (!runs_.empty()) {
      CommonRun& last = runs_.back();
      if (last.before + last.size == run.before && last.after + last.size == run.after) {
        last.size += run.size;
        return;
      }
    }
    runs_.push_back(run);
  }

  // A point on a shortest path through a box that has neither common prefix nor suffix.
  Point split(const Box& box) {
    const Index first = box.from.x - box.from.y, last = box.to.x - box.to.y;
    const Index lowest = box.from.x - box.to.y, highest = box.to.x - box.from.y;
    const bool odd = (first - last) & 1;
    forward_.start(first, box.from.x, unreached_forward);
    backward_.start(last, box.to.x, unreached_backward);
    for (Index step = 1; step <= most_steps; ++step) {
      forward_.widen(lowest, highest);
      if (const auto met = advance(box, odd)) return *met;
      backward_.widen(lowest, highest);
      if (const auto met = retreat(box, !odd)) return *met;
    }
    return furthest(box);
  }

  std::optional<Point> advance(const Box& box, bool may_meet) {
    for (Index k = forward_.high(); k >= forward_.low(); k -= 2) {
      const Index right = forward_.at(k - 1) < box.to.x ? forward_.at(k - 1) + 1 : unreached_forward;
      const Index down = forward_.at(k + 1) - k <= box.to.y ? forward_.at(k + 1) : unreached_forward;
      Index x = std::max(right, down);
      while (x >= box.from.x && x < box.to.x && x - k < box.to.y && equal(x, x - k)) ++x;
      forward_.at(k) = x < box.from.x ? unreached_forward : x;
      if (may_meet && x >= box.from.x && backward_.holds(k) && backward_.at(k) <= x) return Point{x, x - k};
    }
    return std::nullopt;
  }

  std::optional<Point> retreat(const Box& box, bool may_meet) {
    for (Index k = backward_.high(); k >= backward_.low(); k -= 2) {
      const Index left = backward_.at(k + 1) > box.from.x ? backward_.at(k + 1) - 1 : unreached_backward;
      const Index up = backward_.at(k - 1) - k >= box.from.y ? backward_.at(k - 1) : unreached_backward;
      Index x = std::min(left, up);
      while (x <= box.to.x && x > box.from.x && x - k > box.from.y && equal(x - 1, x - k - 1)) --x;
      backward_.at(k) = x > box.to.x ? unreached_backward : x;
      if (may_meet && x <= box.to.x && forward_.holds(k) && forward_.at(k) >= x) return Point{x, x - k};
    }
    return std::nullopt;
  }

  // Of all points reached from either corner, the one that covers most ground.
  Point furthest(const Box& box) {
    Point best = box.from;
    Index most = 0;
    const auto offer = [&](Point p, Index covered) {
      if (covered > most) most = covered, best = p;
    };
    for (Index k = forward_.low(); k <= forward_.high(); k += 2)
      if (const Index x = forward_.at(k); x >= box.from.x)
        offer({x, x - k}, x - box.from.x + x - k - box.from.y);
    for (Index k = backward_.low(); k <= backward_.high(); k += 2)
      if (const Index x = backward_.at(k); x <= box.to.x) offer({x, x - k}, box.to.x - x + box.to.y - x + k);
    return best;
  }

  std::span<const uint32_t> before_, after_;
  Frontier forward_, backward_;
  std::vector<CommonRun> runs_;
};

// The elements of one side that the other side has too, and where they stood.
struct Shared {
  std::vector<uint32_t> elements, places;
  Shared(std::span<const uint32_t> own, std::vector<uint32_t> other) {
    std::sort(other.begin(), other.end());
    for (uint32_t i = 0; i < own.size(); ++i) {
      if (!std::binary_search(other.begin(), other.end(), own[i])) continue;
      elements.push_back(own[i]);
      places.push_back(i);
    }
  }
};

// Runs over what was shared, as runs over the whole.
std::vector<CommonRun> spread(const std::vector<CommonRun>& runs, const Shared& before, const Shared& after) {
  std::vector<CommonRun> whole;
  for (const CommonRun& run : runs)
    for (uint32_t i = 0; i < run.size; ++i) {
      const uint32_t b = before.places[run.before + i], a = after.places[run.after + i];
      if (!whole.empty() && whole.back().before + whole.back().size == b &&
          whole.back().after + whole.back().size == a)
        ++whole.back().size;
      else
        whole.push_back({b, a, 1});
    }
  return whole;
}

}  // namespace

std::vector<CommonRun> common_runs(std::span<const uint32_t> before, std::span<const uint32_t> after) {
  if (before.empty() || after.empty()) return {};
  const Shared older(before, {after.begin(), after.end()});
  const Shared newer(after, {before.begin(), before.end()});
  return spread(Search(older.elements, newer.elements).runs(), older, newer);
}

}  // namespace stet
