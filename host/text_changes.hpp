// Segments of an alignment -> changes of the text, of readable size. A part of changes.cpp.
#pragma once

#include <vector>

#include "changes.hpp"
#include "standing.hpp"

namespace stet {

// In the order of the newer text; see changes.hpp for what makes one change.
std::vector<Change> text_changes(const Comparison& texts);

}  // namespace stet
