// Where findings stand, as an editor's window counts: line and column in the file that was read. For
// Markdown that is the markup as received, not the text that plugins saw.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "../document.hpp"
#include "../report.hpp"

namespace stet {

// The text that lines are counted in, and where a range of the document's text stands in it.
std::string_view source_text(const Document& document);
Range source_range(const Document& document, Range in_text);

// The position of each offset, in the order given, in one pass over `text`. Offsets beyond the end are
// the end.
std::vector<Position> positions(std::string_view text, const std::vector<uint32_t>& offsets);

// "12:5"
std::string to_string(Position position);

// A finding with its number and place. A finding with an empty range at 0 is about the whole document.
struct PlacedFinding {
  size_t number = 0;  // from 1, in text order
  const Finding* finding = nullptr;
  Range in_text;    // within the document's text
  Range in_source;  // within source_text()
  Position at{1, 1};
  std::vector<Position> related;  // at most 20
  bool whole() const { return in_text.end == 0; }
};

// All findings of all plugins in text order; at one place the longer first, then the more severe.
// Borrows from `plugins`.
std::vector<PlacedFinding> placed_findings(const Document& document, const std::vector<PluginRun>& plugins);

// A range in its line, for one line of `columns` terminal columns at most: control characters are
// shown, the range is cut at its first line's end, an ellipsis stands where something was cut off.
struct Excerpt {
  std::string before, marked, after;
};
Excerpt excerpt(std::string_view text, Range range, unsigned columns);

}  // namespace stet
