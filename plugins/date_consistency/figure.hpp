// An amount as the text writes it, with the room that its rounding leaves: "$2.1 billion", "12", "nine",
// "50%".
#pragma once

#include <optional>
#include <string>

#include "page.hpp"

struct Figure {
  double value = 0;
  double room =
      0;  // half of the last digit written: 0.05 billion for "2.1 billion"; 0 for a small whole number
  std::size_t first = 0, limit = 0;  // tokens, half-open
  bool money = false, percent = false;
  bool whole = false;   // no fraction and no scale word: may count things
  bool hedged = false;  // "about", "nearly", "more than", "at least", "up to" before it

  double low() const { return value - room; }
  double high() const { return value + room; }
};

// The figure that begins at token `i`; nothing for ordinals, decades and parts of names.
std::optional<Figure> read_figure(const Page& page, std::size_t i);

// The digits of "£10" if its sign stands at `i`, else `i`.
std::size_t past_currency(const Page& page, std::size_t i);

// Whether the figure is part of an expression of time.
bool is_in_date(const Page& page, const Figure& f);

// "250", "2.5", "0.25": at most two decimals, none that are zeros.
std::string plain(double value);
