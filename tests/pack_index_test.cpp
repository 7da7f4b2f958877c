#include "pack_index.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "big_endian.hpp"
#include "pack_lookup.hpp"
#include "scratch.hpp"

using namespace stet;
using testing::Scratch;
using testing::shell;

namespace {

std::filesystem::path stored(const Scratch& scratch, const std::string& bytes) {
  std::ofstream(scratch / "idx", std::ios::binary) << bytes;
  return scratch / "idx";
}

PackedObject object(const std::string& name, uint64_t offset) {
  return {object_id(ObjectType::blob, name), static_cast<uint32_t>(name.size() * 0x01234567), offset};
}

}  // namespace

TEST_CASE("git reads an index, offsets beyond 2 GB included") {
  const Scratch scratch;
  std::vector<PackedObject> objects;
  for (uint64_t i = 0; i < 600; ++i) objects.push_back(object("o" + std::to_string(i), 12 + i * i * 100000));
  objects.push_back(object("last", 0x7fffffff));
  objects.push_back(object("first of the large", 0x80000000));
  objects.push_back(object("huge", 0x123456789abc));
  const auto file = stored(scratch, pack_index(objects, object_id(ObjectType::blob, "")));
  std::istringstream lines(shell("git show-index < '" + file.string() + "'"));
  std::map<std::string, std::string> shown;
  std::string offset, id, crc32;
  while (lines >> offset >> id >> crc32) shown[id] = offset + ' ' + crc32;
  REQUIRE(shown.size() == objects.size());
  const PackLookup lookup(file);
  for (const auto& o : objects) {
    std::string number;
    append_big_endian(number, o.crc32, 4);
    CHECK(shown[hex(o.id)] == std::to_string(o.offset) + " (" + hex(number) + ")");
    const auto found = lookup.find(o.id);
    REQUIRE(found);
    CHECK(found->offset == o.offset);
    CHECK(found->crc32 == o.crc32);
  }
  CHECK_FALSE(lookup.find(object_id(ObjectType::blob, "absent")));
}

TEST_CASE("an index of nothing finds nothing") {
  const Scratch scratch;
  const PackLookup lookup(stored(scratch, pack_index({}, {})));
  CHECK_FALSE(lookup.find({}));
  ObjectId last;
  last.fill(0xff);
  CHECK_FALSE(lookup.find(last));
}

TEST_CASE("an object whose id is damaged in the index is not found, and no damage is followed out of it") {
  const Scratch scratch;
  std::vector<PackedObject> objects;
  for (uint64_t i = 0; i < 20; ++i) objects.push_back(object("o" + std::to_string(i), 12 + i));
  objects.push_back(object("large", 0x80000000));
  const std::string good = pack_index(objects, {});
  size_t refused = 0, lost = 0, offsets = 0;
  const auto look_up = [&](const PackLookup& lookup, const PackedObject& o) {
    try {
      const auto found = lookup.find(o.id);
      lost += !found;
      offsets += found && found->offset != o.offset;
    } catch (const BadIndex&) {
      ++refused;
    }
  };
  constexpr size_t counts = 8, ids = counts + 1024;
  for (size_t at = 0; at < good.size(); at = at >= counts && at < ids ? std::min(at + 7, ids) : at + 1)
    for (const int bits : {0xff, 0x01}) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ bits);
      try {
        const PackLookup lookup(stored(scratch, bad));
        for (const auto& o : objects) look_up(lookup, o);
      } catch (const BadIndex&) {
        refused += objects.size();
      }
    }
  CHECK(lost >= 2 * 20 * objects.size());          // each byte of each id
  CHECK(offsets >= 2 * 3 * (objects.size() - 1));  // each byte of each offset but the first
  CHECK(refused >= 2 * 8 * objects.size());        // each byte of the header
}

TEST_CASE("a file that is cut short, or none at all, is no index") {
  const Scratch scratch;
  const std::string good = pack_index({object("a", 12), object("b", 13)}, {});
  for (size_t size = 0; size < good.size(); size += size < 1000 ? 19 : 1)
    CHECK_THROWS_AS(PackLookup(stored(scratch, good.substr(0, size))), BadIndex);
  CHECK_THROWS_AS(PackLookup(scratch / "none"), std::system_error);
}

TEST_CASE("an index that several look into is mapped once, and anew when nobody does any more") {
  const Scratch scratch;
  const auto file = stored(scratch, pack_index({object("a", 12)}, {}));
  SharedLookups shared;
  auto first = shared.open(file), second = shared.open(file);
  CHECK(first == second);
  stored(scratch, pack_index({object("a", 12), object("b", 40)}, {}));
  first.reset();
  second.reset();
  CHECK(shared.open(file)->size() == 2);
  CHECK_THROWS_AS(shared.open(scratch / "absent"), std::system_error);
}
