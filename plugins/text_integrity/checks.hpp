// The checks. Each goes over the text once, in linear time, and adds what it finds in text order.
#pragma once

#include <stet/plugin.hpp>

#include <string_view>
#include <vector>

#include "findings.hpp"
#include "unicode.hpp"

namespace text_integrity {

struct Page {
  std::string_view text;
  std::vector<stet::sdk::Node> blocks;  // in text order, none overlapping another
};

void check_mixed_script(const Page& page, const LookAlikes& look_alikes, Findings& findings);
void check_invisible(const Page& page, Findings& findings);
void check_bidi(const Page& page, Findings& findings);
void check_normalisation(const Page& page, Findings& findings);
void check_glued_quotation(const Page& page, Findings& findings);
void check_mojibake(const Page& page, Findings& findings);

}  // namespace text_integrity
