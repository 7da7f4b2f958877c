// Web addresses written out in a text.
#pragma once

#include <string_view>
#include <vector>

#include "finding.hpp"

namespace stet {

// Ranges of the http:// and https:// addresses in `text`, in order. An address ends before white space,
// a quotation mark or an angle bracket; punctuation that ends a sentence or a clause is not part of it,
// nor a closing bracket whose opening one stands before the address. Not after a letter or a digit.
std::vector<Range> find_addresses(std::string_view text);

}  // namespace stet
