// A web page as its parser sees it: elements and texts in document order. gumbo lives here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arena.hpp"
#include "finding.hpp"

namespace stet {

struct HtmlAttribute {
  std::string_view name;   // lower case
  std::string_view value;  // decoded
  Range source;            // of the value, without its quotation marks
};

struct HtmlNode {
  // "p"; empty for a text; "custom" where HTML does not know it, "svg" in a drawing or a formula.
  std::string_view tag;
  uint32_t parent;        // the first node's is itself
  uint32_t end;           // behind its last descendant
  std::string_view text;  // of a text, decoded
  Range source;           // of a text as it is spelled; may hold tags that the parser passed over
  std::span<const HtmlAttribute> attributes;

  bool is_text() const { return tag.empty(); }
  // Empty where there is none of that name.
  std::string_view attribute(std::string_view name) const;
};

class HtmlPage {
 public:
  // `source` is valid UTF-8 with LF line ends, and outlives the page. Comments are left out. Throws
  // std::runtime_error, after `name`, for a source made to exhaust the machine: elements nested so deep that
  // the parser, which walks all open ones at each tag, would take seconds, so many that it takes 20 s of a
  // processor, or so expanding that it would take a GiB.
  HtmlPage(std::string_view source, const std::string& name);

  std::span<const HtmlNode> nodes() const { return nodes_; }  // parents before children; never empty
  std::string_view source() const { return source_; }

 private:
  std::string_view source_;
  Arena memory_;
  std::vector<HtmlAttribute> attributes_;
  std::vector<HtmlNode> nodes_;
};

}  // namespace stet
