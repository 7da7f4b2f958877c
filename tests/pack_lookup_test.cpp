#include "pack_lookup.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "big_endian.hpp"
#include "pack_index.hpp"

using namespace stet;

namespace {

// Ids and their counts, as an index has them.
struct Table {
  std::string counts, ids;

  explicit Table(const std::vector<ObjectId>& all) {
    size_t at = 0;
    for (unsigned first = 0; first < 256; ++first) {
      while (at < all.size() && all[at][0] <= first) ++at;
      append_big_endian(counts, at, 4);
    }
    for (const auto& id : all) ids += bytes_of(id);
  }
};

// `same`: how many bytes all of them begin with.
std::vector<ObjectId> sorted_ids(size_t count, size_t same, std::mt19937& random) {
  std::vector<ObjectId> ids(count);
  for (auto& id : ids)
    for (size_t i = 0; i < id.size(); ++i) id[i] = static_cast<unsigned char>(i < same ? 7 : random() % 256);
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

TEST_CASE("an id is found at its number, however the ids are spread, and no other is") {
  std::mt19937 random(1);
  const size_t same = GENERATE(0, 1, 3, 5, 6);
  const auto ids = sorted_ids(3000, same, random), others = sorted_ids(3000, same, random);
  const Table table(ids);
  for (size_t i = 0; i < ids.size(); ++i) REQUIRE(find_id(table.counts, table.ids, ids[i]) == i);
  for (const auto& id : others) REQUIRE_FALSE(find_id(table.counts, table.ids, id));
}

TEST_CASE("the last of ids that lie ever closer is found") {
  std::vector<ObjectId> ids(33);
  for (size_t i = 1; i < ids.size(); ++i) {
    const uint64_t height = uint64_t{1} << (i - 1);
    for (size_t byte = 0; byte < 4; ++byte)
      ids[i][1 + byte] = static_cast<unsigned char>(height >> (24 - 8 * byte));
  }
  const Table table(ids);
  for (size_t i = 0; i < ids.size(); ++i) CHECK(find_id(table.counts, table.ids, ids[i]) == i);
}

TEST_CASE("of ids that are out of order one that is found is the one that was asked for") {
  std::mt19937 random(2);
  auto ids = sorted_ids(2000, 0, random);
  const Table sorted(ids);
  std::shuffle(ids.begin(), ids.end(), random);
  const Table table(ids);
  size_t found = 0;
  for (const auto& id : ids)
    if (const auto at = find_id(sorted.counts, table.ids, id)) {
      ++found;
      REQUIRE(ids[*at] == id);
    }
  CHECK(found > 0);
}
