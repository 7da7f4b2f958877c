// The reading side of shared_document.hpp, apart from the writing one: a plugin's process is linked with
// this, and not with all that makes documents.
#include <cstring>
#include <stdexcept>

#include "packed_document.hpp"
#include "shared_document.hpp"

namespace stet {
namespace {

using packed::Header;
using packed::PackedNode;

// Takes pieces off the front of packed bytes.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::string_view take(uint64_t size) {
    if (size > rest_.size()) throw std::runtime_error("a packed document is damaged");
    const auto piece = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return piece;
  }
  template <class T>
  T take() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

stet_text as_text(std::string_view s) {
  return {s.data(), s.size()};
}

}  // namespace

DocumentView::DocumentView(std::string_view packed) {
  Reader reader(packed);
  const auto header = reader.take<Header>();
  if (header.node_count > reader.left() / sizeof(PackedNode))
    throw std::runtime_error("a packed document is damaged");
  Reader nodes(reader.take(header.node_count * sizeof(PackedNode)));
  Reader values(reader.take(header.values_size));
  nodes_.reserve(header.node_count);
  while (nodes.left() > 0) {
    const auto n = nodes.take<PackedNode>();
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
