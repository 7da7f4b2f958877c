// Packs whose index gives ids to whatever objects somebody likes.
#pragma once

#include "deflate.hpp"
#include "pack_entry.hpp"
#include "pack_file.hpp"
#include "scratch.hpp"

namespace stet::testing {

struct ForgedBlob {
  ObjectId id;
  std::string bytes;
};

// Gives the pack's name.
inline std::string plant_pack(const std::filesystem::path& folder, const std::vector<ForgedBlob>& blobs) {
  const Disk disk;
  PackFile file(disk, folder / "objects", PackOwner::recorder);
  for (const auto& blob : blobs) {
    std::string stored;
    append_object_header(stored, {static_cast<unsigned>(ObjectType::blob), blob.bytes.size()});
    Deflater().append(blob.bytes, stored);
    file.append(blob.id, stored);
  }
  return file.finish(0).name;
}

}  // namespace stet::testing
