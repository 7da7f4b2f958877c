// Paired facts of one kind -> changes by the rules of its manifest. A part of changes.cpp.
#pragma once

#include <string>
#include <vector>

#include "changes.hpp"
#include "pairs.hpp"
#include "standing.hpp"

namespace stet {

// Appends to `changes`, in no particular order. `budget` is how many bytes of facts may still be compared
// word by word; facts beyond it, which are nested in each other many times over, are reported as wholly
// replaced when any word of them changed.
void name_fact_changes(const Comparison& texts, const std::string& plugin, const FactSpec& spec,
                       const FactPairs& facts, size_t& budget, std::vector<Change>& changes);

}  // namespace stet
