// From coarse to fine: whole paragraphs that are equal, then whole sentences between those, then the
// words between those. Most lines of a revision stand where they stood: those are one word each, of which the
// others see as much as of the line's last word. What is left of a paragraph or sentence and left on the
// other side too has moved. Aligned so, two texts that share little do not get their "the" and "of" tied
// together across sentences.
#include "align.hpp"

#include <algorithm>
#include <utility>

#include "segments.hpp"
#include "subsequence.hpp"
#include "whole_lines.hpp"

namespace stet {
namespace {

constexpr size_t fewest_words_moved = 5;

// Consecutive words of one text: a paragraph or sentence, numbered alike on both sides when the words are
// alike.
struct Unit {
  uint32_t first, last;  // half open
  uint32_t number = 0;
};

bool ends_sentence(std::string_view word) {
  constexpr std::string_view ends[] = {".", "!", "?", "…", "。", "！", "？", "..."};
  return std::find(std::begin(ends), std::end(ends), word) != std::end(ends);
}

bool closes(std::string_view mark) {
  constexpr std::string_view marks[] = {"\"", "'", ")", "]", "”", "’", "“", "»", "」"};
  return std::find(std::begin(marks), std::end(marks), mark) != std::end(marks);
}

class Aligner {
 public:
  Aligner(std::string_view before, std::string_view after) : pair_(before, after) {}

  Alignment run() {
    trim_equal_lines();
    lines_ = lines_of(pair_, word_numbers_);
    match_paragraphs();
    if (!whole_lines_stand()) {
      lines_.whole.assign(lines_.whole.size(), false);
      match_paragraphs();
    }
    move(paragraphs(pair_.before), paragraphs(pair_.after));
    each_gap(
        [this](Gap gap) { match(sentences(pair_.before, gap.before), sentences(pair_.after, gap.after)); });
    move(sentences(pair_.before, all(pair_.before)), sentences(pair_.after, all(pair_.after)));
    each_gap([this](Gap gap) { match_words(gap); });
    return segments_of(pair_);
  }

 private:
  using Span = std::pair<uint32_t, uint32_t>;
  struct Gap {
    Span before, after;
  };

  static Span all(const AlignedText& side) { return {0, uint32_t(side.words.size())}; }

  // Most revisions change a few lines: what stands before and after them needs no words. The cut is at
  // line ends, so that paragraphs stay whole.
  void trim_equal_lines() {
    const auto before = pair_.before.text, after = pair_.after.text;
    const size_t shorter = std::min(before.size(), after.size());
    size_t front = size_t(std::mismatch(before.begin(), before.begin() + long(shorter), after.begin()).first -
                          before.begin());
    if (front < before.size() || front < after.size()) {
      const size_t line = front ? before.rfind('\n', front - 1) : before.npos;
      front = line == before.npos ? 0 : line + 1;
    }
    const auto back_end = before.rbegin() + long(shorter - front);
    const size_t equal =
        size_t(std::mismatch(before.rbegin(), back_end, after.rbegin()).first - before.rbegin());
    const size_t line = before.find('\n', before.size() - equal);
    const size_t back = line == before.npos ? 0 : before.size() - line - 1;
    pair_.before.begin = pair_.after.begin = uint32_t(front);
    pair_.before.end = uint32_t(before.size() - back);
    pair_.after.end = uint32_t(after.size() - back);
  }

  void match_paragraphs() {
    number_words(pair_, lines_, word_numbers_);
    unit_numbers_ = {};  // it borrows the words' numbers that were there before
    match(paragraphs(pair_.before), paragraphs(pair_.after));
  }

  // Otherwise some moved, or went: of such a line every word counts.
  bool whole_lines_stand() const {
    const auto& side = pair_.before;
    for (uint32_t i = 0; i < side.words.size(); ++i)
      if (is_whole_line(side.numbers[i]) && side.is_loose(i)) return false;
    return true;
  }

  Unit unit(const AlignedText& side, uint32_t first, uint32_t last) {
    const auto* numbers = reinterpret_cast<const char*>(side.numbers.data() + first);
    return {first, last, unit_numbers_.exact({numbers, (last - first) * sizeof(uint32_t)})};
  }

  // Paragraphs without a partner.
  std::vector<Unit> paragraphs(const AlignedText& side) {
    std::vector<Unit> units;
    const auto count = uint32_t(side.words.size());
    for (uint32_t first = 0, next = 0; first < count; first = next) {
      next = first + 1;
      while (next < count && !side.breaks_line(next)) ++next;
      if (side.partner[first] == AlignedText::none) units.push_back(unit(side, first, next));
    }
    return units;
  }

