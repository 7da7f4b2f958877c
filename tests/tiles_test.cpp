#include "tiles.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <stdexcept>

#include "tlog_samples.hpp"

using namespace stet;
using Catch::Contains;
using testing::SampleFiles;
using testing::SampleTree;

namespace {

// The files of a tree written in one go.
SampleFiles written(const SampleTree& tree, size_t size) {
  SampleFiles out;
  out.apply(TileAppender().append(tree.leaves(0, size)));
  return out;
}

std::set<std::string> names(const SampleFiles& files) {
  std::set<std::string> out;
  for (const auto& [path, bytes] : files.files) out.insert(path);
  return out;
}

}  // namespace

TEST_CASE("a tile's path has three digits a part") {
  CHECK(tile_path({0, 0}) == "tile/0/000");
  CHECK(tile_path({0, 999}) == "tile/0/999");
  CHECK(tile_path({0, 1000}) == "tile/0/x001/000");
  CHECK(tile_path({0, 1234067}) == "tile/0/x001/x234/067");
  CHECK(tile_path({3, 12, 7}) == "tile/3/012.p/7");
  CHECK(tile_path({7, 5001, 255}) == "tile/7/x005/001.p/255");
  CHECK(tile_path({0, (uint64_t{1} << 56) - 1}) == "tile/0/x072/x057/x594/x037/x927/935");
}

TEST_CASE("a tree of 70,000 leaves has the tiles that the specification counts") {
  const std::vector<Hash> leaves(70000, leaf_hash("same"));
  SampleFiles files;
  files.apply(TileAppender().append(leaves));
  size_t full = 0;
  for (const auto& [path, bytes] : files.files)
    if (path.starts_with("tile/0/") && path.find(".p/") == std::string::npos) {
      ++full;
      CHECK(bytes.size() == 8192);
    }
  CHECK(full == 273);
  CHECK(files.files.at("tile/0/273.p/112").size() == 3584);
  CHECK(files.files.at("tile/1/000").size() == 8192);
  CHECK(files.files.at("tile/1/001.p/17").size() == 544);
  CHECK(files.files.at("tile/2/000.p/1").size() == 32);
  CHECK(files.files.size() == 273 + 4);
}

TEST_CASE("a tree of 256 leaves has a full tile and one hash above it") {
  const SampleTree tree(256);
  const auto files = written(tree, 256);
  CHECK(names(files) == std::set<std::string>{"tile/0/000", "tile/1/000.p/1"});
  CHECK(files.files.at("tile/1/000.p/1") == bytes_of(tree.root(256)));
}

TEST_CASE("an empty tree has no tiles") {
  CHECK(TileAppender().append({}).written.empty());
  CHECK(TileAppender().root() == empty_root());
  CHECK(root_of(0, tile_reader(0, empty_root(), SampleFiles().reader())) == empty_root());
}

TEST_CASE("every proof read from tiles is the one of the definition") {
  const SampleTree tree(131);
  for (size_t size = 1; size <= 131; ++size) {
    const auto files = written(tree, size);
    const auto read = tile_reader(size, tree.root(size), files.reader());
    for (size_t i = 0; i < size; ++i) {
      if (inclusion_proof(i, size, read) != tree.path(i, 0, size)) FAIL("leaf " << i << " of " << size);
      if (consistency_proof(i + 1, size, read) != tree.subproof(i + 1, 0, size, true))
        FAIL("from " << i + 1 << " to " << size);
    }
  }
}

TEST_CASE("proofs cross tiles and levels of tiles") {
  const size_t last = 66000;
  const SampleTree tree(last);
  for (const size_t size : {256u, 257u, 511u, 512u, 65535u, 65536u, 65537u, 66000u}) {
    const auto files = written(tree, size);
    RightEdge edge;
    for (const Hash& leaf : tree.leaves(0, size)) edge.append(leaf);
    const Hash root = edge.root();
    const auto read = tile_reader(size, root, files.reader());
    for (size_t i = 0; i < size; i += 1 + size / 37) {
      CAPTURE(size, i);
      CHECK_FALSE(inclusion_fault(i, size, tree.leaves()[i], inclusion_proof(i, size, read), root));
      CHECK(root_of(i, read) == tree.root(i));
      CHECK_FALSE(
          consistency_fault(i + 1, tree.root(i + 1), size, root, consistency_proof(i + 1, size, read)));
    }
  }
}

TEST_CASE("batches of any size leave the same files as one") {
  const SampleTree tree(1500);
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    SampleFiles files;
    TileAppender appender;
    while (appender.size() < 1500) {
      const size_t begin = appender.size();
      const size_t end = std::min<size_t>(1500, begin + random() % (round % 2 == 0 ? 20 : 700));
      // Every other time from the files alone, as another process would.
      if (random() % 2 == 0) appender = TileAppender(begin, appender.root(), files.reader());
      files.apply(appender.append(tree.leaves(begin, end)));
    }
    CHECK(files.files == written(tree, 1500).files);
    CHECK(appender.root() == tree.root(1500));
  }
}

