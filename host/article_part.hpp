// Which part of a web page is the article.
#pragma once

#include <vector>

#include "html_page.hpp"

namespace stet {

struct ArticlePart {
  uint32_t body;               // the element that holds it
  std::vector<bool> left_out;  // of each node: neither it nor what is below it belongs to the article
};

// Set aside are elements that never hold an article's words (navigation, forms' fields, drawings, captions),
// hidden ones, and those that a class or an id names as something around an article (share, related,
// newsletter), unless they hold much of the page's text. The body is then the element that itemprop, a class
// or an id names as the article's, if it holds enough of the page's paragraphs, else the heaviest <article>,
// else the page, and from there the innermost element that still holds most of its paragraphs. In it, lists
// and blocks that are mostly links are set aside as well.
ArticlePart find_article(const HtmlPage& page);

// Whether the element begins a line of its own.
bool is_block(std::string_view tag);
// "h1" to "h6".
bool is_heading(std::string_view tag);

}  // namespace stet
