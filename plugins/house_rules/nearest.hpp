// The word that somebody may have meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace house_rules {

// The one of `words` that begins with `word`, or else that the fewest insertions, deletions and replacements
// of a byte lead to from it; the first of several. `words` is not empty.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& words);

}  // namespace house_rules
