// One index over many packs: git's multi-pack-index (gitformat-pack(5)), version 1. Where git and PackReader
// find an object without looking into the index of every pack.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor.hpp"
#include "disk.hpp"
#include "git_object.hpp"

namespace stet {

// Writes objects/pack/multi-pack-index over the packs of these names ("pack-..."), synced, in the place of
// one that is there. Takes 13 bytes of memory for each object. Without a pack it removes what is there.
// Throws BadIndex for a pack whose index is damaged, std::system_error for one that is not there.
void write_multi_pack_index(const Disk& disk, const std::filesystem::path& objects,
                            std::vector<std::string> packs);

// One that may be damaged, or anybody's: what it says is a hint, to be checked with the pack's own index.
class MultiPackLookup {
 public:
  // Nothing when there is none that is whole.
  static std::unique_ptr<const MultiPackLookup> open(const std::filesystem::path& objects);

  // Names of the packs, without an ending.
  const std::vector<std::string>& packs() const { return packs_; }
  // The number in packs() of one that has the object.
  std::optional<size_t> find(const ObjectId& id) const;

  // All that it says, in the order of the ids.
  struct Object {
    ObjectId id{};
    uint64_t pack = 0;    // a number in packs(), unless it is damaged
    uint64_t offset = 0;  // there
  };
  size_t size() const;
  Object object(size_t number) const;
  bool matches_checksum() const;  // the one at its end

 private:
  explicit MultiPackLookup(const std::filesystem::path& file);
  void read_names(std::string_view names, size_t count);

  Mapping mapping_;
  std::string_view bytes_, counts_, ids_, places_, large_;
  std::vector<std::string> packs_;
};

}  // namespace stet
