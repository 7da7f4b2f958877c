// People whose age the text tells: "Anna Weir, 45,", "the 45-year-old Anna Weir", "Weir, who is 45,".
#pragma once

#include <optional>
#include <string>

#include "page.hpp"

struct Aged {
  std::string first, last;  // last name, and what stands before it; `first` may be empty
  int age = 0;
  std::size_t at = 0, limit = 0;  // tokens of the age
};

// The person whose age is told at token `i`: at the comma or bracket after a name, at the number before one.
std::optional<Aged> aged_at(const Page& p, std::size_t i);

// "45-year-old" at token `i`: the token after it, else `i`.
std::size_t past_year_old(const Page& p, std::size_t i);

// "Anna Weir, 45"
std::string full_name(const Aged& who);
