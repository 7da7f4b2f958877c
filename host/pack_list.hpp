// Which packs a repository has, and taking some of them away.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "disk.hpp"

namespace stet {

// The lock of those who keep packs in order, in a repository's folder.
inline constexpr const char* keeper_lock = "stet.keeping.lock";

struct ListedPack {
  std::string name;      // without an ending
  uint64_t bytes = 0;    // of pack and index
  uint64_t file = 0;     // the pack's inode: one that a writer puts into its place has another
  bool is_kept = false;  // a file .keep says that it must stay
};

// Which file stands in a place; one that takes that place has another number. 0 when there is none.
uint64_t inode_of(const std::filesystem::path& file);

// How many there are, with an index or without: far quicker than to list them.
size_t count_packs(const std::filesystem::path& objects);

// Packs with an index, sorted by name. `objects`: a repository's folder of that name.
std::vector<ListedPack> list_packs(const std::filesystem::path& objects);

// Removes those that are still the ones listed, with what belongs to them. No multi-pack-index may name them.
void remove_packs(const Disk& disk, const std::filesystem::path& objects,
                  const std::vector<ListedPack>& packs);

// Indexes and the like whose pack is gone: what a kill amid remove_packs() leaves.
void remove_stray_indexes(const Disk& disk, const std::filesystem::path& objects);

}  // namespace stet