  // Sentences, or what partners left of them. One ends after a mark that ends sentences and the marks that
  // close with it.
  std::vector<Unit> sentences(const AlignedText& side, Span span) {
    std::vector<Unit> units;
    uint32_t first = span.first;
    bool ended = false;
    for (uint32_t i = span.first; i < span.second; ++i) {
      if (!side.is_loose(i)) {
        if (first < i) units.push_back(unit(side, first, i));
        first = i + 1;
      } else if (first < i && (side.breaks_line(i) || (ended && starts_sentence(side, i)))) {
        units.push_back(unit(side, first, i));
        first = i;
      }
      if (!is_whole_line(side.numbers[i]))
        ended = is_ended_by(side.view(side.words[i].range), ended);
      else if (i + 1 < span.second && !is_whole_line(side.numbers[i + 1]))
        ended = line_ends_sentence(side, side.words[i].range);
    }
    if (first < span.second) units.push_back(unit(side, first, span.second));
    return units;
  }

  static bool is_ended_by(std::string_view word, bool ended) {
    return ends_sentence(word) || (ended && closes(word));
  }

  static bool line_ends_sentence(const AlignedText& side, Range line) {
    bool ended = false;
    for (const Word& word : words_of(side.view(line), line.begin))
      ended = is_ended_by(side.view(word.range), ended);
    return ended;
  }

  // After an end: white space, or an ideograph, which needs none.
  static bool starts_sentence(const AlignedText& side, uint32_t i) {
    const Range gap = side.gap(i);
    const bool after_wide_mark = static_cast<unsigned char>(side.text[gap.begin - 1]) >= 0x80;
    return gap.begin < gap.end || (after_wide_mark && !closes(side.view(side.words[i].range)));
  }

  void link(uint32_t before, uint32_t after, uint32_t size, bool moved) {
    for (uint32_t i = 0; i < size; ++i) {
      pair_.before.partner[before + i] = after + i;
      pair_.after.partner[after + i] = before + i;
      pair_.before.moved[before + i] = pair_.after.moved[after + i] = moved;
    }
  }

  void match(const std::vector<Unit>& before, const std::vector<Unit>& after) {
    for (const CommonRun& run : common_runs(numbers(before), numbers(after)))
      for (uint32_t i = 0; i < run.size; ++i) {
        const Unit& unit = before[run.before + i];
        link(unit.first, after[run.after + i].first, unit.last - unit.first, false);
      }
  }

  static std::vector<uint32_t> numbers(const std::vector<Unit>& units) {
    std::vector<uint32_t> numbers;
    numbers.reserve(units.size());
    for (const Unit& unit : units) numbers.push_back(unit.number);
    return numbers;
  }

  bool may_move(const Unit& unit) const {
    const auto first = pair_.before.words.begin() + unit.first, last = pair_.before.words.begin() + unit.last;
    return size_t(std::count_if(first, last, [](const Word& w) { return !w.mark; })) >= fewest_words_moved;
  }

  // Links units that are left on both sides, the first of one with the first of the other.
  void move(const std::vector<Unit>& before, const std::vector<Unit>& after) {
    std::vector<uint32_t> places(after.size());
    for (uint32_t i = 0; i < after.size(); ++i) places[i] = i;
    std::stable_sort(places.begin(), places.end(),
                     [&](uint32_t a, uint32_t b) { return after[a].number < after[b].number; });
    std::vector<uint32_t> next = first_places(after, places);
    for (uint32_t i = 0; i < before.size(); ++i) {
      if (before[i].number >= next.size() || !may_move(before[i]) || is_linked(pair_.before, before[i]))
        continue;
      uint32_t& at = next[before[i].number];
      while (at < places.size() && after[places[at]].number == before[i].number &&
             is_linked(pair_.after, after[places[at]]))
        ++at;
      if (at < places.size() && after[places[at]].number == before[i].number)
        move_with_neighbours(before, after, i, places[at]);
    }
  }

  // For each number, where in `places` its units begin; past the end for none.
  static std::vector<uint32_t> first_places(const std::vector<Unit>& units,
                                            const std::vector<uint32_t>& places) {
    std::vector<uint32_t> first;
    for (uint32_t i = uint32_t(places.size()); i-- > 0;) {
      const uint32_t number = units[places[i]].number;
      if (first.size() <= number) first.resize(number + 1, uint32_t(places.size()));
      first[number] = i;
    }
    return first;
  }

  static bool is_linked(const AlignedText& side, const Unit& unit) {
    return side.partner[unit.first] != AlignedText::none;
  }

  // Short sentences move along with a long one beside them.
  void move_with_neighbours(const std::vector<Unit>& before, const std::vector<Unit>& after, uint32_t b,
                            uint32_t a) {
    const auto fits = [&](uint32_t i, uint32_t j) {
      return before[i].number == after[j].number && !is_linked(pair_.before, before[i]) &&
             !is_linked(pair_.after, after[j]);
    };
    uint32_t i = b, j = a;
    while (i > 0 && j > 0 && fits(i - 1, j - 1) && before[i - 1].last == before[i].first &&
           after[j - 1].last == after[j].first)
      --i, --j;
    for (bool joined = true; joined; ++i, ++j) {
      link(before[i].first, after[j].first, before[i].last - before[i].first, true);
      joined = i + 1 < before.size() && j + 1 < after.size() && fits(i + 1, j + 1) &&
               before[i + 1].first == before[i].last && after[j + 1].first == after[j].last;
    }
  }

