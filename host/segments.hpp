// Words that found a partner -> segments that cover both texts. A part of align.cpp.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "align.hpp"
#include "words.hpp"

namespace stet {

// One of two texts on its way to an alignment. What lies outside [begin, end) is equal in both.
struct AlignedText {
  static constexpr uint32_t none = UINT32_MAX;

  explicit AlignedText(std::string_view t) : text(t) {}

  std::string_view text;
  uint32_t begin = 0, end = 0;
  std::vector<Word> words;        // of [begin, end)
  std::vector<uint32_t> numbers;  // equal for words that are equal after fold()
  std::vector<uint32_t> partner;  // index of the word on the other side, or none
  std::vector<bool> moved;        // the partner stands out of order

  std::string_view view(Range r) const { return text.substr(r.begin, r.end - r.begin); }

  // What lies between word `i` - 1 and word `i`; also before the first and after the last.
  Range gap(uint32_t i) const {
    return {i == 0 ? begin : words[i - 1].range.end, i == words.size() ? end : words[i].range.begin};
  }
  bool breaks_line(uint32_t i) const { return view(gap(i)).find('\n') != std::string_view::npos; }
  bool is_loose(uint32_t i) const { return partner[i] == none; }

  // The first word from `i` on that stands in place; the number of words if none does.
  uint32_t next_anchor(uint32_t i) const {
    while (i < words.size() && (is_loose(i) || moved[i])) ++i;
    return i;
  }
};

struct AlignedPair {
  AlignedPair(std::string_view b, std::string_view a) : before(b), after(a) {}
  AlignedText before, after;
};

Alignment segments_of(const AlignedPair& pair);

}  // namespace stet
