// A pack and its index while they are written (gitformat-pack(5), version 2 of both).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disk.hpp"
#include "git_object.hpp"
#include "pack_index.hpp"

namespace stet {

struct PackSummary {
  std::string name;  // "pack-" and the pack's checksum in hex; empty when there was nothing to write
  size_t objects = 0, deltas = 0;
  uint64_t bytes = 0, index_bytes = 0;
};

// Who writes, so that no two write the same temporary files: whoever records, under the ledger's lock, or
// whoever keeps the packs in order, under a lock of its own.
enum class PackOwner { recorder, keeper };

// A pack that is there, with its index, when finish() has returned, and not at all before. What a kill leaves
// in between, remove_pack_leftovers() removes. Takes 32 bytes of memory for each object. Throws
// std::runtime_error naming the file that could not be written; after that it can only be destroyed.
class PackFile {
 public:
  // `objects`: a repository's folder of that name. `disk` must outlive this.
  PackFile(const Disk& disk, const std::filesystem::path& objects, PackOwner owner);

  uint64_t size() const;  // where the next object begins
  size_t objects() const { return objects_.size(); }
  uint64_t offset(size_t object) const { return objects_.at(object).offset; }  // as they were appended
  // An object as packs store it, header and all. No object is appended twice.
  void append(const ObjectId& id, std::string_view stored);

  // Syncs the pack, the index and their folder. Without any object it makes no file. `deltas` is for the
  // summary.
  PackSummary finish(size_t deltas);

 private:
  Sha1Digest complete();
  void publish(const PackSummary& summary, NewFile& index);

  const Disk& disk_;
  std::filesystem::path folder_;
  PackOwner owner_;
  std::optional<NewFile> file_;
  std::vector<PackedObject> objects_;
};

// What a killed process of this owner has left. Whoever calls it holds that owner's lock.
void remove_pack_leftovers(const Disk& disk, const std::filesystem::path& objects, PackOwner owner);

}  // namespace stet
