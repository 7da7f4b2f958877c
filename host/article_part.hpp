// Which part of a web page is the article.
#pragma once

#include <vector>

#include "html_page.hpp"

namespace stet {

struct ArticlePart {
  uint32_t body;               // the element that holds it
  uint32_t first_paragraph;    // where its text begins; the body's end where it has none
  std::vector<bool> left_out;  // of each node: neither it nor what is below it belongs to the article
};

// Set aside are elements that never hold an article's words (navigation, forms' fields, drawings, captions
// but for those of quotations), hidden ones, and blocks that a role, a class or an id names as something
// around an article (share, related, newsletter), unless they hold much of the page's text. The body is then
// the element that itemprop, a class or an id names as the article's, if it holds enough of the page's
// paragraphs; else the heaviest <article>; of either, what it is in where several side by side hold the
// article in pieces; else the page. From there it is the innermost element that still holds most of the
// paragraphs. In it, lists and blocks that are mostly links are set aside as well.
ArticlePart find_article(const HtmlPage& page);

// Whether the element begins a line of its own.
bool is_block(std::string_view tag);
// "h1" to "h6".
bool is_heading(std::string_view tag);

}  // namespace stet