TEST_CASE("no file is written twice, whatever the batches") {
  const SampleTree tree(600);
  std::set<std::string> seen;
  TileAppender appender;
  for (size_t i = 0; i < 600; ++i)
    for (const auto& [path, bytes] : appender.append(tree.leaves(i, i + 1)).written)
      CHECK(seen.insert(path).second);
}

TEST_CASE("what a batch replaces is told") {
  const SampleTree tree(600);
  TileAppender appender;
  const auto first = appender.append(tree.leaves(0, 10));
  CHECK(first.superseded.empty());
  CHECK(first.obsolete.empty());
  const auto second = appender.append(tree.leaves(10, 255));
  CHECK(second.superseded == std::vector<std::string>{"tile/0/000.p/10"});
  CHECK(second.obsolete.empty());
  const auto third = appender.append(tree.leaves(255, 256));
  CHECK(third.superseded.empty());
  CHECK(third.obsolete == std::vector<std::string>{"tile/0/000.p"});
  const auto fourth = appender.append(tree.leaves(256, 600));
  CHECK(fourth.superseded == std::vector<std::string>{"tile/1/000.p/1"});
  CHECK(fourth.obsolete.empty());
  const auto nothing = appender.append({});
  CHECK(nothing.written.empty());
  CHECK(nothing.superseded.empty());
}

TEST_CASE("an older tree is read from the files of a newer one") {
  const SampleTree tree(700);
  SampleFiles files;
  TileAppender appender;
  for (const auto& [begin, end] : {std::pair(0, 200), std::pair(200, 530), std::pair(530, 700)})
    files.apply(appender.append(tree.leaves(begin, end)));
  CHECK(files.files.count("tile/0/000.p/200") == 0);
  const auto read = tile_reader(200, tree.root(200), files.reader());  // from the full tile
  CHECK(inclusion_proof(77, 200, read) == tree.path(77, 0, 200));
  CHECK_THROWS_WITH(tile_reader(530, tree.root(530), files.reader()), Contains("tile/0/002.p/18"));
}

TEST_CASE("a tile that is missing or has another size is named") {
  const SampleTree tree(700);
  const auto good = written(tree, 700);
  const Hash root = tree.root(700);
  for (const auto& [path, bytes] : good.files) {
    CAPTURE(path);
    const auto use = [&](const SampleFiles& files) {
      const auto read = tile_reader(700, root, files.reader());
      for (size_t i = 0; i < 700; i += 100) inclusion_proof(i, 700, read);
    };
    auto files = good;
    files.files.erase(path);
    CHECK_THROWS_WITH(use(files), Contains(path + ": the tile is missing"));
    for (const size_t size : {size_t{0}, bytes.size() - 1, bytes.size() - 32, bytes.size() + 32}) {
      files.files[path] = std::string(size, 'x');
      CHECK_THROWS_WITH(use(files), Contains(path + ": a tile of"));
    }
  }
}

TEST_CASE("a bit that is wrong in any tile is noticed before it gets into a proof") {
  const SampleTree tree(700);
  const auto good = written(tree, 700);
  const Hash root = tree.root(700);
  for (const auto& [path, bytes] : good.files)
    for (size_t at = 0; at < bytes.size(); at += 97) {
      auto files = good;
      files.files[path][at] = static_cast<char>(bytes[at] ^ 1);
      const auto use = [&] {
        const auto read = tile_reader(700, root, files.reader());
        for (size_t i = 0; i < 700; i += 100) inclusion_proof(i, 700, read);
      };
      CHECK_THROWS_WITH(use(), Contains(path));
    }
}

TEST_CASE("tiles of another tree, size or root are refused") {
  const SampleTree tree(300), short_tree(299);
  const auto files = written(tree, 300);
  CHECK_THROWS_WITH(tile_reader(300, tree.root(299), files.reader()), Contains("do not give the root"));
  CHECK_THROWS_WITH(tile_reader(301, tree.root(300), files.reader()), Contains("tile/0/001.p/45"));
  CHECK_THROWS_WITH(tile_reader(0, tree.root(300), files.reader()), Contains("no tile"));
  CHECK_THROWS_WITH(TileAppender(300, tree.root(299), files.reader()), Contains("do not give the root"));
  CHECK_THROWS_WITH(tile_reader(~uint64_t{0}, tree.root(300), files.reader()), Contains("missing"));
}

TEST_CASE("a subtree outside the tree is not read") {
  const SampleTree tree(300);
  const auto files = written(tree, 300);
  const auto read = tile_reader(300, tree.root(300), files.reader());
  CHECK(read({8, 0}) == tree.root(256));
  CHECK_THROWS_AS(read({8, 1}), std::out_of_range);
  CHECK_THROWS_AS(read({0, 300}), std::out_of_range);
  CHECK_THROWS_AS(read({64, 0}), std::out_of_range);
  CHECK_THROWS_AS(read({0, ~uint64_t{0}}), std::out_of_range);
}

TEST_CASE("a copy of an appender is a place to return to") {
  const SampleTree tree(20);
  TileAppender appender;
  appender.append(tree.leaves(0, 10));
  const TileAppender before = appender;
  appender.append(tree.leaves(10, 20));
  CHECK(before.root() == tree.root(10));
  CHECK(appender.root() == tree.root(20));
}
