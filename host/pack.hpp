// Writes git's objects, many at once, as a pack and its index (gitformat-pack(5), version 2 of both).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "deflate.hpp"
#include "disk.hpp"
#include "git_object.hpp"
#include "pack_index.hpp"

namespace stet {

// An object of the same pack that another is much like.
struct DeltaBase {
  ObjectId id;
  std::string_view bytes;
};

struct PackSummary {
  std::string name;  // "pack-" and the pack's checksum in hex; empty when there was nothing to write
  size_t objects = 0, deltas = 0;
  uint64_t bytes = 0, index_bytes = 0;
};

// A pack that is there, with its index, when finish() has returned, and not at all before; a kill in
// between leaves at most what the next PackWriter removes. Whoever has one holds the ledger's lock.
//
// Objects go to the disk as they are added; what stays in memory is about 100 bytes for each. Throws
// std::runtime_error naming the file that could not be written; after that it can only be destroyed.
class PackWriter {
 public:
  // `objects`: a repository's folder of that name. `disk` must outlive this.
  PackWriter(const Disk& disk, const std::filesystem::path& objects);

  // An object that was added before is not written again. Stored as a delta against `base` if that
  // is in this pack and the delta takes less than half the space.
  ObjectId add(ObjectType type, std::string_view bytes, const std::optional<DeltaBase>& base = {});

  // Syncs the pack, the index and their folder. Without any object it makes no file.
  PackSummary finish();

 private:
  void remove_leftovers() const;
  bool write_delta(const PackedObject& object, std::string_view bytes, const DeltaBase& base);
  void write_whole(ObjectType type, std::string_view bytes);
  Sha1Digest complete();
  void publish(const PackSummary& summary, NewFile& index);

  const Disk& disk_;
  std::filesystem::path folder_;
  std::optional<NewFile> file_;
  Deflater deflater_;
  Sha1 sha1_;
  std::string packed_;  // the object at hand, as it goes into the pack
  std::vector<PackedObject> objects_;
  std::vector<uint8_t> depths_;                                   // of the chains of deltas below objects_
  std::unordered_map<ObjectId, uint32_t, ObjectIdHash> numbers_;  // in objects_
  size_t deltas_ = 0;
};

}  // namespace stet
