// Two texts aligned once, word by word.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "finding.hpp"
#include "fold.hpp"

namespace stet {

// A stretch of words of the older text against a stretch of the newer. One side may be empty.
struct Segment {
  enum class Kind {
    same,        // byte for byte
    typography,  // one word or mark equal after fold(): quotation marks, dashes, forms of characters; or
                 // one place where the white space between words differs (one side may then be empty)
    replaced,
    removed,
    added,
    moved  // byte for byte, but elsewhere in the other text: a paragraph or sentence of five words
           // or more, and what moved along with it; listed at its place in the newer text. Its
           // differences in typography are segments of kind `typography` that moved likewise
  } kind;
  Range before, after;

  bool stands() const { return kind == Kind::same || kind == Kind::typography || kind == Kind::moved; }
  bool operator==(const Segment&) const = default;
};

// Every byte of either text is in exactly one segment.
struct Alignment {
  std::vector<Segment> segments;    // in the order of the newer text; removed ones where they stood
  std::vector<uint32_t> by_before;  // indices into `segments`, in the order of the older text

  // Where `before` went: the smallest range of the newer text that holds all its words that still
  // stand, or nothing when none does.
  std::optional<Range> to_after(Range before) const;
  std::optional<Range> to_before(Range after) const;

  // The segment that holds this byte of the older text; nullptr beyond its end.
  const Segment* at_before(uint32_t offset) const;
};

// Time grows with (words x differing words), capped: beyond the cap a coarser alignment is given.
// Both texts are UTF-8 of less than 2 GiB; bytes that are not are compared as they are.
Alignment align(std::string_view before, std::string_view after);

}  // namespace stet
