// Writes git's objects, many at once, as a pack and its index: what a batch brings.
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
#include "pack_file.hpp"
#include "packable.hpp"

namespace stet {

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
  // The same for one that was made ready; `bytes` in case that its delta cannot be used.
  void add(const Packable& object, std::string_view bytes);

  // For objects that are made ready for this pack; by one thread, and not while an object is added.
  Deflater& deflater() { return deflater_; }

  // Syncs the pack, the index and their folder. Without any object it makes no file.
  PackSummary finish();

 private:
  // Where the base stands; nothing when it is not here, or below too many others.
  std::optional<uint32_t> usable(const ObjectId& base) const;
  void write(const Packable& object, std::optional<uint32_t> base);

  PackFile file_;
  Deflater deflater_;
  Sha1 sha1_;
  std::string stored_;             // the object at hand, as it goes into the pack
  std::vector<uint64_t> offsets_;  // of the objects
  std::vector<uint8_t> depths_;    // of the chains of deltas below them
  std::unordered_map<ObjectId, uint32_t, ObjectIdHash> numbers_;
  size_t deltas_ = 0;
};

}  // namespace stet
