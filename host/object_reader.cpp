#include "object_reader.hpp"

#include <stdexcept>
#include <utility>

#include "loose_object.hpp"

namespace stet {
namespace {

constexpr size_t cache_bytes = 8u << 20;

[[noreturn]] void wrong_type(const ObjectId& id, ObjectType wanted) {
  throw std::runtime_error("the object " + hex(id) + " is not a " + std::string(name(wanted)));
}

}  // namespace

ObjectReader::ObjectReader(std::filesystem::path objects)
    : objects_(std::move(objects)), packs_(objects_, cache_bytes) {
  packs_changed();
}

// Another process may have packed what was there before.
bool ObjectReader::packs_changed() {
  std::error_code none;
  const auto changed = std::filesystem::last_write_time(objects_ / "pack", none);
  if (std::exchange(packs_as_of_, changed) == changed) return false;
  packs_.refresh();
  return true;
}

ObjectReader::Bytes ObjectReader::find(const ObjectId& id, ObjectType type) {
  if (auto packed = packs_.read(id)) {
    if (packed->type != static_cast<unsigned>(type)) wrong_type(id, type);
    return {packed, &packed->bytes};
  }
  auto loose = read_loose_object(objects_, hex(id));
  if (!loose && packs_changed()) return find(id, type);
  if (!loose) throw std::runtime_error("the object " + hex(id) + " is lost");
  if (loose->type != name(type)) wrong_type(id, type);
  return std::make_shared<const std::string>(std::move(loose->bytes));
}

ObjectReader::Bytes ObjectReader::read(const ObjectId& id, ObjectType type) try {
  auto bytes = find(id, type);
  if (object_id(type, *bytes, sha1_) != id)
    throw std::runtime_error("the object is not what its id " + hex(id) + " says");
  return bytes;
} catch (const std::runtime_error& e) {
  throw std::runtime_error(std::string("cannot be read: ") + e.what());
}

}  // namespace stet
