#include "shared_document.hpp"

#include <algorithm>

#include "packed_document.hpp"

namespace stet {
namespace {

using packed::Header;
using packed::PackedNode;

template <class T>
void append(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
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
