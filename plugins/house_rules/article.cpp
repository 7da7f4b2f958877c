#include "article.hpp"

#include <algorithm>

#include "quotations.hpp"

namespace house_rules {
namespace {

Span span(stet::sdk::Range range) {
  return {range.begin, range.end};
}

bool is_block(uint32_t kind) {
  return kind < 32 && (part(kind) & whole_text) != 0;
}

}  // namespace

Article::Article(const stet::sdk::Document& document)
    : text_(document.text()),
      addresses_(house_rules::find_addresses(text_)),
      metadata_(read_metadata(document.metadata_json())) {
  read_nodes(document);
  for (const Block& block : blocks_)
    if ((block.parts & whole_text) != 0) find_quotations(text_, block.range, quotations_);
}

// The innermost blocks carry the text; what lies around them gives them its kinds.
void Article::read_nodes(const stet::sdk::Document& document) {
  const uint32_t count = document.node_count();
  std::vector<Parts> parts(count);
  std::vector<char> holds_blocks(count);
  for (uint32_t i = 0; i < count; ++i) {
    const auto node = document.node(i);
    nodes_.emplace_back(node.kind, span(node.range));
    if (!is_block(node.kind)) continue;
    parts[i] = part(node.kind) | (node.parent < i ? parts[node.parent] : 0);
    if (node.parent < i) holds_blocks[node.parent] = true;
  }
  for (uint32_t i = 0; i < count; ++i) {
    const auto& [kind, range] = nodes_[i];
    if (range.empty()) continue;
    if (kind == STET_DATELINE) blocks_.push_back({range, part(STET_DATELINE)});
    if (is_block(kind) && !holds_blocks[i]) blocks_.push_back({range, parts[i]});
  }
}

std::vector<Section> Article::sections(Parts part_bit) const {
  std::vector<Section> found;
  for (const auto& [kind, range] : nodes_)
    if (kind < 32 && part(kind) == part_bit) found.push_back({range, slice(text_, range)});
  if (!found.empty()) return found;
  for (const auto& [bit, value] :
       {std::pair(part(STET_TITLE), &metadata_.title), std::pair(part(STET_BYLINE), &metadata_.byline),
        std::pair(part_published, &metadata_.published), std::pair(part_modified, &metadata_.modified)})
    if (bit == part_bit && *value) found.push_back({{}, **value});
  return found;
}

bool Article::is_quoted(Span range) const {
  const auto next = std::upper_bound(quotations_.begin(), quotations_.end(), range.begin,
                                     [](uint32_t at, Span quotation) { return at < quotation.begin; });
  return next != quotations_.begin() && std::prev(next)->contains(range);
}

bool Article::is_in_address(Span range) const {
  const auto next = std::upper_bound(addresses_.begin(), addresses_.end(), range.begin,
                                     [](uint32_t at, const Address& a) { return at < a.range.begin; });
  if (next == addresses_.begin()) return false;
  const Address& address = *std::prev(next);
  return range.begin < address.range.end && !range.contains(address.sign);
}

}  // namespace house_rules
