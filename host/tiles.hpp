// A Merkle tree as files: the tiles of C2SP tlog-tiles, 256 hashes wide. Only paths and bytes: who reads
// and writes them is elsewhere. There are no entry bundles, since a ledger's log holds hashes alone.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "merkle.hpp"

namespace stet {

// Hashes of `width` subtrees of level 8 * level, from subtree 256 * index on.
struct Tile {
  uint32_t level;  // 0 to 7
  uint64_t index;
  uint32_t width = 256;  // 1 to 256
};

// "tile/0/x001/234", and with ".p/<width>" behind it where the tile is not full.
std::string tile_path(const Tile& tile);

// The bytes of the file at a path that tile_path() gave; nothing if there is none.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

// Reads the hashes of the tree with this size and root. All that it gives has been checked against the
// root. Partial tiles are read here, full ones when needed, at most one a level being kept. A full tile
// takes the place of a partial one that is gone. Throws std::runtime_error naming the path, here and when
// called: a tile is missing, has another size than it should, or does not fit the tile above it. Partial
// tiles that do not give the root are named together. std::out_of_range for a subtree outside the tree.
// Not for use from two threads at once.
HashReader tile_reader(uint64_t size, const Hash& root, FileReader read);

struct TileFile {
  std::string path;
  std::string bytes;
};

// What appending changes among the files.
struct TileChanges {
  std::vector<TileFile>
      written;  // each a new file; full tiles in the order they filled up, then partial ones
  // Partial tiles that a wider one takes the place of. A server of checkpoints keeps them for those who
  // hold an older checkpoint, until the tile is full.
  std::vector<std::string> superseded;
  // Folders of partial tiles ("tile/0/000.p") whose tile is full now: they may go.
  std::vector<std::string> obsolete;
};

// The growing end of a tree in tiles. A copy is a place to return to when writing fails.
class TileAppender {
 public:
  TileAppender() = default;  // of the empty tree
  // Reads and checks the partial tiles; throws as tile_reader() does.
  TileAppender(uint64_t size, const Hash& root, const FileReader& read);

  uint64_t size() const { return edge_.size(); }
  Hash root() const { return edge_.root(); }
  TileChanges append(std::span<const Hash> leaves);

 private:
  void add(const Hash& leaf, std::vector<TileFile>& full);

  RightEdge edge_;
  std::vector<std::string> open_;  // bytes of the partial tile of each level, if any
};

}  // namespace stet
