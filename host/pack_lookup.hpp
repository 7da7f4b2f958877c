// Where a pack has an object, by its index. The bytes may be damaged, or anybody's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "descriptor.hpp"
#include "git_object.hpp"

namespace stet {

// An index that is none of version 2, or has another size than the objects it counts would take.
struct BadIndex : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The number of an id among `ids`, which follow each other in their order. `counts`: for each first byte, how
// many ids begin with it or a lower one, 256 big-endian numbers of four bytes that never fall and end with
// the number of ids. Both git's pack indexes and its multi-pack-index have the two.
std::optional<size_t> find_id(std::string_view counts, std::string_view ids, const ObjectId& id);

class PackLookup {
 public:
  // Throws BadIndex, or std::system_error when the file cannot be read.
  explicit PackLookup(const std::filesystem::path& index);

  struct Place {
    uint64_t offset = 0;
    uint32_t crc32 = 0;
  };
  // Throws BadIndex when the offset is none.
  std::optional<Place> find(const ObjectId& id) const;
  // The same where an index that somebody made up may have an id several times: all that stand together.
  std::vector<Place> find_all(const ObjectId& id) const;

  // All of them, in the order of their ids if the index is what git would write.
  size_t size() const { return objects_; }
  ObjectId id(size_t object) const;
  Place place(size_t object) const;  // throws as find()

 private:
  uint32_t number(size_t at) const;
  uint64_t offset(size_t object) const;
  void demand_whole();

  Mapping mapping_;
  std::string_view bytes_;
  size_t objects_ = 0, large_offsets_ = 0;
};

// Indexes that many threads look into, each mapped once: a mapping takes memory for every page of it that
// was looked at.
class SharedLookups {
 public:
  // Throws as PackLookup's constructor.
  std::shared_ptr<const PackLookup> open(const std::filesystem::path& index);

 private:
  std::mutex mutex_;
  std::map<std::filesystem::path, std::weak_ptr<const PackLookup>> open_;
};

}  // namespace stet
