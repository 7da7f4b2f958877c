// Reads git's packs, trusting nothing in them.
//
// libgit2 1.5 crashes on some damage: one flipped byte of a pack or its index can be enough. It also keeps
// every pack open that it has looked into, and up to 16 MB of what each holds in memory.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bounded_cache.hpp"
#include "deflate.hpp"
#include "git_object.hpp"
#include "multi_pack_index.hpp"
#include "pack_lookup.hpp"
#include "pack_window.hpp"

namespace stet {

struct PackedBytes {
  unsigned type = 0;  // as packs have it: 1 commit, 2 tree, 3 blob, 4 tag
  std::string bytes;
  size_t capacity() const { return bytes.capacity(); }
};

// The packs of one repository. One thread at a time. Maps every index that it looks into and keeps up to
// 64 packs open. A multi-pack-index tells where to look first, and nothing
// else.
class PackReader {
 public:
  // `objects`: the repository's folder of that name. `cache_bytes` are for objects that others are deltas of.
  // Readers of one repository may share their lookups.
  PackReader(const std::filesystem::path& objects, size_t cache_bytes,
             std::shared_ptr<SharedLookups> lookups = std::make_shared<SharedLookups>());
  ~PackReader();

  // The object; null when no pack has it that was there at the last refresh(). What the pack holds of it
  // matches the CRC-32 in the index; whether it hashes to the id is not looked at. Throws
  // std::runtime_error with the reason: damage, more than max_object_bytes. An index that is damaged all
  // over counts as none.
  std::shared_ptr<const PackedBytes> read(const ObjectId& id);

  // A place where a pack ("pack-...") has an object, by its index.
  struct Copy {
    std::string pack;
    PackLookup::Place place;
  };
  // All that packs have of the object. Throws as read() where an index cannot be read.
  std::vector<Copy> copies(const ObjectId& id);
  // What stands there, as read(); null when there is no such pack any more.
  std::shared_ptr<const PackedBytes> read_copy(const Copy& copy);

  // Looks for packs that came or went.
  void refresh();

 private:
  struct Pack;
  struct Stored;
  struct Place {
    Pack* pack;
    uint64_t offset;
    bool operator==(const Place&) const = default;
  };
  using Object = std::shared_ptr<const PackedBytes>;
  struct PlaceHash {
    size_t operator()(const Place& place) const;
  };

  void list_packs();
  void forget_places();
  void read_hints();
  Object look_up(const ObjectId& id);
  Object look_up_in(Pack* pack, const ObjectId& id);
  Pack* hint(const ObjectId& id) const;
  Object made(Place place, uint32_t crc32);
  Stored stored(const Place& place, std::optional<uint32_t> crc32);
  std::string_view inflate(const Place& place, size_t header, Stored& object);
  Place base_of(const Place& place, unsigned type, std::string_view& header);
  std::string_view window(const Place& place, size_t size);

  std::filesystem::path folder_;
  std::shared_ptr<SharedLookups> lookups_;
  std::vector<std::unique_ptr<Pack>> packs_;
  Pack* last_found_ = nullptr;
  Pack* last_named_ = nullptr;  // by read_copy()
  std::unique_ptr<const MultiPackLookup> hints_;
  std::vector<Pack*> hinted_;  // the packs that hints_ numbers; null for one that is not there
  size_t open_ = 0;
  PackWindows windows_;
  Inflater inflater_;
  BoundedCache<Place, PackedBytes, PlaceHash> cache_;
};

}  // namespace stet