  // Calls `visit` for each stretch between words that stand in place on both sides.
  template <typename Visit>
  void each_gap(Visit visit) {
    uint32_t b = 0, a = 0;
    for (;;) {
      const uint32_t b_end = pair_.before.next_anchor(b), a_end = pair_.after.next_anchor(a);
      if (b < b_end && a < a_end) visit(Gap{{b, b_end}, {a, a_end}});
      if (b_end == pair_.before.words.size()) return;
      b = b_end + 1;
      a = a_end + 1;
    }
  }

  struct Left {
    std::vector<uint32_t> places, numbers;
  };
  static Left left(const AlignedText& side, Span span) {
    Left left;
    for (uint32_t i = span.first; i < span.second; ++i)
      if (side.partner[i] == AlignedText::none) {
        left.places.push_back(i);
        left.numbers.push_back(side.numbers[i]);
      }
    return left;
  }

  void match_words(Gap gap) {
    const Left before = left(pair_.before, gap.before), after = left(pair_.after, gap.after);
    auto runs = common_runs(before.numbers, after.numbers);
    drop_chance_runs(runs, before);
    for (const CommonRun& run : runs)
      for (uint32_t i = 0; i < run.size; ++i)
        link(before.places[run.before + i], after.places[run.after + i], 1, false);
  }

  // A word or mark that two rewritten stretches happen to share says nothing: it is dropped when the
  // stretches on both sides of it are at least three times as long, and two words at the least.
  void drop_chance_runs(std::vector<CommonRun>& runs, const Left& before) const {
    std::vector<CommonRun> kept;
    uint32_t b = 0, a = 0;  // where the last kept run ended
    for (size_t i = 0; i < runs.size(); ++i) {
      const CommonRun& run = runs[i];
      const uint32_t to_left = std::max(run.before - b, run.after - a);
      const uint32_t to_right = i + 1 == runs.size() ? 0
                                                     : std::max(runs[i + 1].before - run.before - run.size,
                                                                runs[i + 1].after - run.after - run.size);
      if (std::min(to_left, to_right) >= std::max(2u, 3 * words_in(run, before))) continue;
      kept.push_back(run);
      b = run.before + run.size;
      a = run.after + run.size;
    }
    runs = std::move(kept);
  }

  uint32_t words_in(const CommonRun& run, const Left& before) const {
    uint32_t words = 0;
    for (uint32_t i = 0; i < run.size; ++i) words += !pair_.before.words[before.places[run.before + i]].mark;
    return words;
  }

  AlignedPair pair_;
  LinePair lines_;
  Numbering word_numbers_, unit_numbers_;
};

// Where the part of `range` that lies in `from` went. A difference in typography goes as a whole.
Range mapped(Range range, Range from, Range to, bool whole) {
  if (whole) return to;
  const uint32_t begin = std::max(range.begin, from.begin) - from.begin;
  const uint32_t end = std::min(range.end, from.end) - from.begin;
  return {to.begin + begin, to.begin + end};
}

void widen(std::optional<Range>& hull, Range range) {
  if (range.begin == range.end) return;
  hull = hull ? Range{std::min(hull->begin, range.begin), std::max(hull->end, range.end)} : range;
}

}  // namespace

std::optional<Range> Alignment::to_after(Range range) const {
  const auto ends_before = [this](uint32_t i, uint32_t offset) { return segments[i].before.end <= offset; };
  auto i = std::lower_bound(by_before.begin(), by_before.end(), range.begin, ends_before);
  std::optional<Range> hull;
  for (; i != by_before.end() && segments[*i].before.begin < range.end; ++i) {
    const Segment& s = segments[*i];
    if (s.stands() && s.before.begin < s.before.end)
      widen(hull, mapped(range, s.before, s.after, s.kind == Segment::Kind::typography));
  }
  return hull;
}

std::optional<Range> Alignment::to_before(Range range) const {
  const auto ends_before = [](const Segment& s, uint32_t offset) { return s.after.end <= offset; };
  auto s = std::lower_bound(segments.begin(), segments.end(), range.begin, ends_before);
  std::optional<Range> hull;
  for (; s != segments.end() && s->after.begin < range.end; ++s)
    if (s->stands() && s->after.begin < s->after.end)
      widen(hull, mapped(range, s->after, s->before, s->kind == Segment::Kind::typography));
  return hull;
}

const Segment* Alignment::at_before(uint32_t offset) const {
  const auto i = std::upper_bound(by_before.begin(), by_before.end(), offset,
                                  [this](uint32_t at, uint32_t j) { return at < segments[j].before.end; });
  return i == by_before.end() ? nullptr : &segments[*i];
}

Alignment align(std::string_view before, std::string_view after) {
  return Aligner(before, after).run();
}

}  // namespace stet
