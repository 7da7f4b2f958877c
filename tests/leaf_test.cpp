#include "leaf.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "digest.hpp"

using namespace stet;

namespace {

Leaf sample() {
  return {"harbour.example/ferry", 12, sha256_hex("document"), sha256_hex("report")};
}

}  // namespace

TEST_CASE("a leaf is four lines") {
  CHECK(leaf_data(sample()) ==
        "harbour.example/ferry\n12\n" + sha256_hex("document") + "\n" + sha256_hex("report") + "\n");
}

TEST_CASE("revisions that differ in anything have different leaves") {
  Leaf other = sample();
  other.revision = 13;
  CHECK(leaf_data(other) != leaf_data(sample()));
  other = sample();
  std::swap(other.document_sha256, other.report_sha256);
  CHECK(leaf_data(other) != leaf_data(sample()));
}

TEST_CASE("what could be read in two ways is no leaf") {
  const auto refused = [](auto change) {
    Leaf leaf = sample();
    change(leaf);
    CHECK_THROWS_AS(leaf_data(leaf), std::invalid_argument);
  };
  refused([](Leaf& leaf) { leaf.article = ""; });
  refused([](Leaf& leaf) { leaf.article += "\n13"; });
  refused([](Leaf& leaf) { leaf.revision = 0; });
  refused([](Leaf& leaf) { leaf.document_sha256.pop_back(); });
  refused([](Leaf& leaf) { leaf.document_sha256[0] = 'A'; });
  refused([](Leaf& leaf) { leaf.report_sha256 += '0'; });
  refused([](Leaf& leaf) { leaf.report_sha256[5] = '\n'; });
}
