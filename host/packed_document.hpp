// How a document lies in the memory that a plugin's process reads: Header, nodes, then the characters: node
// values in node order, text, metadata, sources, the previous revision packed in the same way, and what is
// said about it. Written by shared_document.cpp, read by document_view.cpp.
#pragma once

#include <cstdint>
#include <type_traits>

namespace stet::packed {

struct Header {
  uint64_t node_count, values_size, text_size, metadata_size, sources_size, previous_size, about_size;
};

struct PackedNode {
  uint32_t kind, parent, begin, end, value_size;
};

static_assert(std::is_trivially_copyable_v<Header> && std::is_trivially_copyable_v<PackedNode>);

}  // namespace stet::packed
