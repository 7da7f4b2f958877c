#include "multi_pack_index.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "files.hpp"
#include "ledger_attacks.hpp"
#include "ledger_samples.hpp"
#include "pack_list.hpp"
#include "pack_lookup.hpp"
#include "pack_reader.hpp"

using namespace stet;
using namespace stet::testing;
namespace fs = std::filesystem;

namespace {

std::vector<ObjectId> ids_in(const fs::path& objects) {
  std::vector<ObjectId> ids;
  for (const auto& pack : list_packs(objects)) {
    const PackLookup lookup(objects / "pack" / (pack.name + ".idx"));
    for (size_t i = 0; i < lookup.size(); ++i) ids.push_back(lookup.id(i));
  }
  return ids;
}

const fs::path file = "pack/multi-pack-index";

}  // namespace

TEST_CASE("every object of every pack is found, and git finds nothing to complain of") {
  const Scratch scratch;
  sample_ledger(scratch / "l", 5, 4);
  const fs::path objects = scratch / "l/objects";
  write_multi_pack_index(Disk(), objects, names_of_packs(objects));
  CHECK_NOTHROW(git(scratch / "l", "multi-pack-index verify"));
  const auto index = MultiPackLookup::open(objects);
  REQUIRE(index);
  CHECK(index->packs().size() == 5);
  for (const auto& id : ids_in(objects)) {
    const auto pack = index->find(id);
    REQUIRE(pack);
    CHECK(PackLookup(objects / "pack" / (index->packs()[*pack] + ".idx")).find(id));
  }
  CHECK_FALSE(index->find(object_id(ObjectType::blob, "absent")));
}

TEST_CASE("git's own multi-pack-index is read") {
  const Scratch scratch;
  sample_ledger(scratch / "l", 5, 4);
  git(scratch / "l", "multi-pack-index write");
  const auto index = MultiPackLookup::open(scratch / "l/objects");
  REQUIRE(index);
  for (const auto& id : ids_in(scratch / "l/objects")) CHECK(index->find(id));
}

TEST_CASE("ours is what git writes where no two packs have one object") {
  const Scratch scratch;
  sample_ledger(scratch / "l", 5, 4);
  const fs::path objects = scratch / "l/objects";
  git(scratch / "l", "multi-pack-index write");
  const auto theirs = read_file(objects / file, 1 << 20);
  fs::remove(objects / file);
  write_multi_pack_index(Disk(), objects, names_of_packs(objects));
  CHECK((read_file(objects / file, 1 << 20) == theirs));
}

TEST_CASE("over no pack there is none") {
  const Scratch scratch;
  sample_ledger(scratch / "l", 1, 1);
  const fs::path objects = scratch / "l/objects";
  write_multi_pack_index(Disk(), objects, names_of_packs(objects));
  write_multi_pack_index(Disk(), objects, {});
  CHECK_FALSE(fs::exists(objects / file));
  CHECK_FALSE(MultiPackLookup::open(objects));
}

TEST_CASE("whatever byte of one is damaged, and wherever it is cut, every object is read as it is") {
  const Scratch scratch;
  sample_ledger(scratch / "l", 1, 2);
  const fs::path objects = scratch / "l/objects";
  write_multi_pack_index(Disk(), objects, names_of_packs(objects));
  const auto ids = ids_in(objects);
  const auto reads_all = [&] {
    PackReader reader(objects, 1 << 20);
    return std::all_of(ids.begin(), ids.end(), [&](const ObjectId& id) {
      const auto object = reader.read(id);
      return object && object_id(static_cast<ObjectType>(object->type), object->bytes) == id;
    });
  };
  const std::string whole = read_file(objects / file, 1 << 20);
  fs::permissions(objects / file, fs::perms::owner_write, fs::perm_options::add);
  const auto put = [&](const std::string& bytes) {
    std::ofstream(objects / file, std::ios::binary) << bytes;
  };
  for (size_t at = 0; at < whole.size(); at += 3) {
    INFO("byte " << at);
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (at % 2 ? 0xff : 0x01));
    put(damaged);
    REQUIRE(reads_all());
  }
  for (size_t size = 0; size < whole.size(); size += 31) {
    put(whole.substr(0, size));
    REQUIRE(reads_all());
  }
}

TEST_CASE("one that names packs that are gone does no harm") {
  const Scratch scratch;
  auto ledger = sample_ledger(scratch / "l", 2, 2);
  const fs::path objects = scratch / "l/objects";
  write_multi_pack_index(Disk(), objects, names_of_packs(objects));
  unpack(scratch / "l");
  CHECK(has_samples(Ledger::open(scratch / "l"), 2, 2));
  append_sample(ledger, {sample_entry("a0", 3)});
  CHECK(Ledger::open(scratch / "l").read("a0", 3).document == sample_text("a0", 3));
}
