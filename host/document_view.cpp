// The reading side of shared_document.hpp, apart from the writing one: a plugin's process is linked with
// this, and not with all that makes documents.
#include <stdexcept>

#include "byte_reader.hpp"
#include "packed_document.hpp"
#include "shared_document.hpp"

namespace stet {
namespace {

using packed::Header;
using packed::PackedNode;

[[noreturn]] void refuse() {
  throw std::runtime_error("a packed document is damaged");
}

ByteReader reader_of(std::string_view packed) {
  return {packed, refuse};
}

stet_text as_text(std::string_view s) {
  return {s.data(), s.size()};
}

}  // namespace

DocumentView::DocumentView(std::string_view packed) {
  auto reader = reader_of(packed);
  const auto header = reader.take_as<Header>();
  if (header.node_count > reader.left() / sizeof(PackedNode)) refuse();
  auto nodes = reader_of(reader.take(header.node_count * sizeof(PackedNode)));
  auto values = reader_of(reader.take(header.values_size));
  nodes_.reserve(header.node_count);
  while (nodes.left() > 0) {
    const auto n = nodes.take_as<PackedNode>();
    nodes_.push_back({n.kind, n.parent, {n.begin, n.end}, as_text(values.take(n.value_size))});
  }
  document_.size = sizeof document_;
  document_.node_size = sizeof(stet_node);
  document_.node_count = static_cast<uint32_t>(nodes_.size());
  document_.nodes = nodes_.data();
  document_.text = as_text(reader.take(header.text_size));
  document_.metadata = as_text(reader.take(header.metadata_size));
  sources_ = reader.take(header.sources_size);
  if (header.previous_size > 0) previous_ = std::make_unique<DocumentView>(reader.take(header.previous_size));
  about_previous_ = reader.take(header.about_size);
}

}  // namespace stet
