// Differences of mere typography taken out of a text, so that what is left differs in its words.
#pragma once

#include <string>
#include <string_view>

namespace stet {

// NFKC, and then: quotation marks are ", apostrophes and single quotation marks are ', dashes and
// hyphens are -, an ellipsis is three dots, soft hyphens and zero-width spaces are gone, each run of
// white space is one space. Letter case stays. Raised and lowered digits and fractions stay as they
// are, although NFKC would make 10² equal to 102: that is another number, not another typography.
// Bytes that are not UTF-8 become U+FFFD. fold(fold(x)) == fold(x).
std::string fold(std::string_view text);

// Whether `text` is for certain what fold() makes of it, seen without making it: plain ASCII with single
// blanks.
bool is_folded(std::string_view text);

// Whether fold() would drop `c`: U+00AD, U+200B.
bool is_invisible(char32_t c);

}  // namespace stet
