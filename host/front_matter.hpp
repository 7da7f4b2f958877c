// YAML front matter of Markdown: what the document says of itself. yaml-cpp lives here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mapped_text.hpp"

namespace stet {

struct FrontMatter {
  Metadata metadata;
  MappedText title;  // maps to the source given; empty without a title
  size_t end = 0;    // where the body begins in the source
  size_t lines = 0;  // before the body
  std::vector<std::string> notices;
};

// `source` has LF line ends. Without "---" on its first line there is no front matter. It ends at the
// next line that is "---" or "...". Known fields, the first name that is given counts:
//   title
//   byline, author, authors     a string or a list of strings or of mappings with a name
//   published, date             as read_stated_time() reads; what it cannot read is left out with a notice,
//   modified, updated           and so is a time of day without its offset from UTC
//   url, canonical_url
//   sources                     a list of strings or of mappings with url, path or file
// Others are ignored. Throws std::runtime_error naming `name`, the line, and the field where there is one:
// never closed, over 64 KiB, not YAML, not a mapping, a field of another shape.
FrontMatter read_front_matter(std::string_view source, const std::string& name);

}  // namespace stet
