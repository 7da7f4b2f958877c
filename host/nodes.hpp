// A document's nodes as they are put together.
#pragma once

#include <vector>

#include "document.hpp"

namespace stet {

// Sorts by begin, parents before children, nodes of one place and depth in the order given. Every parent
// must stand before its children already.
void put_in_order(std::vector<Node>& nodes);

// Adds a link node for each of `addresses` (ascending) that lies in one of `nodes`, as a child of the
// innermost one. Nodes must be in order.
void add_links(std::vector<Node>& nodes, std::string_view text, const std::vector<Range>& addresses);

}  // namespace stet
