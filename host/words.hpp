// A text as words, numbers and marks, and equal words as equal numbers.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "finding.hpp"

namespace stet {

// A word ("don't", "G20"), a number with the punctuation inside it ("3.5", "1,200", "7-8", "10:30"), an
// ideograph, or one punctuation mark or symbol. White space is what lies between. Combining marks,
// joiners and invisible characters belong to the word they follow.
struct Word {
  Range range;
  bool mark = false;  // punctuation or a symbol
};

// The words of `text`, in order, the first `most` of them; ranges count from `offset`. Every byte that is in
// no word is white space or invisible.
std::vector<Word> words_of(std::string_view text, uint32_t offset = 0, size_t most = SIZE_MAX);

// Whether the last byte is part of a word.
bool ends_in_word(std::string_view text);

// `range` without the white space, quotation marks, dashes and . , ; : ! at its edges; empty at
// range.begin when nothing else is there. Bounds beyond the text are pulled in.
Range without_edges(std::string_view text, Range range);

// Number of words that are not marks.
size_t count_words(std::string_view text);

// Gives equal strings equal numbers, counting from 0. Strings given to exact() must outlive it.
class Numbering {
 public:
  uint32_t exact(std::string_view text);
  uint32_t folded(std::string_view word);  // equal after fold()

 private:
  // An open table, at most half full: making one node a word took longer than comparing the texts.
  struct Slot {
    std::string_view text;
    uint32_t hash = 0, number = none;
  };
  static constexpr uint32_t none = UINT32_MAX;

  static uint32_t hash_of(std::string_view text);
  // Of this text, or the free one for it. Stays until the next call.
  Slot& slot(std::string_view text);
  uint32_t number_of(Slot& slot);  // a new one where it has none
  void grow();

  std::vector<Slot> slots_;
  size_t used_ = 0;
  std::deque<std::string> kept_;
  uint32_t next_ = 0;
};

}  // namespace stet
