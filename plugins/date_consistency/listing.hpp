// A row of names, titles or short phrases as a sentence gives it: "Weir, Hale and Lundmouth".
#pragma once

#include <optional>

#include "page.hpp"

struct Listing {
  std::size_t count = 0, first = 0, limit = 0;
  bool joined = false;      // "and" stands before the last, so that the row is whole
  bool even = true;         // all are of one word, or all of more: "Paris, France" is no row of two towns
  bool all_full = true;     // each of two words at least
  bool all_people = true;   // each one word that may name a nation's people, such as "Dutch" and "Italian"
  bool has_titles = false;  // in quotation marks
};

// The row of names or of titles in quotation marks that begins at token `i`.
std::optional<Listing> names_at(const Page& page, std::size_t i);

// The row of phrases in small letters from token `i` to the end of its sentence or bracket; nothing where
// a comma or an "and" may belong to one of the phrases.
std::optional<Listing> phrases_at(const Page& p, std::size_t i);

// "Weir, Mayor; Hale, Clerk; and Holm, Judge": parted by semicolons to the end of the sentence.
std::optional<Listing> clauses_at(const Page& p, std::size_t i);
