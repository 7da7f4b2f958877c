// Numbers as news writes them: "7", "1,500", "two and a half", "twenty-five", "several", "a couple of".
#pragma once

#include <optional>

#include "reader.hpp"

struct Quantity {
  int64_t hundredths = 0;
  bool vague = false;
  bool article = false;  // nothing but "a" or "an"
  std::size_t limit = 0;
};

std::optional<Quantity> read_quantity(const Reader& r, std::size_t i);

// "7th", "seventh", "twenty-first": its value and the token after it.
struct Ordinal {
  int value;
  std::size_t limit;
};
std::optional<Ordinal> read_ordinal(const Reader& r, std::size_t i);

// A year in four digits or in words ("nineteen ninety-six"); whether it is one is the caller's to judge.
struct Year {
  int value;
  std::size_t limit;
  bool in_words;
};
std::optional<Year> read_year(const Reader& r, std::size_t i);
