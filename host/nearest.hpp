// The word that a misspelt one was meant to be.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace stet {

// The candidate with the fewest edits (insert, delete, replace a byte, swap two neighbours) from `word`, the
// first of equals; empty when even that one differs in more than half of the longer word.
std::string nearest(std::string_view word, std::span<const std::string> candidates);

// A hint to put behind "there is no X": `; did you mean "rules"?`, or `; there are "a", "b"`, or `; there
// are none`.
std::string nearest_hint(std::string_view word, std::span<const std::string> candidates);

}  // namespace stet
