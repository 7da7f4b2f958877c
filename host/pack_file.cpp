// Steps of finish(), and what a kill after each leaves:
//   write the pack under its temporary name    a temporary file
//   write the index under its temporary name   two
//   sync both                                  the same
//   rename the pack                            a pack that nobody looks at, for want of an index, and the
//                                              temporary index, whose end names that pack
//   rename the index                           a whole pair that no reference needs
//   sync the folder                            the same
#include "pack_file.hpp"

#include <limits>
#include <stdexcept>

#include "big_endian.hpp"
#include "deflate.hpp"
#include "files.hpp"

namespace stet {
namespace {

namespace fs = std::filesystem;

constexpr size_t checksum_bytes = 20;

// git prune knows the prefix. The endings are not .pack and .idx, which git would take for the real ones.
const char* temporary_pack(PackOwner owner) {
  return owner == PackOwner::recorder ? "tmp_stet_pack" : "tmp_stet_kept_pack";
}
const char* temporary_index(PackOwner owner) {
  return owner == PackOwner::recorder ? "tmp_stet_idx" : "tmp_stet_kept_idx";
}

std::string pack_header(size_t objects) {
  std::string header("PACK\0\0\0\2", 8);
  append_big_endian(header, objects, 4);
  return header;
}

}  // namespace

// The pack goes first: without the temporary index nobody would know it for a leftover.
void remove_pack_leftovers(const Disk& disk, const fs::path& objects, PackOwner owner) {
  const fs::path folder = objects / "pack", index = folder / temporary_index(owner);
  if (is_taken(index)) {
    const bool is_ours = fs::is_regular_file(fs::symlink_status(index));
    const std::string bytes = is_ours ? read_file(index, std::numeric_limits<size_t>::max()) : "";
    if (bytes.size() >= 2 * checksum_bytes) {
      const std::string checksum = bytes.substr(bytes.size() - 2 * checksum_bytes, checksum_bytes);
      const fs::path pack = folder / ("pack-" + hex(checksum));
      if (!is_taken(pack.string() + ".idx")) disk.remove(pack.string() + ".pack");
    }
    disk.remove(index);
  }
  if (is_taken(folder / temporary_pack(owner))) disk.remove(folder / temporary_pack(owner));
}

PackFile::PackFile(const Disk& disk, const fs::path& objects, PackOwner owner)
    : disk_(disk), folder_(objects / "pack"), owner_(owner) {
  fs::create_directories(folder_);
}

uint64_t PackFile::size() const {
  return file_ ? file_->size() : pack_header(0).size();
}

void PackFile::append(const ObjectId& id, std::string_view stored) {
  if (!file_) file_.emplace(disk_, folder_ / temporary_pack(owner_), 0444u).write(pack_header(0));
  objects_.push_back({id, crc32_of(stored), file_->size()});
  file_->write(stored);
}

PackSummary PackFile::finish(size_t deltas) {
  PackSummary summary;
  if (objects_.empty()) return summary;
  const Sha1Digest checksum = complete();
  summary = {"pack-" + hex(checksum), objects_.size(), deltas, file_->size(), 0};
  NewFile index(disk_, folder_ / temporary_index(owner_), 0444u);
  index.write(pack_index(std::move(objects_), checksum));
  index.start_sync();
  file_->sync();
  index.sync();
  summary.index_bytes = index.size();
  publish(summary, index);
  return summary;
}

// The header counts the objects, which is known only now, and the checksum covers the header.
Sha1Digest PackFile::complete() {
  if (objects_.size() > std::numeric_limits<uint32_t>::max())
    throw std::runtime_error("a pack cannot hold so many objects");
  file_->flush();
  file_->write_at(0, pack_header(objects_.size()));
  Sha1 sha1;
  file_->read_back([&](std::string_view bytes) { sha1.update(bytes); });
  const Sha1Digest checksum = sha1.finish();
  file_->write(bytes_of(checksum));
  file_->start_sync();
  return checksum;
}

void PackFile::publish(const PackSummary& summary, NewFile& index) {
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
