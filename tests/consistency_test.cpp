#include "consistency.hpp"

#include <catch2/catch.hpp>

#include "checkpoint.hpp"
#include "tlog_samples.hpp"

using namespace stet;
using Catch::Contains;
using testing::SampleTree;

namespace {

ConsistencyProof sample(const SampleTree& tree, size_t from, size_t to) {
  const auto note = sign_checkpoint({"log.example", to, tree.root(to), {}}, PrivateKey::generate());
  return {from, consistency_proof(from, to, tree.reader()), note};
}

}  // namespace

TEST_CASE("a consistency proof is read as it was written, and holds") {
  const SampleTree tree(50);
  for (const auto& [from, to] : {std::pair(0, 9), std::pair(9, 9), std::pair(7, 50)}) {
    const auto old_size = static_cast<size_t>(from), new_size = static_cast<size_t>(to);
    const auto proof = sample(tree, old_size, new_size);
    const auto text = write_consistency_proof(proof);
    const auto read = parse_consistency_proof(text);
    CHECK(write_consistency_proof(read) == text);
    if (from > 0)
      CHECK_FALSE(consistency_fault(old_size, tree.root(old_size), new_size, tree.root(new_size), read.path));
  }
}

TEST_CASE("what is no consistency proof is refused with the reason") {
  const SampleTree tree(50);
  const auto good = write_consistency_proof(sample(tree, 7, 50));
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  CHECK_THROWS_WITH(parse_consistency_proof(""), Contains("not \"old\" and a size"));
  CHECK_THROWS_WITH(parse_consistency_proof(changed("old 7", "old 07")), Contains("not \"old\" and a size"));
  CHECK_THROWS_WITH(parse_consistency_proof(changed("old 7\n", "old 7\nAAAA\n")), Contains("no SHA-256"));
  CHECK_THROWS_WITH(parse_consistency_proof("old 7\n"), Contains("no empty line"));
  std::string long_one = "old 7\n";
  for (int i = 0; i < 64; ++i) long_one += good.substr(6, 45);
  CHECK_THROWS_WITH(parse_consistency_proof(long_one), Contains("more than 63"));
  CHECK_THROWS_WITH(parse_consistency_proof(good.substr(0, good.find("\n\n") + 2)),
                    Contains("not a signed note"));
}
