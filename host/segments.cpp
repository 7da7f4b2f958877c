#include "segments.hpp"

#include <algorithm>
#include <numeric>

namespace stet {
namespace {

using Kind = Segment::Kind;

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

class Writer {
 public:
  explicit Writer(const AlignedPair& pair) : before_(pair.before), after_(pair.after) {}

  Alignment write() {
    standing(Kind::same, {0, before_.begin}, {0, after_.begin});
    for (uint32_t b = 0, a = 0;; ++b, ++a) {
      const uint32_t b_end = before_.next_anchor(b), a_end = after_.next_anchor(a);
      between_anchors(b, b_end, a, a_end);
      if (b_end == before_.words.size()) break;
      standing(Kind::same, before_.words[b_end].range, after_.words[a_end].range);
      b = b_end;
      a = a_end;
    }
    standing(Kind::same, {before_.end, uint32_t(before_.text.size())},
             {after_.end, uint32_t(after_.text.size())});
    return sorted();
  }

 private:
  // A stretch that is on both sides: as `kind` when it is equal to the byte, else as typography.
  void standing(Kind kind, Range before, Range after) {
    if (before.begin == before.end && after.begin == after.end) return;
    if (before_.view(before) != after_.view(after)) {
      segments_.push_back({Kind::typography, before, after});
    } else if (!segments_.empty() && segments_.back().kind == kind &&
               segments_.back().before.end == before.begin && segments_.back().after.end == after.begin) {
      segments_.back().before.end = before.end;
      segments_.back().after.end = after.end;
    } else {
      segments_.push_back({kind, before, after});
    }
    after_end_ = after.end;
    if (kind != Kind::moved) before_end_ = before.end;
  }

  // A stretch that came in the place of another, less the white space that stayed.
  void replaced(Range before, Range after) {
    const auto b = before_.view(before), a = after_.view(after);
    const auto most = uint32_t(std::min(b.size(), a.size()));
    uint32_t front = 0, back = 0;
    while (front < most && is_blank(b[front]) && b[front] == a[front]) ++front;
    while (front + back < most && is_blank(b[b.size() - 1 - back]) &&
           b[b.size() - 1 - back] == a[a.size() - 1 - back])
      ++back;
    standing(Kind::same, {before.begin, before.begin + front}, {after.begin, after.begin + front});
    changed({before.begin + front, before.end - back}, {after.begin + front, after.end - back});
    standing(Kind::same, {before.end - back, before.end}, {after.end - back, after.end});
  }

  void changed(Range before, Range after) {
    const bool gone = before.begin < before.end, came = after.begin < after.end;
    if (gone || came)
      segments_.push_back({gone && came ? Kind::replaced
                           : gone       ? Kind::removed
                                        : Kind::added,
                           before, after});
    before_end_ = before.end;
    after_end_ = after.end;
  }

  // Runs of words without a partner, each with the gap after it.
  static std::vector<Range> loose(const AlignedText& side, uint32_t first, uint32_t last) {
    std::vector<Range> runs;
    for (uint32_t i = first; i < last; ++i) {
      if (!side.is_loose(i)) continue;
      if (i == first || !side.is_loose(i - 1)) runs.push_back({side.words[i].range.begin, 0});
      runs.back().end = side.gap(i + 1).end;
    }
    return runs;
  }

  // All from the end of one anchor, or of the text before, to the beginning of the next. Stretches that
  // went and stretches that came are paired from the back; those that went alone come first.
  void between_anchors(uint32_t b, uint32_t b_end, uint32_t a, uint32_t a_end) {
    auto gone = loose(before_, b, b_end), came = loose(after_, a, a_end);
    const Range b_gap = before_.gap(b), a_gap = after_.gap(a);
    const bool b_joins = b < b_end && before_.is_loose(b), a_joins = a < a_end && after_.is_loose(a);
    if (before_.view(b_gap) != after_.view(a_gap) && (b_joins || b_gap.begin == b_gap.end) &&
        (a_joins || a_gap.begin == a_gap.end)) {
      if (b_joins) gone.front().begin = b_gap.begin;
      if (a_joins) came.front().begin = a_gap.begin;
    } else {
      standing(Kind::same, b_gap, a_gap);
    }
    const size_t alone = gone.size() - std::min(gone.size(), came.size());
    for (size_t i = 0; i < alone; ++i) changed(gone[i], {after_end_, after_end_});
    gone.erase(gone.begin(), gone.begin() + long(alone));
    newer_words(a, a_end, gone, came);
  }

  void newer_words(uint32_t a, uint32_t a_end, const std::vector<Range>& gone,
                   const std::vector<Range>& came) {
    size_t next = 0;
    for (; a < a_end; ++a) {
      if (!after_.is_loose(a)) {
        moved(after_.partner[a], a);
      } else if (next < came.size() && came[next].begin <= after_.words[a].range.begin) {
        replaced(next < gone.size() ? gone[next] : Range{before_end_, before_end_}, came[next]);
        ++next;
      }
    }
  }

  void moved(uint32_t b, uint32_t a) {
    standing(Kind::moved, before_.words[b].range, after_.words[a].range);
    standing(Kind::moved, before_.gap(b + 1), after_.gap(a + 1));
  }

  Alignment sorted() {
    Alignment alignment{std::move(segments_), {}};
    alignment.by_before.resize(alignment.segments.size());
    std::iota(alignment.by_before.begin(), alignment.by_before.end(), 0u);
    std::stable_sort(alignment.by_before.begin(), alignment.by_before.end(), [&](uint32_t x, uint32_t y) {
      return alignment.segments[x].before < alignment.segments[y].before;
    });
    return alignment;
  }

  const AlignedText& before_;
  const AlignedText& after_;
  std::vector<Segment> segments_;
  uint32_t before_end_ = 0, after_end_ = 0;
};

}  // namespace

Alignment segments_of(const AlignedPair& pair) {
  return Writer(pair).write();
}

}  // namespace stet
