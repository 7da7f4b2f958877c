// A document's text and its nodes, put together block by block in the order of reading.
#pragma once

#include <string>
#include <vector>

#include "mapped_text.hpp"

namespace stet {

// Blocks stand on lines of their own, without blank lines. Nodes are opened around what follows; their ranges
// begin with the next text and leave out white space at both ends; those that stay empty are dropped.
class TextBuilder {
 public:
  void open(NodeKind kind, std::string value = {});
  void close();
  // The node opened last; nothing where none is open.
  const Node* innermost() const { return open_.empty() ? nullptr : &nodes_[open_.back()]; }

  // A block's text goes between these two. Nodes that are opened inside and are no blocks must be closed
  // inside.
  void begin_block();
  void end_block();
  bool has_text() const { return block_begin_ != unset; }  // whether the block has any yet

  // Where to append text that does not begin with white space.
  MappedText& text();
  // Where to append white space, in a block that has text.
  MappedText& space() { return content_; }
  // What was appended since `begin`, an offset, is code: addresses in it are no links.
  void mark_code(uint32_t begin) { code_.push_back({begin, size()}); }
  uint32_t size() const { return static_cast<uint32_t>(content_.text.size()); }

  // Both are left empty.
  MappedText take_content() { return std::move(content_); }
  std::vector<Node> take_nodes();  // in order

 private:
  static constexpr uint32_t unset = UINT32_MAX;

  void add_addresses();

  MappedText content_;
  std::vector<Node> nodes_;
  std::vector<uint32_t> open_;    // nodes around the current place
  uint32_t block_begin_ = unset;  // of the current block's text, once it has any
  size_t first_inline_ = 0;       // first node inside the current block
  std::vector<Range> code_;       // in it
};

}  // namespace stet
