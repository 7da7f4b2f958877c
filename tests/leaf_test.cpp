#include "leaf.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "checkpoint.hpp"
#include "digest.hpp"
#include "files.hpp"

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

// As FORMATS.md shows it.
TEST_CASE("the leaf's hash is the one that the formats' description shows") {
  const std::string formats = read_file(std::string(STET_SOURCE_DIR) + "/host/FORMATS.md", 1 << 20);
  std::string shown;
  const std::string data = leaf_data(sample());
  for (std::string_view rest = data; const auto line = cut_line(rest);)
    shown += std::string("    ").append(*line).append("\n");
  CHECK_THAT(formats, Catch::Contains(shown));
  CHECK_THAT(formats, Catch::Contains("`" + hex(bytes_of(leaf_hash(leaf_data(sample())))) + "`"));
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
