// A web page -> the text of its article as a reader sees it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mapped_text.hpp"

namespace stet {

struct HtmlText {
  MappedText content;       // maps to the source given
  std::vector<Node> nodes;  // in order
  Metadata metadata;
  std::vector<std::string> notices;
};

// The article is what find_article() finds. Its title comes first: the heading that says what the page states
// as its title, or else the last <h1> before the first paragraph; without one, the title as stated. What
// stands between the heading and the beginning of the body is left out. Blocks are as in Markdown; white
// space is read as a browser shows it; two <br> end a paragraph; <q> gets its quotation marks. Links are
// resolved against the page's address, or its <base>, where it states one.
//
// `source` has LF line ends. Throws std::runtime_error as HtmlPage does.
HtmlText read_html(std::string_view source, const std::string& name);

}  // namespace stet
