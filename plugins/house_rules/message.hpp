// Messages and replacements with places to fill: \0 for the words that were found, \1 to \9 for the groups
// of a pattern, \\ for a backslash.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace house_rules {

// The highest N of a \N in `text`, -1 if there is none.
int highest_group(std::string_view text);

// `text` with its places filled; a group that is not there is empty.
std::string fill(std::string_view text, const std::vector<std::string_view>& groups);

// One line of at most about 100 bytes, for messages.
std::string shortened(std::string_view words);

// Within quotation marks, shortened.
std::string in_marks(std::string_view words);

// "once", "twice", "3 times".
std::string times(size_t count);

}  // namespace house_rules
