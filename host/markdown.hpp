// Markdown (CommonMark with tables and strikethrough) -> its text as a reader sees it. cmark-gfm lives
// here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mapped_text.hpp"

namespace stet {

struct MarkdownText {
  MappedText content;       // maps to the source given
  std::vector<Node> nodes;  // in order
  std::vector<std::string> notices;
};

// Blocks stand on lines of their own, without blank lines. A paragraph that is all a list item or a block
// quote holds is the item or the quotation itself; cells of tables and code blocks are paragraphs. A line
// break within a paragraph is a space, a hard one a line feed. Raw HTML and the alternative texts of images
// are left out, the former with a notice; <br> is a hard line break. Addresses written out become links,
// by the same rules as in plain text.
//
// `source` has LF line ends; `first_line` is the number of its first line, for messages. Throws
// std::runtime_error, after `name`, for sources made to exhaust the machine: blocks nested so deep, or
// tables and references so expanding, that reading would take seconds or a GiB.
MarkdownText read_markdown(std::string_view source, const std::string& name, size_t first_line);

}  // namespace stet
