// The Merkle tree of RFC 6962 and RFC 9162 over SHA-256. Knows no files: whoever has a tree's hashes lends
// them through a HashReader.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stet {

using Hash = std::array<unsigned char, 32>;

std::string_view bytes_of(const Hash& hash);
std::optional<Hash> hash_from(std::string_view bytes);  // nothing unless 32 bytes

Hash leaf_hash(std::string_view data);  // SHA-256(0x00 || data)
Hash node_hash(const Hash& left, const Hash& right);
Hash empty_root();  // of the tree without leaves
Hash root_of_leaves(std::span<const Hash> leaves);

// The 2^level leaves from leaf index * 2^level on. All of them exist: the subtree never changes again.
struct Subtree {
  uint32_t level;
  uint64_t index;
  bool operator==(const Subtree&) const = default;
};

// Gives a subtree's hash. Throws if it cannot; what it throws passes through the functions below.
using HashReader = std::function<Hash(Subtree)>;

// These read at most 2 * log2(size) hashes, all of them of subtrees within the first `size` leaves.
Hash root_of(uint64_t size, const HashReader& read);
// From the leaf's sibling to a child of the root. Throws std::invalid_argument unless index < size.
std::vector<Hash> inclusion_proof(uint64_t index, uint64_t size, const HashReader& read);
// That the tree of `new_size` leaves begins with the one of `old_size`; empty if either size is 0 or
// both are the same. Throws std::invalid_argument unless old_size <= new_size.
std::vector<Hash> consistency_proof(uint64_t old_size, uint64_t new_size, const HashReader& read);

// Why the proof does not hold, nothing if it does. Any size, index and proof may be handed in.
std::optional<std::string> inclusion_fault(uint64_t index, uint64_t size, const Hash& leaf,
                                           std::span<const Hash> proof, const Hash& root);
// An old size of 0 is a fault: every tree begins with the empty one, which proves nothing about it.
std::optional<std::string> consistency_fault(uint64_t old_size, const Hash& old_root, uint64_t new_size,
                                             const Hash& new_root, std::span<const Hash> proof);

// The right edge of a tree: one hash for each bit that is set in its size, all that appending needs.
class RightEdge {
 public:
  RightEdge() = default;  // of the empty tree
  RightEdge(uint64_t size, const HashReader& read);

  uint64_t size() const { return size_; }
  Hash root() const;
  // The subtrees that the leaf completes, the leaf among them: element i is the hash of subtree
  // {i, (size() - 1) >> i}. Borrowed until the next call. On average there are two.
  std::span<const Hash> append(const Hash& leaf);

 private:
  uint64_t size_ = 0;
  std::vector<Hash> edge_;  // the largest subtree first
  std::vector<Hash> completed_;
};

}  // namespace stet
