#include "text_builder.hpp"

#include <algorithm>

#include "links.hpp"

namespace stet {

void TextBuilder::open(NodeKind kind, std::string value) {
  const uint32_t parent = open_.empty() ? no_parent : open_.back();
  open_.push_back(static_cast<uint32_t>(nodes_.size()));
  nodes_.push_back({kind, parent, {unset, unset}, std::move(value)});
}

void TextBuilder::close() {
  Node& node = nodes_[open_.back()];
  if (node.range.begin != unset) node.range.end = size();
  open_.pop_back();
}

void TextBuilder::begin_block() {
  block_begin_ = unset;
  first_inline_ = nodes_.size();
  code_.clear();
}

MappedText& TextBuilder::text() {
  if (block_begin_ == unset) {
    if (!content_.text.empty()) content_.append_added("\n");
    block_begin_ = size();
  }
  for (size_t i = open_.size(); i > 0 && nodes_[open_[i - 1]].range.begin == unset; --i)
    nodes_[open_[i - 1]].range.begin = size();
  return content_;
}

void TextBuilder::end_block() {
  if (block_begin_ == unset) return;
  const size_t end = content_.text.find_last_not_of(" \t\n") + 1;
  content_.truncate(std::max<size_t>(end, block_begin_));
  if (size() == block_begin_) content_.truncate(block_begin_ == 0 ? 0 : block_begin_ - 1);
  for (size_t i = first_inline_; i < nodes_.size(); ++i) {
    Range& range = nodes_[i].range;
    if (range.begin != unset) range = {std::min(range.begin, size()), std::min(range.end, size())};
  }
  if (size() > block_begin_) add_addresses();
}

// Written-out addresses that are neither code nor part of a link.
void TextBuilder::add_addresses() {
  std::vector<Range> taken = code_;
  for (size_t i = first_inline_; i < nodes_.size(); ++i) taken.push_back(nodes_[i].range);
  std::ranges::sort(taken, {}, &Range::begin);
  const uint32_t parent = open_.empty() ? no_parent : open_.back();
  size_t next = 0;
  for (Range found : find_addresses(std::string_view(content_.text).substr(block_begin_))) {
    const Range range{found.begin + block_begin_, found.end + block_begin_};
    while (next < taken.size() && taken[next].end <= range.begin) ++next;
    if (next < taken.size() && taken[next].begin < range.end) continue;
    nodes_.push_back(
        {NodeKind::link, parent, range, content_.text.substr(range.begin, range.end - range.begin)});
  }
  std::sort(nodes_.begin() + static_cast<std::ptrdiff_t>(first_inline_), nodes_.end(),
            [](const Node& a, const Node& b) { return a.range.begin < b.range.begin; });
}

std::vector<Node> TextBuilder::take_nodes() {
  std::vector<uint32_t> place(nodes_.size());
  std::vector<Node> kept;
  for (size_t i = 0; i < nodes_.size(); ++i) {
    Node& node = nodes_[i];
    if (node.range.begin == unset || node.range.begin >= node.range.end) continue;
    place[i] = static_cast<uint32_t>(kept.size());
    if (node.parent != no_parent) node.parent = place[node.parent];
    kept.push_back(std::move(node));
  }
  nodes_.clear();
  return kept;
}

}  // namespace stet
