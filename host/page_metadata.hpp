// What a web page states of itself.
#pragma once

#include <string>
#include <vector>

#include "document.hpp"
#include "html_page.hpp"

namespace stet {

struct PageMetadata {
  Metadata metadata;
  std::string_view title;  // decoded, as it stands in the page
  Range title_source;      // as it is spelled
  std::vector<std::string> notices;
};

// Of each field the first that is given, in this order: the schema.org description in JSON-LD of an article,
// or else of the page; <meta> and <link> (Open Graph, article:..., names in common use); microdata.
//   title      og:title, else <title>
//   byline     author (names), <meta name="author">
//   published  datePublished, article:published_time, ...; modified alike. As read_stated_time() reads; if
//              none that is given can be read, the first is told in a notice. Before 1600: a placeholder.
//   url        <link rel="canonical">, og:url, url; only http and https
// JSON-LD that is not JSON is passed over.
PageMetadata read_page_metadata(const HtmlPage& page);

}  // namespace stet
