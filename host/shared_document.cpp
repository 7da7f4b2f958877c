// Layout: Header, nodes, then the characters: node values in node order, text, metadata, sources, the
// previous revision packed in the same way, and what is said about it.
#include "shared_document.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <type_traits>

namespace stet {
namespace {

struct Header {
  uint64_t node_count, values_size, text_size, metadata_size, sources_size, previous_size, about_size;
};

struct PackedNode {
  uint32_t kind, parent, begin, end, value_size;
};

static_assert(std::is_trivially_copyable_v<Header> && std::is_trivially_copyable_v<PackedNode>);

template <class T>
void append(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

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

// Gives where in `out` the text begins.
size_t append_packed(std::string& out, const Reading& reading, bool wants_previous = true) {
  const auto& document = reading.document;
  const auto metadata = reading.metadata_json ? *reading.metadata_json : to_json(document.metadata).dump();
  const auto listed = reading.sources.dump();
  std::string previous, about;
  if (const auto& p = reading.previous; p && wants_previous) {
    append_packed(previous, {*p->document});
    about = nlohmann::json{{"revision", p->revision}, {"observed", p->observed}}.dump();
  }
  Header header{document.nodes.size(), 0,           document.text.size(), metadata.size(), listed.size(),
                previous.size(),       about.size()};
  for (const auto& n : document.nodes) header.values_size += n.value.size();
  append(out, header);
  for (const auto& n : document.nodes)
    append(out, PackedNode{static_cast<uint32_t>(n.kind), n.parent, n.range.begin, n.range.end,
                           static_cast<uint32_t>(n.value.size())});
  for (const auto& n : document.nodes) out += n.value;
  const size_t text = out.size();
  out.append(document.text).append(metadata).append(listed).append(previous).append(about);
  return text;
}

// Enough for most, so that the whole is seldom moved.
size_t expected_size(std::span<const Reading> readings) {
  size_t size = 0;
  for (const auto& r : readings) size += r.document.text.size() + 32 * r.document.nodes.size() + 1000;
  return size;
}

}  // namespace

std::string pack(const Reading& reading) {
  std::string packed;
  append_packed(packed, reading);
  return packed;
}

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

SharedDocument::SharedDocument(const Reading& reading) {
  MemoryPool pool;
  *this = SharedDocument(*share({&reading, 1}, pool).front());
}

std::vector<std::shared_ptr<const SharedDocument>> SharedDocument::share(std::span<const Reading> readings,
                                                                         MemoryPool& pool,
                                                                         bool wants_previous) {
  std::string all;
  all.reserve(expected_size(readings));
  std::vector<size_t> texts;
  std::vector<std::shared_ptr<SharedDocument>> shared;
  for (const auto& reading : readings) {
    const std::shared_ptr<SharedDocument> one(new SharedDocument);
    one->offset_ = all.size();
    texts.push_back(append_packed(all, reading, wants_previous));
    one->size_ = all.size() - one->offset_;
    shared.push_back(one);
  }
  const auto memory = pool.take(all.size());
  std::copy(all.begin(), all.end(), memory->bytes());
  for (size_t i = 0; i < shared.size(); ++i) {
    shared[i]->memory_ = memory;
    shared[i]->text_ = {memory->bytes() + texts[i], readings[i].document.text.size()};
  }
  return {shared.begin(), shared.end()};
}

}  // namespace stet
