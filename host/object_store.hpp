// All objects of a repository: packed and loose ones, each checked against its id.
#pragma once

#include <filesystem>
#include <memory>

#include "digest.hpp"
#include "pack_reader.hpp"

namespace stet {

// One thread at a time.
class ObjectStore {
 public:
  // `objects`: the repository's folder of that name. `cache_bytes` are for objects that others are deltas of.
  ObjectStore(const std::filesystem::path& objects, size_t cache_bytes)
      : objects_(objects), packs_(objects, cache_bytes) {}

  // The object; null when it is not there. What another process has written or packed anew meanwhile is
  // found. Throws std::runtime_error with the reason when it is damaged, or not what its id says.
  std::shared_ptr<const PackedBytes> read(const ObjectId& id);

 private:
  std::shared_ptr<const PackedBytes> loose(const ObjectId& id) const;

  std::filesystem::path objects_;
  PackReader packs_;
  Sha1 sha1_;
};

}  // namespace stet
