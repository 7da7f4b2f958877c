// A document's nodes and places, as tests write them down.
#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "document.hpp"

namespace stet {

// "paragraph|text" with indentation for children, and "=value".
inline std::vector<std::string> outline(const Document& d) {
  constexpr const char* names[] = {"",          "title", "byline", "dateline", "heading",
                                   "paragraph", "item",  "quote",  "link"};
  std::vector<std::string> lines;
  for (const Node& n : d.nodes) {
    std::string line;
    for (uint32_t p = n.parent; p != no_parent; p = d.nodes[p].parent) line += ' ';
    line += names[static_cast<int>(n.kind)];
    if (!n.value.empty()) line += "=" + n.value;
    lines.push_back(line + "|" + d.text.substr(n.range.begin, n.range.end - n.range.begin));
  }
  return lines;
}

inline std::string source_of(const Document& d, std::string_view words) {
  REQUIRE(d.text.find(words) != std::string::npos);
  const auto at = static_cast<uint32_t>(d.text.find(words));
  const Range r = d.to_bytes({at, at + static_cast<uint32_t>(words.size())});
  return d.bytes.substr(r.begin, r.end - r.begin);
}

}  // namespace stet
