// Single quotation marks told from apostrophes.
#pragma once

#include <string_view>
#include <vector>

#include "block_marks.hpp"
#include "pairing.hpp"

namespace quote_attribution {

// Pairs of single marks in one block, in text order, not nested in each other. Elisions ('90s, 'n'),
// contractions and possessives are left alone; a mark without a partner is taken for an apostrophe.
void pair_singles(std::string_view text, const std::vector<Mark>& singles, std::vector<Pair>& pairs);

}  // namespace quote_attribution
