#include "merkle.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <map>
#include <stdexcept>

#include "digest.hpp"
#include "tlog_samples.hpp"

using namespace stet;
using Catch::Contains;
using testing::Hashes;
using testing::SampleTree;

namespace {

constexpr uint64_t huge = ~uint64_t{0};
constexpr size_t sizes = 131;  // of trees with every shape of edge up to seven levels

Hash altered(Hash hash) {
  hash[17] ^= 4;
  return hash;
}

std::string hex_of(const Hash& hash) {
  return hex(bytes_of(hash));
}

}  // namespace

TEST_CASE("leaves and nodes are hashed apart, as RFC 6962 says") {
  CHECK(hex_of(empty_root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex_of(leaf_hash("")) == sha256_hex(std::string_view("\0", 1)));
  CHECK(hex_of(leaf_hash("abc")) == sha256_hex(std::string_view("\0abc", 4)));
  const Hash left = leaf_hash("l"), right = leaf_hash("r");
  CHECK(hex_of(node_hash(left, right)) ==
        sha256_hex("\1" + std::string(bytes_of(left)) + std::string(bytes_of(right))));
  CHECK(node_hash(left, right) != node_hash(right, left));
}

TEST_CASE("a hash has 32 bytes") {
  CHECK(hash_from(std::string(32, 'x')));
  CHECK_FALSE(hash_from(""));
  CHECK_FALSE(hash_from(std::string(31, 'x')));
  CHECK_FALSE(hash_from(std::string(33, 'x')));
}

TEST_CASE("the root, by reading and by appending, is the one of the definition") {
  const SampleTree tree(sizes);
  RightEdge edge;
  for (size_t size = 0; size <= sizes; ++size) {
    CAPTURE(size);
    CHECK(root_of(size, tree.reader()) == tree.root(size));
    CHECK(edge.root() == tree.root(size));
    CHECK(RightEdge(size, tree.reader()).root() == tree.root(size));
    CHECK(edge.size() == size);
    if (size < sizes) edge.append(tree.leaves()[size]);
  }
}

TEST_CASE("every inclusion proof is the one of the definition, and holds") {
  const SampleTree tree(sizes);
  for (size_t size = 1; size <= sizes; ++size)
    for (size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(index, size, tree.reader());
      if (proof != tree.path(index, 0, size)) FAIL("leaf " << index << " of " << size);
      if (inclusion_fault(index, size, tree.leaves()[index], proof, tree.root(size)))
        FAIL("leaf " << index << " of " << size << " is refused");
    }
}

TEST_CASE("every consistency proof is the one of the definition, and holds") {
  const SampleTree tree(sizes);
  std::vector<Hash> roots;
  for (size_t size = 0; size <= sizes; ++size) roots.push_back(tree.root(size));
  for (size_t to = 1; to <= sizes; ++to)
    for (size_t from = 1; from <= to; ++from) {
      const auto proof = consistency_proof(from, to, tree.reader());
      if (proof != tree.subproof(from, 0, to, true)) FAIL("from " << from << " to " << to);
      if (consistency_fault(from, roots[from], to, roots[to], proof))
        FAIL("from " << from << " to " << to << " is refused");
    }
}

TEST_CASE("an inclusion proof holds for its leaf, index, size and root alone") {
  const SampleTree tree(40);
  for (size_t size = 1; size <= 40; ++size)
    for (size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(index, size, tree.reader());
      const Hash leaf = tree.leaves()[index], root = tree.root(size);
      const auto refused = [&](size_t i, size_t n, const Hash& l, const Hashes& p, const Hash& r) {
        if (!inclusion_fault(i, n, l, p, r)) FAIL("leaf " << index << " of " << size << " passes altered");
      };
      refused(index, size, altered(leaf), proof, root);
      refused(index, size, leaf, proof, altered(root));
      for (size_t other = 0; other < size + 2; ++other)
        if (other != index) refused(other, size, leaf, proof, root);
      for (size_t at = 0; at < proof.size(); ++at) {
        auto bad = proof;
        bad[at] = altered(bad[at]);
        refused(index, size, leaf, bad, root);
        bad.erase(bad.begin() + static_cast<long>(at));
        refused(index, size, leaf, bad, root);
      }
      auto longer = proof;
      longer.push_back(root);
      refused(index, size, leaf, longer, root);
      longer.insert(longer.begin(), leaf);
      refused(index, size, leaf, longer, root);
    }
}

TEST_CASE("a consistency proof holds for its roots alone") {
  const SampleTree tree(40);
  for (size_t to = 2; to <= 40; ++to)
    for (size_t from = 1; from < to; ++from) {
      const auto proof = consistency_proof(from, to, tree.reader());
      const Hash before = tree.root(from), after = tree.root(to);
      const auto refused = [&](const Hash& b, const Hash& a, const Hashes& p) {
        if (!consistency_fault(from, b, to, a, p)) FAIL("from " << from << " to " << to << " passes altered");
      };
      refused(altered(before), after, proof);
      refused(before, altered(after), proof);
      refused(after, before, proof);
      refused(before, after, {});
      for (size_t at = 0; at < proof.size(); ++at) {
        auto bad = proof;
        bad[at] = altered(bad[at]);
        refused(before, after, bad);
        bad.erase(bad.begin() + static_cast<long>(at));
        refused(before, after, bad);
      }
      auto longer = proof;
      longer.push_back(after);
      refused(before, after, longer);
      longer = proof;
      longer.insert(longer.begin(), before);
      refused(before, after, longer);
    }
}

TEST_CASE("why a proof does not hold is said") {
  const SampleTree tree(5);
  const auto proof = inclusion_proof(2, 5, tree.reader());
  const Hash leaf = tree.leaves()[2], root = tree.root(5);
  const auto why = [&](size_t index, size_t size, std::span<const Hash> path, const Hash& to) {
    return inclusion_fault(index, size, leaf, path, to).value_or("");
  };
  CHECK(why(5, 5, proof, root) == "leaf 5 is not in a tree of 5");
  CHECK(why(2, 5, std::span(proof).first(2), root) == "the inclusion proof is too short");
  CHECK(why(2, 4, proof, root) == "the inclusion proof is too long");
  CHECK(why(2, 5, proof, tree.root(4)) == "the inclusion proof leads to another root");
  const auto growth = consistency_proof(3, 5, tree.reader());
  const auto why_not = [&](size_t from, size_t to, std::span<const Hash> path) {
    return consistency_fault(from, tree.root(3), to, root, path).value_or("");
  };
  CHECK(why_not(3, 5, growth).empty());
  CHECK(why_not(0, 5, growth) == "a proof from the empty tree proves nothing");
  CHECK(why_not(6, 5, growth) == "a tree of 5 cannot begin with one of 6");
  CHECK(why_not(3, 5, {}) == "the consistency proof is too short");
  CHECK(why_not(3, 4, growth) == "the consistency proof is too long");
  CHECK(why_not(3, 3, {}) == "two trees of 3 have different roots");
  CHECK(why_not(3, 3, growth) == "the consistency proof is too long");
}

TEST_CASE("huge sizes and endless proofs are refused and cost no more than their height") {
  const Hash any = leaf_hash("any");
  const std::vector<Hash> endless(100000, any);
  for (const uint64_t size : {huge, huge - 1, uint64_t{1} << 63, (uint64_t{1} << 63) + 1}) {
    CAPTURE(size);
    CHECK(inclusion_fault(size - 1, size, any, endless, any));
    CHECK(inclusion_fault(0, size, any, endless, any));
    CHECK(inclusion_fault(0, size, any, {}, any));
    CHECK(inclusion_fault(huge, size, any, endless, any));
    CHECK(consistency_fault(size - 1, any, size, any, endless));
    CHECK(consistency_fault(1, any, size, any, endless));
    CHECK(consistency_fault(1, any, size, any, {}));
    CHECK(consistency_fault(size, any, size, any, endless));
  }
  CHECK(inclusion_fault(0, 0, any, {}, any));
  CHECK(consistency_fault(huge, any, 0, any, {}));
}

TEST_CASE("a tree of one leaf needs no proof, and takes none") {
  const Hash leaf = leaf_hash("only");
  CHECK_FALSE(inclusion_fault(0, 1, leaf, {}, leaf));
  CHECK(inclusion_fault(0, 1, leaf, std::vector{leaf}, leaf));
  CHECK_FALSE(consistency_fault(1, leaf, 1, leaf, {}));
}

TEST_CASE("a proof that cannot exist is not made") {
  const SampleTree tree(3);
  CHECK_THROWS_AS(inclusion_proof(3, 3, tree.reader()), std::invalid_argument);
  CHECK_THROWS_AS(inclusion_proof(0, 0, tree.reader()), std::invalid_argument);
  CHECK_THROWS_AS(consistency_proof(4, 3, tree.reader()), std::invalid_argument);
  CHECK(consistency_proof(0, 3, tree.reader()).empty());
  CHECK(consistency_proof(3, 3, tree.reader()).empty());
}

TEST_CASE("a proof of any tree reads few hashes, and only of complete subtrees within it") {
  for (const uint64_t size : {uint64_t{1000003}, (uint64_t{1} << 62) - 1, huge, huge - 12345}) {
    size_t reads = 0;
    const HashReader read = [&](Subtree s) {
      ++reads;
      if (s.level > 63 || s.index >= size >> s.level) FAIL("level " << s.level << ", index " << s.index);
      return leaf_hash(std::to_string(s.level) + "/" + std::to_string(s.index));
    };
    const size_t height = static_cast<size_t>(std::bit_width(size));
    for (const uint64_t at : {uint64_t{0}, size / 2, size / 3, size - 1}) {
      reads = 0;
      inclusion_proof(at, size, read);
      CHECK(reads <= 2 * height);
      reads = 0;
      consistency_proof(at, size, read);
      CHECK(reads <= 2 * height);
    }
    reads = 0;
    const RightEdge edge(size, read);
    CHECK(reads == static_cast<size_t>(std::popcount(size)));
    CHECK(edge.root() == root_of(size, read));
  }
}

TEST_CASE("appending tells each subtree once, when its last leaf comes") {
  const SampleTree tree(sizes);
  RightEdge edge;
  std::map<std::pair<uint32_t, uint64_t>, Hash> told;
  for (const Hash& leaf : tree.leaves()) {
    const auto completed = edge.append(leaf);
    for (uint32_t level = 0; level < completed.size(); ++level)
      REQUIRE(told.emplace(std::pair(level, (edge.size() - 1) >> level), completed[level]).second);
  }
  size_t expected = 0;
  for (uint32_t level = 0; sizes >> level != 0; ++level) expected += sizes >> level;
  CHECK(told.size() == expected);
  for (const auto& [place, hash] : told) CHECK(hash == tree.reader()({place.first, place.second}));
}

TEST_CASE("what a reader throws comes through") {
  const HashReader broken = [](Subtree) -> Hash { throw std::runtime_error("tile/0/000: gone"); };
  CHECK_THROWS_WITH(inclusion_proof(1, 3, broken), Contains("tile/0/000"));
  CHECK_THROWS_WITH(RightEdge(3, broken), Contains("tile/0/000"));
}
