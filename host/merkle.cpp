#include "merkle.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

#include "digest.hpp"

namespace stet {
namespace {

// Leaves under the root's left child in a tree of `size` leaves, at least 2.
uint64_t left_of(uint64_t size) {
  return std::bit_floor(size - 1);
}

// Hashes of the complete subtrees that make up [begin, end), the largest first. `begin` is a multiple of
// a power of two that is at least end - begin, as every node's is.
std::vector<Hash> parts_of(uint64_t begin, uint64_t end, const HashReader& read) {
  std::vector<Hash> parts;
  while (begin < end) {
    const auto level = static_cast<uint32_t>(std::bit_width(end - begin) - 1);
    parts.push_back(read({level, begin >> level}));
    begin += uint64_t{1} << level;
  }
  return parts;
}

Hash folded(std::span<const Hash> parts) {
  if (parts.empty()) return empty_root();
  Hash hash = parts.back();
  for (size_t i = parts.size() - 1; i-- > 0;) hash = node_hash(parts[i], hash);
  return hash;
}

// Moves to the next bits of a node's number and of the last node's, as RFC 9162 section 2.1.3.2 does.
struct Climb {
  uint64_t node, last;

  bool at_root() const { return last == 0; }
  bool is_right() const { return (node & 1) != 0; }
  bool joins_left() const { return is_right() || node == last; }
  void up() { node >>= 1, last >>= 1; }
  // A last node without a sibling is its own parent.
  void skip_lonely() {
    while (!is_right() && node != 0) up();
  }
  // Goes up over the siblings; turns `after` into the root, and `before`, if asked for, into the root of the
  // tree that ended with the node. False if the siblings go on above the root.
  bool follow(std::span<const Hash> siblings, Hash& after, Hash* before = nullptr) {
    for (const Hash& sibling : siblings) {
      if (at_root()) return false;
      const bool left = joins_left();
      if (left && before) *before = node_hash(sibling, *before);
      after = left ? node_hash(sibling, after) : node_hash(after, sibling);
      if (left) skip_lonely();
      up();
    }
    return true;
  }
};

}  // namespace

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::optional<Hash> hash_from(std::string_view bytes) {
  Hash hash;
  if (bytes.size() != hash.size()) return std::nullopt;
  std::memcpy(hash.data(), bytes.data(), hash.size());
  return hash;
}

Hash leaf_hash(std::string_view data) {
  std::string input(1, '\0');
  input += data;
  return sha256(input);
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<char, 65> input;
  input[0] = 1;
  std::memcpy(input.data() + 1, left.data(), 32);
  std::memcpy(input.data() + 33, right.data(), 32);
  return sha256({input.data(), input.size()});
}

Hash empty_root() {
  return sha256("");
}

Hash root_of(uint64_t size, const HashReader& read) {
  return folded(parts_of(0, size, read));
}

std::vector<Hash> inclusion_proof(uint64_t index, uint64_t size, const HashReader& read) {
  if (index >= size)
    throw std::invalid_argument("leaf " + std::to_string(index) + " is not in a tree of " +
                                std::to_string(size));
  std::vector<Hash> path;
  for (uint64_t begin = 0, end = size; end - begin > 1;) {
    const uint64_t middle = begin + left_of(end - begin);
    const bool left = index < middle;
    path.push_back(folded(left ? parts_of(middle, end, read) : parts_of(begin, middle, read)));
    (left ? end : begin) = middle;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<Hash> consistency_proof(uint64_t old_size, uint64_t new_size, const HashReader& read) {
  if (old_size > new_size)
    throw std::invalid_argument("a tree of " + std::to_string(new_size) +
                                " leaves cannot begin with one of " + std::to_string(old_size));
  std::vector<Hash> path;
  if (old_size == 0) return path;
  uint64_t begin = 0, end = new_size;
  while (old_size != end) {
    const uint64_t middle = begin + left_of(end - begin);
    const bool left = old_size <= middle;
    path.push_back(folded(left ? parts_of(middle, end, read) : parts_of(begin, middle, read)));
    (left ? end : begin) = middle;
  }
  // The verifier has the old root: only where that is not this very node must its hash be told.
  if (begin != 0) path.push_back(folded(parts_of(begin, end, read)));
  std::reverse(path.begin(), path.end());
  return path;
}

std::optional<std::string> inclusion_fault(uint64_t index, uint64_t size, const Hash& leaf,
                                           std::span<const Hash> proof, const Hash& root) {
  if (index >= size) return "leaf " + std::to_string(index) + " is not in a tree of " + std::to_string(size);
  Climb climb{index, size - 1};
  Hash hash = leaf;
  if (!climb.follow(proof, hash)) return "the inclusion proof is too long";
  if (!climb.at_root()) return "the inclusion proof is too short";
  if (hash != root) return "the inclusion proof leads to another root";
  return std::nullopt;
}

std::optional<std::string> consistency_fault(uint64_t old_size, const Hash& old_root, uint64_t new_size,
                                             const Hash& new_root, std::span<const Hash> proof) {
  if (old_size == 0) return "a proof from the empty tree proves nothing";
  if (old_size > new_size)
    return "a tree of " + std::to_string(new_size) + " cannot begin with one of " + std::to_string(old_size);
  if (old_size == new_size) {
    if (!proof.empty()) return "the consistency proof is too long";
    if (old_root != new_root) return "two trees of " + std::to_string(old_size) + " have different roots";
    return std::nullopt;
  }
  Climb climb{old_size - 1, new_size - 1};
  while (climb.is_right()) climb.up();
  Hash before = old_root;
  if (!std::has_single_bit(old_size)) {
    if (proof.empty()) return "the consistency proof is too short";
    before = proof.front();
    proof = proof.subspan(1);
  }
  Hash after = before;
  if (!climb.follow(proof, after, &before)) return "the consistency proof is too long";
  if (!climb.at_root()) return "the consistency proof is too short";
  if (before != old_root) return "the consistency proof leads to another old root";
  if (after != new_root) return "the consistency proof leads to another new root";
  return std::nullopt;
}

RightEdge::RightEdge(uint64_t size, const HashReader& read) : size_(size), edge_(parts_of(0, size, read)) {}

Hash RightEdge::root() const {
  return folded(edge_);
}

std::span<const Hash> RightEdge::append(const Hash& leaf) {
  completed_.assign(1, leaf);
  for (uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
    completed_.push_back(node_hash(edge_.back(), completed_.back()));
    edge_.pop_back();
  }
  edge_.push_back(completed_.back());
  ++size_;
  return completed_;
}

Hash root_of_leaves(std::span<const Hash> leaves) {
  RightEdge edge;
  for (const auto& leaf : leaves) edge.append(leaf);
  return edge.root();
}

}  // namespace stet
