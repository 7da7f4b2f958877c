// What is wrong with the marks and attributions of a document.
#pragma once

#include <stet/plugin.hpp>

#include "speech.hpp"

namespace quote_attribution {

stet::sdk::Finding finding_of(std::string_view text, const std::vector<Block>& blocks,
                              const MarkDefect& defect);

// Quotations of whole sentences whose speaker nothing around them can tell.
std::vector<stet::sdk::Finding> unattributed(std::string_view text, const std::vector<Block>& blocks,
                                             const std::vector<Quote>& quotes, const Outline& outline,
                                             const People& people, const Grammar& grammar,
                                             const std::vector<Attribution>& attributions,
                                             const std::vector<Reading>& readings);

}  // namespace quote_attribution
