// Overlapping ranges cut into pieces that follow each other, so that they can be written as properly
// nested elements.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "../finding.hpp"

namespace stet {

// Layers from the outermost to the innermost. A piece shows one mark of each layer at most.
enum class Layer : uint8_t { link, quote, date, source, note, warning, error };
inline constexpr size_t layer_count = 7;
inline constexpr uint32_t no_mark = UINT32_MAX;

struct Mark {
  Layer layer;
  Range range;
  uint32_t index;  // the caller's own
};

// A stretch of text without a boundary inside. For each layer: the index of the mark that began last
// among those that cover the piece, or no_mark.
struct Piece {
  Range range;
  std::array<uint32_t, layer_count> marks;
};

// Cuts ascending ranges of a text, one after the other, in one sweep. Marks with an empty range are
// boundaries that cover nothing.
class Pieces {
 public:
  explicit Pieces(std::vector<Mark> marks);

  // The pieces of `range`, which must begin at or after the end of the range before it.
  std::vector<Piece> cut(Range range);

 private:
  void enter(uint32_t at);  // takes up the marks that begin at or before `at`
  std::array<uint32_t, layer_count> covering(uint32_t at);

  std::vector<Mark> marks_;           // by begin, the longer first
  std::vector<uint32_t> boundaries_;  // ascending
  size_t next_mark_ = 0, next_boundary_ = 0;
  std::array<std::vector<size_t>, layer_count> open_;  // stacks of positions in marks_
};

}  // namespace stet
