// Steps of finish(), and what a kill after each leaves:
//   sync the pack under its temporary name     a temporary file
//   sync the index under its temporary name    two
//   rename the pack                            a pack that nobody looks at, for want of an index, and the
//                                              temporary index, whose end names that pack
//   rename the index                           a whole pair that no reference needs
//   sync the folder                            the same
#include "pack.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include "delta.hpp"
#include "files.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

// git prune knows the prefix. The endings are not .pack and .idx, which git would take for the real ones.
constexpr const char* temporary_pack = "tmp_stet_pack";
constexpr const char* temporary_index = "tmp_stet_idx";

constexpr uint8_t longest_chain = 50;  // what git itself makes
constexpr size_t least_for_delta = 128;
constexpr unsigned offset_delta = 6;
constexpr size_t most_kept = 1u << 20;  // of the buffer for one object
constexpr size_t checksum_bytes = 20;

// Type and size: four bits of the size in the first byte, then seven a byte, lowest first.
void append_header(std::string& out, unsigned type, size_t size) {
  auto byte = static_cast<unsigned char>(type << 4 | (size & 15));
  for (size >>= 4; size > 0; size >>= 7) {
    out += static_cast<char>(byte | 0x80);
    byte = size & 0x7f;
  }
  out += static_cast<char>(byte);
}

// How far back the base begins: seven bits a byte, highest first, and one less in all but the last, so
// that no number can be written in two ways.
void append_distance(std::string& out, uint64_t distance) {
  std::array<char, 10> digits{};
  size_t at = digits.size() - 1;
  digits[at] = static_cast<char>(distance & 0x7f);
  while (distance >>= 7) digits[--at] = static_cast<char>(0x80 | (--distance & 0x7f));
  out.append(digits.data() + at, digits.size() - at);
}

std::string pack_header(size_t objects) {
  std::string header("PACK\0\0\0\2", 8);
  append_big_endian(header, objects, 4);
  return header;
}

}  // namespace

PackWriter::PackWriter(const Disk& disk, const fs::path& objects) : disk_(disk), folder_(objects / "pack") {
  fs::create_directories(folder_);
  remove_leftovers();
}

// The pack goes first: without the temporary index nobody would know it for a leftover.
void PackWriter::remove_leftovers() const {
  const fs::path index = folder_ / temporary_index;
  if (fs::exists(index)) {
    const std::string bytes = read_file(index, std::numeric_limits<size_t>::max());
    if (bytes.size() >= 2 * checksum_bytes) {
      const std::string checksum = bytes.substr(bytes.size() - 2 * checksum_bytes, checksum_bytes);
      const fs::path pack = folder_ / ("pack-" + hex(checksum));
      if (!fs::exists(pack.string() + ".idx")) disk_.remove(pack.string() + ".pack");
    }
    disk_.remove(index);
  }
  if (fs::exists(folder_ / temporary_pack)) disk_.remove(folder_ / temporary_pack);
}

ObjectId PackWriter::add(ObjectType type, std::string_view bytes, const std::optional<DeltaBase>& base) {
  PackedObject object{object_id(type, bytes, sha1_)};
  if (numbers_.contains(object.id)) return object.id;
  if (!file_) file_.emplace(disk_, folder_ / temporary_pack, 0444u).write(pack_header(0));
  object.offset = file_->size();
  if (!base || !write_delta(object, bytes, *base)) {
    write_whole(type, bytes);
    depths_.push_back(0);
  }
  object.crc32 = crc32_of(packed_);
  file_->write(packed_);
  if (packed_.capacity() > most_kept) packed_ = {};
  numbers_.emplace(object.id, static_cast<uint32_t>(objects_.size()));
  objects_.push_back(object);
  return object.id;
}

bool PackWriter::write_delta(const PackedObject& object, std::string_view bytes, const DeltaBase& base) {
  const auto found = numbers_.find(base.id);
  if (found == numbers_.end() || bytes.size() < least_for_delta) return false;
  const uint8_t depth = depths_[found->second];
  if (depth == longest_chain) return false;
  const auto delta = make_delta(base.bytes, bytes, bytes.size() / 2);
  if (!delta) return false;
  packed_.clear();
  append_header(packed_, offset_delta, delta->size());
  append_distance(packed_, object.offset - objects_[found->second].offset);
  deflater_.append(*delta, packed_);
  depths_.push_back(static_cast<uint8_t>(depth + 1));
  ++deltas_;
  return true;
}

void PackWriter::write_whole(ObjectType type, std::string_view bytes) {
  packed_.clear();
  append_header(packed_, static_cast<unsigned>(type), bytes.size());
  deflater_.append(bytes, packed_);
}

PackSummary PackWriter::finish() {
  PackSummary summary;
  if (objects_.empty()) return summary;
  const Sha1Digest checksum = complete();
  summary = {"pack-" + hex(checksum), objects_.size(), deltas_, file_->size(), 0};
  NewFile index(disk_, folder_ / temporary_index, 0444u);
  index.write(pack_index(std::move(objects_), checksum));
  index.sync();
  summary.index_bytes = index.size();
  publish(summary, index);
  return summary;
}

// The header counts the objects, which is known only now, and the checksum covers the header.
Sha1Digest PackWriter::complete() {
  if (objects_.size() > std::numeric_limits<uint32_t>::max())
    throw std::runtime_error("a pack cannot hold so many objects");
  file_->flush();
  file_->write_at(0, pack_header(objects_.size()));
  file_->read_back([&](std::string_view bytes) { sha1_.update(bytes); });
  const Sha1Digest checksum = sha1_.finish();
  file_->write(bytes_of(checksum));
  file_->sync();
  return checksum;
}

void PackWriter::publish(const PackSummary& summary, NewFile& index) {
  const fs::path pack_place = folder_ / (summary.name + ".pack"),
                 index_place = folder_ / (summary.name + ".idx");
  file_->rename_to(pack_place);
  try {
    index.rename_to(index_place);
  } catch (...) {
    std::error_code ignored;  // the temporary index, which names the pack, goes with this
    if (!fs::exists(index_place, ignored)) fs::remove(pack_place, ignored);
    throw;
  }
  disk_.sync_folder(folder_);
}

}  // namespace stet
