#include "object_reader.hpp"

#include <stdexcept>
#include <utility>

#include "loose_object.hpp"

namespace stet {
namespace {

constexpr size_t cache_bytes = 2u << 20;

[[noreturn]] void wrong_type(const ObjectId& id, ObjectType wanted) {
  throw std::runtime_error("the object " + hex(id) + " is not a " + std::string(name(wanted)));
}

}  // namespace

ObjectReader::ObjectReader(std::filesystem::path objects, std::shared_ptr<SharedLookups> lookups)
    : objects_(std::move(objects)), packs_(objects_, cache_bytes, std::move(lookups)) {}

ObjectReader::Bytes ObjectReader::find(const ObjectId& id, ObjectType type, bool is_fresh) {
  if (auto packed = packs_.read(id)) {
    if (packed->type != static_cast<unsigned>(type)) wrong_type(id, type);
    return {packed, &packed->bytes};
  }
  auto loose = read_loose_object(objects_, hex(id));
  if (!loose && !is_fresh) {
    packs_.refresh();  // another process may have written a pack, or packed what was there before
    return find(id, type, true);
  }
  if (!loose) throw std::runtime_error("the object " + hex(id) + " is lost");
  if (loose->type != name(type)) wrong_type(id, type);
  return std::make_shared<const std::string>(std::move(loose->bytes));
}

ObjectReader::Bytes ObjectReader::read(const ObjectId& id, ObjectType type) try {
  auto bytes = find(id, type);
  if (object_id(type, *bytes, sha1_) != id)
    throw std::runtime_error("the object is not what its id " + hex(id) + " says");
  ++read_;
  return bytes;
} catch (const std::runtime_error& e) {
  throw std::runtime_error(std::string("cannot be read: ") + e.what());
}

}  // namespace stet
