#include "article_html.hpp"

#include <algorithm>

#include "marked_text.hpp"
#include "visible.hpp"

namespace stet {
namespace {

constexpr uint32_t depth_limit = 32;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n\r") == std::string_view::npos;
}

// "-", "*", "+", a bullet or a number with "." or ")" before the words of a list item.
bool begins_with_marker(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return false;
  text.remove_prefix(first);
  for (const std::string_view bullet : {"-", "*", "+", "•", "–"})
    if (text.starts_with(bullet))
      return text.substr(bullet.size(), 1).find_first_not_of(" \t") == std::string_view::npos;
  const auto digits = text.find_first_not_of("0123456789");
  return digits != std::string_view::npos && digits > 0 && digits < 4 &&
         (text[digits] == '.' || text[digits] == ')');
}

class Article {
 public:
  Article(const Document& document, const std::vector<PluginRun>& plugins,
          const std::vector<PlacedFinding>& findings)
      : document_(document), text_(document, plugins, findings) {
    read_structure();
  }
  std::string html() &&;

 private:
  void read_structure();
  void blocks(Range range, const std::vector<uint32_t>& children, bool top);
  uint32_t list(const std::vector<uint32_t>& children, size_t& next, uint32_t from);
  void block(uint32_t node, Range range);
  void inside(uint32_t node, Range range);
  void loose(Range range, bool top);
  void notes() { text_.append_notes(out_); }

  std::string_view slice(Range r) const {
    return std::string_view(document_.text).substr(r.begin, r.end - r.begin);
  }
  bool is_item(uint32_t node) const { return document_.nodes[node].kind == NodeKind::list_item; }

  const Document& document_;
  MarkedText text_;
  std::vector<uint32_t> roots_;
  std::vector<std::vector<uint32_t>> children_;
  std::string out_;
};

// Nodes nested deeper than the limit are left to their ancestor, whose text holds theirs.
void Article::read_structure() {
  const auto& nodes = document_.nodes;
  std::vector<uint32_t> depth(nodes.size(), 0);
  children_.resize(nodes.size());
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    const auto parent = nodes[i].parent < i ? nodes[i].parent : no_parent;
    depth[i] = parent == no_parent ? 0 : depth[parent] + 1;
    if (nodes[i].kind == NodeKind::link || depth[i] > depth_limit) continue;
    (parent == no_parent ? roots_ : children_[parent]).push_back(i);
  }
}

std::string Article::html() && {
  out_.reserve(document_.text.size() + document_.text.size() / 4);
  notes();
  blocks({0, static_cast<uint32_t>(document_.text.size())}, roots_, true);
  std::string rest;
  text_.append_rest(rest);
  if (!rest.empty()) out_ += "<p>" + rest + "</p>\n";
  notes();
  return std::move(out_);
}

void Article::blocks(Range range, const std::vector<uint32_t>& children, bool top) {
  uint32_t at = range.begin;
  for (size_t next = 0; next < children.size();) {
    if (is_item(children[next])) {
      at = list(children, next, at);
      continue;
    }
    const Range node = within(document_.text, document_.nodes[children[next]].range);
    loose({at, std::max(at, node.begin)}, top);
    at = std::max(at, node.begin);
    if (node.end > at) block(children[next], {at, node.end});
    at = std::max(at, node.end);
    ++next;
    if (top) notes();
  }
  loose({at, std::max(at, range.end)}, top);
  if (top) notes();
}

// A run of list items; a marker that stands before an item's words ("- ") is written inside it.
uint32_t Article::list(const std::vector<uint32_t>& children, size_t& next, uint32_t from) {
  uint32_t at = from;
  bool open = false;
  for (; next < children.size() && is_item(children[next]); ++next) {
    const Range node = within(document_.text, document_.nodes[children[next]].range);
    if (node.end <= at) continue;
    auto begin = std::max(at, node.begin);
    const auto gap = slice({at, begin});
    const auto line =
        at + static_cast<uint32_t>(gap.find_last_of('\n') == gap.npos ? 0 : gap.find_last_of('\n') + 1);
    if (!is_blank(slice({line, begin})) && begins_with_marker(slice({line, begin}))) begin = line;
    if (!is_blank(slice({at, begin}))) {
      if (open) out_ += "</ul>\n";
      open = false;
      loose({at, begin}, true);
    }
    if (!open) out_ += "<ul>\n";
    open = true;
    out_ += begins_with_marker(slice({begin, node.end})) ? "<li class=\"marked\" dir=\"auto\">"
                                                         : "<li dir=\"auto\">";
    inside(children[next], {begin, node.end});
    notes();
    out_ += "</li>\n";
    at = node.end;
  }
  if (open) out_ += "</ul>\n";
  return at;
}

void Article::block(uint32_t index, Range range) {
  const auto& node = document_.nodes[index];
  std::string tag("p"), shape;
  switch (node.kind) {
    case NodeKind::title:
      tag = "h3";
      shape = "headline";
      break;
    case NodeKind::byline: shape = "byline"; break;
    case NodeKind::dateline:
      tag = "span";
      shape = "dateline";
      break;
    case NodeKind::block_quote: tag = "blockquote"; break;
    case NodeKind::heading: {
      const int level = node.value.size() == 1 ? node.value[0] - '0' : 2;
      tag = std::string("h") + static_cast<char>('0' + std::clamp(level + 2, 4, 6));
      break;
    }
    default: break;
  }
  out_ += "<" + tag + (shape.empty() ? "" : " class=\"" + shape + "\"") + " dir=\"auto\">";
  inside(index, range);
  out_ += "</" + tag + ">";
  if (tag != "span") out_ += "\n";
}

void Article::inside(uint32_t index, Range range) {
  if (children_[index].empty())
    text_.append(out_, range);
  else
    blocks(range, children_[index], false);
}

void Article::loose(Range range, bool top) {
  if (is_blank(slice(range))) return;
  if (top) out_ += "<p dir=\"auto\">";
  text_.append(out_, range);
  if (top) out_ += "</p>\n";
}

}  // namespace

std::string article_html(const Document& document, const std::vector<PluginRun>& plugins,
                         const std::vector<PlacedFinding>& findings) {
  return Article(document, plugins, findings).html();
}

}  // namespace stet
