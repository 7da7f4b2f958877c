// Several packs made one, their objects as they are: cheap, and what a writer that leaves a pack each time
// needs now and then. How much space they take stays as it was; see compaction.hpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "disk.hpp"
#include "pack_file.hpp"

namespace stet {

// Writes one pack, synced, that holds all objects of the packs of these names, each once. They stay. Whoever
// calls holds the lock of those who keep packs in order. Throws std::runtime_error naming a pack that is
// damaged.
PackSummary join_packs(const Disk& disk, const std::filesystem::path& objects,
                       const std::vector<std::string>& names);

// When more than some dozens of packs are in no multi-pack-index, joins the smallest of them and removes
// these. The rest grows as powers of two do, so that each object is copied a few times at most. Does nothing
// while another process keeps the packs in order, and nothing lasting when a step fails. Whoever calls holds
// the ledger's lock. `repository`: the folder that holds HEAD.
void join_small_packs(const Disk& disk, const std::filesystem::path& repository);

inline constexpr size_t most_small_packs = 50;
// Which of packs of these sizes join_small_packs() takes: the first so many of them, sorted.
size_t small_packs_to_join(const std::vector<uint64_t>& sorted_bytes);

}  // namespace stet
