// Objects written anew so that those of an article lie together.
//
// Deltas cannot cross packs, so that what many batches brought takes two to three times the space that it
// needs. Here each object is a delta of what is most like it (delta_bases.hpp), if that makes it smaller.
// git's own repack, which guesses by names what is alike, makes such a repository larger.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "disk.hpp"
#include "history.hpp"
#include "pack_file.hpp"

namespace stet {

struct CompactionOptions {
  uint64_t most_pack_bytes = 256u << 20;  // so that several packs can be verified at once
  int level = 9;                          // of deflate, 1 to 12
  unsigned threads = 0;                   // 0: as many as the machine has, up to 8
  std::function<void(size_t done, size_t of)> progress;
};

// Bytes in the packs, by what they are for.
struct PackedParts {
  uint64_t commits = 0, trees = 0, documents = 0, texts = 0, reports = 0, signatures = 0, others = 0;
};

struct Compacted {
  std::vector<PackSummary> packs;
  PackedParts parts;
};

// Writes packs that hold all of `objects`, whole and synced, an article's in one pack unless they are more
// than fit. Reads them from the repository's folder `folder`, each checked against its id. Whoever calls
// holds the lock of those who keep packs in order. Takes 4 bytes of memory an object, 32 for each of one
// pack, and some MB a thread. Throws std::runtime_error naming an object or a file.
Compacted write_compacted(const Disk& disk, const std::filesystem::path& folder,
                          const ReachedObjects& objects, const CompactionOptions& options);

}  // namespace stet
