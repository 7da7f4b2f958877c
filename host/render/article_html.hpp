// The article's own text as HTML elements, with facts and findings marked in place.
#pragma once

#include <string>
#include <vector>

#include "../document.hpp"
#include "../report.hpp"
#include "places.hpp"

namespace stet {

// Everything of the text is in the result once, in order, whatever the structure says; what is not in
// a block becomes a paragraph. Each finding of `findings` has its number at its place, linked to #fN,
// with the id mN; those about the whole document come first.
std::string article_html(const Document& document, const std::vector<PluginRun>& plugins,
                         const std::vector<PlacedFinding>& findings);

}  // namespace stet
