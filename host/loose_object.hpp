// Reads git's loose objects, trusting nothing in them.
//
// libgit2 1.5 allocates what an object's header declares and then copies what it has already inflated
// of the object, up to some 60 bytes, without comparing the two: one damaged byte in a stored object is
// enough for it to write beyond its buffer. So git.cpp uses this reader in the place of libgit2's own.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace stet {

inline constexpr size_t max_object_bytes = 256u << 20;

struct LooseObject {
  std::string type;  // "blob", "tree", "commit", "tag"
  std::string bytes;
};

// The object of that id (hex) in a repository's folder `objects`; nothing when it is not there as a
// loose object. Whether the bytes hash to the id is not looked at. Throws std::runtime_error with the
// reason: not a whole zlib stream, bytes after it, no header, another size than the header declares,
// more than max_object_bytes.
std::optional<LooseObject> read_loose_object(const std::filesystem::path& objects, std::string_view id);

// The same for the bytes of the object's file.
LooseObject parse_loose_object(std::string_view deflated);

}  // namespace stet
