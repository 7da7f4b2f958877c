// Trees for the tests of the transparency log, by the recursive definitions of RFC 6962 section 2.1.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "merkle.hpp"
#include "tiles.hpp"

namespace stet::testing {

using Hashes = std::vector<Hash>;

inline size_t largest_power_below(size_t n) {
  size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

// Leaves by number; slices are copies, so that the definitions read like those of the RFC.
class SampleTree {
 public:
  explicit SampleTree(size_t size) {
    for (size_t i = 0; i < size; ++i) leaves_.push_back(leaf_hash("leaf " + std::to_string(i)));
  }
  const Hashes& leaves() const { return leaves_; }
  Hashes leaves(size_t begin, size_t end) const {
    return {leaves_.begin() + static_cast<long>(begin), leaves_.begin() + static_cast<long>(end)};
  }
  // MTH(D[begin:end])
  Hash root(size_t begin, size_t end) const {
    if (begin == end) return empty_root();
    if (begin + 1 == end) return leaves_.at(begin);
    const size_t k = begin + largest_power_below(end - begin);
    return node_hash(root(begin, k), root(k, end));
  }
  Hash root(size_t size) const { return root(0, size); }
  // PATH(m, D[begin:end]), m counted from 0
  Hashes path(size_t m, size_t begin, size_t end) const {
    if (begin + 1 == end) return {};
    const size_t k = begin + largest_power_below(end - begin);
    Hashes out = m < k ? path(m, begin, k) : path(m, k, end);
    out.push_back(m < k ? root(k, end) : root(begin, k));
    return out;
  }
  // SUBPROOF(m, D[begin:end], b), m counted from 0
  Hashes subproof(size_t m, size_t begin, size_t end, bool b) const {
    if (m == end) return b ? Hashes{} : Hashes{root(begin, end)};
    const size_t k = begin + largest_power_below(end - begin);
    Hashes out = m <= k ? subproof(m, begin, k, b) : subproof(m, k, end, false);
    out.push_back(m <= k ? root(k, end) : root(begin, k));
    return out;
  }
  HashReader reader() const {
    return [this](Subtree subtree) {
      const size_t width = size_t{1} << subtree.level;
      return root(subtree.index * width, (subtree.index + 1) * width);
    };
  }

 private:
  Hashes leaves_;
};

// Files by path, as the tiles' writer would have left them.
class SampleFiles {
 public:
  void apply(const TileChanges& changes, bool drop_old = true) {
    for (const auto& [path, bytes] : changes.written) files[path] = bytes;
    if (!drop_old) return;
    for (const auto& path : changes.superseded) files.erase(path);
    for (const auto& folder : changes.obsolete)
      std::erase_if(files, [&](const auto& file) { return file.first.starts_with(folder + "/"); });
  }
  FileReader reader() const {
    return [this](const std::string& path) -> std::optional<std::string> {
      const auto found = files.find(path);
      if (found == files.end()) return std::nullopt;
      return found->second;
    };
  }

  std::map<std::string, std::string> files;
};

}  // namespace stet::testing
