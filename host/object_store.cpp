#include "object_store.hpp"

#include <array>
#include <stdexcept>

#include "loose_object.hpp"

namespace stet {
namespace {

constexpr std::array<std::string_view, 4> types{"commit", "tree", "blob", "tag"};

std::string header_of(const PackedBytes& object) {
  return std::string(types[object.type - 1]).append(" ").append(std::to_string(object.bytes.size())) + '\0';
}

}  // namespace

std::shared_ptr<const PackedBytes> ObjectStore::read(const ObjectId& id) {
  auto object = packs_.read(id);
  if (!object) object = loose(id);
  if (!object) {
    packs_.refresh();
    object = packs_.read(id);
  }
  if (!object) return nullptr;
  sha1_.update(header_of(*object));
  sha1_.update(object->bytes);
  if (sha1_.finish() != id) throw std::runtime_error("the object " + hex(id) + " is not what its id says");
  return object;
}

std::shared_ptr<const PackedBytes> ObjectStore::loose(const ObjectId& id) const {
  auto read = read_loose_object(objects_, hex(id));
  if (!read) return nullptr;
  for (size_t i = 0; i < types.size(); ++i)
    if (types[i] == read->type)
      return std::make_shared<const PackedBytes>(
          PackedBytes{static_cast<unsigned>(i + 1), std::move(read->bytes)});
  throw std::runtime_error("the object " + hex(id) + " is of no known type");
}

}  // namespace stet
