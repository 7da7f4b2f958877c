#include "pack.hpp"

#include "pack_entry.hpp"

namespace stet {
namespace {

constexpr uint8_t longest_chain = 50;   // what git itself makes
constexpr size_t most_kept = 1u << 20;  // of the buffer for one object

}  // namespace

PackWriter::PackWriter(const Disk& disk, const std::filesystem::path& objects)
    : file_(disk, objects, PackOwner::recorder) {
  remove_pack_leftovers(disk, objects, PackOwner::recorder);
}

ObjectId PackWriter::add(ObjectType type, std::string_view bytes, const std::optional<DeltaBase>& base) {
  const ObjectId id = object_id(type, bytes, sha1_);
  if (numbers_.contains(id)) return id;
  const auto number = base ? usable(base->id) : std::nullopt;
  write(make_packable(id, type, bytes, number ? base : std::nullopt, deflater_), number);
  return id;
}

void PackWriter::add(const Packable& object, std::string_view bytes) {
  if (numbers_.contains(object.id)) return;
  const auto number = object.base ? usable(*object.base) : std::nullopt;
  if (object.base && !number)
    write(make_packable(object.id, object.type, bytes, {}, deflater_), {});
  else
    write(object, number);
}

std::optional<uint32_t> PackWriter::usable(const ObjectId& base) const {
  const auto found = numbers_.find(base);
  if (found == numbers_.end() || depths_[found->second] == longest_chain) return std::nullopt;
  return found->second;
}

void PackWriter::write(const Packable& object, std::optional<uint32_t> base) {
  const bool is_delta = object.base.has_value();
  const uint64_t offset = file_.size();
  stored_.clear();
  append_object_header(stored_, {is_delta ? offset_delta : static_cast<unsigned>(object.type), object.size});
  if (is_delta) append_distance(stored_, offset - offsets_[*base]);
  stored_ += object.deflated;
  file_.append(object.id, stored_);
  if (stored_.capacity() > most_kept) stored_ = {};
  numbers_.emplace(object.id, static_cast<uint32_t>(offsets_.size()));
  offsets_.push_back(offset);
  depths_.push_back(is_delta ? static_cast<uint8_t>(depths_[*base] + 1) : 0);
  deltas_ += is_delta;
}

PackSummary PackWriter::finish() {
  return file_.finish(deltas_);
}

}  // namespace stet
