#include "object_reader.hpp"

#include <stdexcept>
#include <utility>

#include "loose_object.hpp"
#include "pack_copies.hpp"

namespace stet {
namespace {

constexpr size_t cache_bytes = 2u << 20;

[[noreturn]] void wrong_type(const ObjectId& id, ObjectType wanted) {
  throw std::runtime_error("the object " + hex(id) + " is not a " + std::string(name(wanted)));
}

[[noreturn]] void refuse_lost(const std::filesystem::path& objects, const ObjectId& id) {
  std::error_code none;
  const bool is_shallow = std::filesystem::exists(objects.parent_path() / "shallow", none);
  throw std::runtime_error("the object " + hex(id) +
                           (is_shallow ? " is not here: this is a shallow clone" : " is lost"));
}

}  // namespace

ObjectReader::ObjectReader(std::filesystem::path objects, std::shared_ptr<SharedLookups> lookups,
                           Copies right)
    : objects_(std::move(objects)), packs_(objects_, cache_bytes, std::move(lookups)), right_(right) {}

ObjectReader::Bytes ObjectReader::find(const ObjectId& id, ObjectType type, bool is_fresh) {
  if (auto packed = packs_.read(id)) {
    if (packed->type != static_cast<unsigned>(type)) wrong_type(id, type);
    return {packed, &packed->bytes};
  }
  if (auto bytes = loose(id, type)) return bytes;
  if (is_fresh) refuse_lost(objects_, id);
  packs_.refresh();  // another process may have written a pack, or packed what was there before
  return find(id, type, true);
}

ObjectReader::Bytes ObjectReader::loose(const ObjectId& id, ObjectType type) {
  auto loose = read_loose_object(objects_, hex(id));
  if (!loose) return nullptr;
  if (loose->type != name(type)) wrong_type(id, type);
  return std::make_shared<const std::string>(std::move(loose->bytes));
}

ObjectReader::Bytes ObjectReader::demand_right(const ObjectId& id, ObjectType type, Bytes bytes) {
  if (bytes && object_id(type, *bytes, sha1_) != id)
    throw std::runtime_error("the object is not what its id " + hex(id) + " says");
  return bytes;
}

// Null when there is none.
ObjectReader::Bytes ObjectReader::right_copy(const ObjectId& id, ObjectType type) try {
  for (const auto& copy : packs_.copies(id))
    if (const auto packed = copy_fault(packs_, copy, id, sha1_) ? nullptr : packs_.read_copy(copy))
      if (packed->type == static_cast<unsigned>(type)) return {packed, &packed->bytes};
  return demand_right(id, type, loose(id, type));
} catch (const std::runtime_error&) {
  return nullptr;
}

void ObjectReader::demand_right_copies(const ObjectId& id) {
  const auto copies = packs_.copies(id);
  if (copies.size() < 2) return;
  for (const auto& copy : copies)
    if (const auto fault = copy_fault(packs_, copy, id, sha1_))
      throw std::runtime_error("objects/pack/" + copy.pack + ".idx " + *fault);
}

ObjectReader::Bytes ObjectReader::read(const ObjectId& id, ObjectType type) try {
  Bytes bytes;
  try {
    bytes = demand_right(id, type, find(id, type));
  } catch (const std::runtime_error&) {
    if (right_ == Copies::any) bytes = right_copy(id, type);
    if (!bytes) throw;
  }
  if (right_ == Copies::all) demand_right_copies(id);
  ++read_;
  return bytes;
} catch (const std::runtime_error& e) {
  throw std::runtime_error(std::string("cannot be read: ") + e.what());
}

}  // namespace stet
