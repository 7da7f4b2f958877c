#include "tiles.hpp"

#include <array>
#include <memory>
#include <stdexcept>

namespace stet {
namespace {

constexpr uint32_t height = 8;  // levels of the tree that a tile stands for
constexpr uint32_t full_width = 1 << height;
constexpr uint32_t tile_levels = 64 / height;
constexpr size_t hash_size = sizeof(Hash);

// Hashes that the tiles of a level hold in a tree of this size.
uint64_t hashes_at(uint32_t level, uint64_t size) {
  return level < tile_levels ? size >> (height * level) : 0;
}

// The tile at the right end of a level; its width is 0 if all tiles there are full.
Tile end_tile(uint32_t level, uint64_t size) {
  const uint64_t hashes = hashes_at(level, size);
  return {level, hashes / full_width, static_cast<uint32_t>(hashes % full_width)};
}

std::string load(const Tile& tile, const FileReader& read) {
  std::string path = tile_path(tile);
  uint32_t width = tile.width;
  auto bytes = read(path);
  if (const std::string full = tile_path({tile.level, tile.index}); !bytes && width != full_width) {
    bytes = read(full);
    if (bytes) path = full, width = full_width;
  }
  if (!bytes) throw std::runtime_error(path + ": the tile is missing");
  if (bytes->size() != width * hash_size)
    throw std::runtime_error(path + ": a tile of " + std::to_string(width) + " hashes has " +
                             std::to_string(width * hash_size) + " bytes, not " +
                             std::to_string(bytes->size()));
  bytes->resize(tile.width * hash_size);
  return std::move(*bytes);
}

// A tile's hashes and those of all complete subtrees over them.
class Nodes {
 public:
  Nodes() = default;
  explicit Nodes(std::string_view bytes) {
    auto& stored = rows_.front();
    for (; !bytes.empty(); bytes.remove_prefix(hash_size))
      stored.push_back(*hash_from(bytes.substr(0, hash_size)));
    for (uint32_t row = 1; row <= height; ++row) {
      const auto& below = rows_[row - 1];
      for (size_t i = 0; i + 1 < below.size(); i += 2)
        rows_[row].push_back(node_hash(below[i], below[i + 1]));
    }
  }
  const Hash& at(uint32_t row, uint64_t index) const { return rows_.at(row).at(index); }

 private:
  std::array<std::vector<Hash>, height + 1> rows_;
};

class TileHashes {
 public:
  TileHashes(uint64_t size, const Hash& root, FileReader read) : size_(size), read_(std::move(read)) {
    std::string names;
    for (uint32_t level = 0; level < tile_levels; ++level) {
      const Tile tile = end_tile(level, size);
      if (tile.width == 0) continue;
      partial_[level] = Nodes(load(tile, read_));
      names += (names.empty() ? "" : ", ") + tile_path(tile);
    }
    // These hold every hash that the root is made of.
    if (root_of(size, [this](Subtree subtree) { return hash(subtree); }) != root)
      throw std::runtime_error((names.empty() ? "no tile" : names) +
                               ": do not give the root of the tree of " + std::to_string(size));
  }

  Hash hash(Subtree subtree) {
    const uint32_t level = subtree.level / height, row = subtree.level % height;
    if (subtree.level >= 64 || subtree.index >= size_ >> subtree.level)
      throw std::out_of_range("subtree " + std::to_string(subtree.index) + " of level " +
                              std::to_string(subtree.level) + " is not in a tree of " +
                              std::to_string(size_));
    const uint64_t first = subtree.index << row;
    return nodes(level, first / full_width).at(row, first % full_width >> row);
  }

 private:
  struct Kept {
    uint64_t index;
    Nodes nodes;
  };

  const Nodes& nodes(uint32_t level, uint64_t index) {
    const Tile tile = end_tile(level, size_);
    if (index == tile.index) return partial_[level];
    auto& kept = full_[level];
    if (!kept || kept->index != index) kept = Kept{index, checked({level, index})};
    return kept->nodes;
  }

  Nodes checked(const Tile& tile) {
    const Hash above = hash({height * (tile.level + 1), tile.index});
    Nodes nodes(load(tile, read_));
    if (nodes.at(height, 0) != above)
      throw std::runtime_error(tile_path(tile) + ": the tile is damaged: its hash is not the one above it");
    return nodes;
  }

  uint64_t size_;
  FileReader read_;
  std::array<Nodes, tile_levels> partial_;
  std::array<std::optional<Kept>, tile_levels> full_;
};

std::string three_digits(uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(3 - digits.size(), '0') + digits;
}

std::string partial_folder(const Tile& tile) {
  return tile_path({tile.level, tile.index}) + ".p";
}

}  // namespace

std::string tile_path(const Tile& tile) {
  std::string name = three_digits(tile.index % 1000);
  for (uint64_t rest = tile.index / 1000; rest != 0; rest /= 1000)
    name.insert(0, "x" + three_digits(rest % 1000) + "/");
  name.insert(0, "tile/" + std::to_string(tile.level) + "/");
  return tile.width == full_width ? name : name + ".p/" + std::to_string(tile.width);
}

HashReader tile_reader(uint64_t size, const Hash& root, FileReader read) {
  auto tiles = std::make_shared<TileHashes>(size, root, std::move(read));
  return [tiles](Subtree subtree) { return tiles->hash(subtree); };
}

TileAppender::TileAppender(uint64_t size, const Hash& root, const FileReader& read)
    : edge_(size, tile_reader(size, root, read)) {
  for (uint32_t level = 0; level < tile_levels; ++level) {
    const Tile tile = end_tile(level, size);
    open_.push_back(tile.width == 0 ? std::string() : load(tile, read));
  }
}

void TileAppender::add(const Hash& leaf, std::vector<TileFile>& full) {
  const auto completed = edge_.append(leaf);
  for (size_t i = 0; i < completed.size(); i += height) {
    const auto level = static_cast<uint32_t>(i / height);
    if (level == open_.size()) open_.emplace_back();
    std::string& bytes = open_[level];
    bytes += bytes_of(completed[i]);
    if (bytes.size() < full_width * hash_size) continue;
    const uint64_t index = hashes_at(level, edge_.size()) / full_width - 1;
    full.push_back({tile_path({level, index}), std::move(bytes)});
    bytes.clear();
  }
}

TileChanges TileAppender::append(std::span<const Hash> leaves) {
  const uint64_t old_size = size();
  TileChanges changes;
  for (const Hash& leaf : leaves) add(leaf, changes.written);
  for (uint32_t level = 0; level < open_.size(); ++level) {
    const Tile before = end_tile(level, old_size), now = end_tile(level, size());
    if (hashes_at(level, old_size) == hashes_at(level, size())) continue;
    if (now.width != 0) changes.written.push_back({tile_path(now), open_[level]});
    if (before.width == 0) continue;
    if (before.index == now.index)
      changes.superseded.push_back(tile_path(before));
    else
      changes.obsolete.push_back(partial_folder(before));
  }
  return changes;
}

}  // namespace stet
