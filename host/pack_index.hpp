// The index beside a pack: git's format, version 2 (gitformat-pack(5)).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "git_object.hpp"

namespace stet {

struct PackedObject {
  ObjectId id{};
  uint32_t crc32 = 0;   // of the object as it stands in the pack
  uint64_t offset = 0;  // there
};

// The index's bytes. `pack_checksum` are the last 20 bytes of the pack. No two objects have one id.
std::string pack_index(std::vector<PackedObject> objects, const Sha1Digest& pack_checksum);

}  // namespace stet
