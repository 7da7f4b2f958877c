// Keeps a ledger's objects in order: fewer packs, less space, indexes that make reading fast.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "compaction.hpp"
#include "disk.hpp"
#include "file_lock.hpp"
#include "ledger.hpp"

namespace stet {

struct MaintenanceOptions {
  uint64_t most_pack_bytes = 256u << 20;
  int level = 9;         // of deflate, 1 to 12
  unsigned threads = 0;  // 0: as many as the machine has
  // Everything that no reference reaches goes for good, in loose objects too: what a takedown asks for.
  // Without, such loose objects stay, and nothing is done where nothing has changed since the last time.
  bool purge = false;
  std::function<void(const char* what, size_t done, size_t of)> progress;  // `of` 0: not known
  LockWait wait{0};   // for another process that keeps this ledger's packs in order
  BeforeStep before;  // called before every step that changes the disk
};

struct Upkeep {
  bool was_needed = true;
  bool removed_old = true;  // false: what was recorded meanwhile needs the old packs; they go the next time
  size_t packs_before = 0, packs_after = 0;
  uint64_t bytes_before = 0, bytes_after = 0;  // of packs, indexes and loose objects
  size_t objects = 0;
  PackedParts parts;         // of bytes_after, without
  uint64_t index_bytes = 0;  // packs' indexes, multi-pack-index and commit-graph
};

// Writes all that the repository's references reach into new packs (compaction.hpp), then multi-pack-index
// and commit-graph, and removes the packs and loose objects that were there before. Others may read and
// record meanwhile; the ledger's lock is held only while packs are listed and while the old ones are removed.
// Killed at any time, the ledger reads as before, and the next call cleans up. What no reference reaches is
// dropped with the packs that hold it. Throws std::runtime_error: an object is damaged or lost, the disk is
// full, another process keeps this ledger's packs in order (for longer than `wait`).
Upkeep maintain(const Ledger& ledger, const MaintenanceOptions& options = {});

}  // namespace stet
