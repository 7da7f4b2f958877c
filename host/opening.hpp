// What stands at the head of an article: byline, date lines, dateline.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document.hpp"

namespace stet {

// Looks at the first four blocks after the title.
//   A byline is a line of its own: "By" and one or more names, then perhaps an outlet or a date. Its node
//   becomes a byline.
//   A date line holds nothing but dates: "Published 23 November 2025 | Updated 24 November 2025".
//   A dateline opens one of the first two paragraphs behind those: a place in capitals, perhaps a date and
//   an agency in brackets, up to a dash. A place not in capitals counts only with a date or an agency.
//   It becomes a node, the first child of its paragraph, from the place to the dash.
// Fills byline, published and modified of `metadata` where they are not known yet, with what can be read
// with certainty. `nodes` stay in order.
void read_opening(std::string_view text, std::vector<Node>& nodes, Metadata& metadata);

struct Byline {
  std::string_view names;  // "Jane Roe and John Doe"
  std::string_view rest;   // what follows them: an outlet, a date
};
std::optional<Byline> read_byline(std::string_view line);

// Whether the line holds nothing but dates, with or without "Published", "Updated" and the like.
bool is_date_line(std::string_view line);

// Size of the dateline at the front of `paragraph`, dash included, and the date in it.
struct Dateline {
  uint32_t size;
  std::string_view date;  // empty if there is none
};
std::optional<Dateline> read_dateline(std::string_view paragraph);

}  // namespace stet
