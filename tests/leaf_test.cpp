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

FileLeaf key_sample() {
  return file_leaf("keys/7c4a8d09ca3762af61e59520943dc26494f8941b6fd0f9ac8b1b2ee7a4d6b0c1.json", "a key");
}

}  // namespace

TEST_CASE("a revision's leaf is four lines, a file's is two") {
  CHECK(leaf_data(sample()) ==
        "harbour.example/ferry\n12\n" + sha256_hex("document") + "\n" + sha256_hex("report") + "\n");
  CHECK(leaf_data(key_sample()) == key_sample().path + "\n" + sha256_hex("a key") + "\n");
}

TEST_CASE("what says which revisions count has a leaf") {
  for (const char* path : {"ledger.json", "keys/a.json", "articles/0/1/2/3/a/0000/r00001.redacted"})
    CHECK(is_logged_file(path));
  for (const char* path :
       {"log/witnessed", "log/checkpoint", "articles/0/1/2/3/a/0000/r00001.redacted.sig", "a.redacted",
        "articles/0/1/2/3/a/0000/r00001.report", "articles/0/1/2/3/a/0000/r00001"})
    CHECK_FALSE(is_logged_file(path));
}

// As FORMATS.md shows it.
TEST_CASE("the leaves' hashes are those that the formats' description shows") {
  const std::string formats = read_file(std::string(STET_SOURCE_DIR) + "/host/FORMATS.md", 1 << 20);
  for (const auto& data : {leaf_data(sample()), leaf_data(key_sample())}) {
    std::string shown;
    for (std::string_view rest = data; const auto line = cut_line(rest);)
      shown += std::string("    ").append(*line).append("\n");
    CHECK_THAT(formats, Catch::Contains(shown));
    CHECK_THAT(formats, Catch::Contains("`" + hex(bytes_of(leaf_hash(data))) + "`"));
  }
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
  CHECK_THROWS_AS(leaf_data(FileLeaf{"", sha256_hex("x")}), std::invalid_argument);
  CHECK_THROWS_AS(leaf_data(FileLeaf{"a\nb", sha256_hex("x")}), std::invalid_argument);
  CHECK_THROWS_AS(leaf_data(FileLeaf{"a", "x"}), std::invalid_argument);
}
