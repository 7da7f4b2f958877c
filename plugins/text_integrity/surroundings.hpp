// The script of the text around a word.
#pragma once

#include <vector>

#include "checks.hpp"
#include "words.hpp"

namespace text_integrity {

class Surroundings {
 public:
  // `page` is borrowed.
  explicit Surroundings(const Page& page) : page_(page), known_(page.blocks.size()) {}

  // Whether the block at `at` has more Latin letters than others; true outside of all blocks.
  bool is_mostly_latin(size_t at);

  // Whether the word before or behind `range`, in the same line, begins or ends there with a letter of
  // `script`.
  bool is_beside(Range range, Script script) const;

 private:
  enum class Known : char { nothing, latin, other };

  const Page& page_;
  std::vector<Known> known_;  // by block, counted when it is first asked for
};

}  // namespace text_integrity
