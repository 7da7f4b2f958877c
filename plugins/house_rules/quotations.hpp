// What stands between quotation marks, found in one block of text. Made for leaving quotations alone:
// where marks are in disorder, rather too much is taken for quoted than too little.
#pragma once

#include <string_view>
#include <vector>

#include "span.hpp"

namespace house_rules {

// Appends the outermost quotations of `block`, without their marks, in order. Double marks of all
// directions, “ ” „ “ " « » ``, and single ones, ‘ ’ and ', that cannot be apostrophes. A double mark that
// is never closed opens a quotation up to the block's end, as in a speech of several paragraphs. Before ” or
// » that nothing opened, what the sentence has up to it.
void find_quotations(std::string_view text, Span block, std::vector<Span>& quotations);

}  // namespace house_rules
