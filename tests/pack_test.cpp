#include "pack.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

#include "files.hpp"
#include "ledger_attacks.hpp"
#include "pack_reader.hpp"

using namespace stet;
using Catch::Contains;
using testing::git;
using testing::Scratch;
using testing::shell;
namespace fs = std::filesystem;

namespace {
// An empty repository, and a writer for it.
struct Repository {
  Scratch scratch;
  fs::path folder = scratch / "r";
  Disk disk;
  Repository() { shell("git init -q --bare '" + folder.string() + "'"); }

  fs::path objects() const { return folder / "objects"; }
  size_t files() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(objects() / "pack"), fs::directory_iterator()));
  }
  std::string object(const ObjectId& id) const { return git(folder, "cat-file blob " + hex(id)); }
  void demand_whole(const PackSummary& written) const {
    const auto place = objects() / "pack" / written.name;
    CHECK(fs::file_size(place.string() + ".pack") == written.bytes);
    CHECK(fs::file_size(place.string() + ".idx") == written.index_bytes);
    CHECK_NOTHROW(git(folder, "verify-pack '" + place.string() + ".idx'"));
    CHECK_NOTHROW(git(folder, "fsck --full --strict --no-dangling"));
  }
};

std::string words(size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string text;
  while (text.size() < size) text += "etaoinshrdlu   "[random() % 15];
  return text;
}

}  // namespace

TEST_CASE("git reads what was written, of every size of header") {
  Repository r;
  PackWriter writer(r.disk, r.objects());
  std::vector<std::pair<ObjectId, std::string>> all;
  for (const size_t size : {0u, 1u, 15u, 16u, 2047u, 2048u, 70000u, 300000u}) {
    const std::string bytes = words(size, static_cast<unsigned>(size));
    all.emplace_back(writer.add(ObjectType::blob, bytes), bytes);
  }
  CHECK(r.files() == 1);
  const auto written = writer.finish();
  CHECK(r.files() == 2);
  CHECK(written.objects == all.size());
  CHECK(written.deltas == 0);
  r.demand_whole(written);
  for (const auto& [id, bytes] : all) CHECK(r.object(id) == bytes);
}

TEST_CASE("nothing added is nothing written") {
  Repository r;
  PackWriter writer(r.disk, r.objects());
  const auto written = writer.finish();
  CHECK(written.name.empty());
  CHECK(written.objects == 0);
  CHECK(r.files() == 0);
}

TEST_CASE("an object that is added twice is written once") {
  Repository r;
  PackWriter writer(r.disk, r.objects());
  const auto id = writer.add(ObjectType::blob, "same");
  CHECK(writer.add(ObjectType::blob, "other") != id);
  CHECK(writer.add(ObjectType::blob, "same") == id);
  CHECK(writer.add(ObjectType::blob, "same", DeltaBase{id, "same"}) == id);
  const auto written = writer.finish();
  CHECK(written.objects == 2);
  r.demand_whole(written);
}

TEST_CASE("a chain of deltas gives back every revision, and no chain is longer than git's") {
  Repository r;
  PackWriter writer(r.disk, r.objects());
  std::vector<std::pair<ObjectId, std::string>> all;
  std::string text = words(6000, 1);
  for (int i = 0; i < 120; ++i) {
    std::optional<DeltaBase> base;
    if (i > 0) base = DeltaBase{all.back().first, all.back().second};
    all.emplace_back(writer.add(ObjectType::blob, text, base), text);
    text.insert(static_cast<size_t>(i) * 37, "edit " + std::to_string(i));
    text += " appended";
  }
  const auto written = writer.finish();
  CHECK(written.deltas == 117);  // 51 revisions to a chain
  CHECK(written.bytes < 30000);
  r.demand_whole(written);
  PackReader reader(r.objects(), 1 << 20);
  for (const auto& [id, bytes] : all) {
    CHECK(r.object(id) == bytes);
    CHECK(reader.read(id)->bytes == bytes);
  }
  CHECK_THAT(git(r.folder, "verify-pack -v '" + testing::packs(r.folder)[0].string() + "'"),
             Contains("chain length = 50: 2 objects") && !Contains("chain length = 51"));
}

TEST_CASE("what has little in common with its base, or a base elsewhere, is written whole") {
  Repository r;
  PackWriter first(r.disk, r.objects());
  const std::string base = words(5000, 1), other = words(5000, 2);
  const auto id = first.add(ObjectType::blob, base);
  first.add(ObjectType::blob, other, DeltaBase{id, base});
  CHECK(first.finish().deltas == 0);
  PackWriter second(r.disk, r.objects());
  second.add(ObjectType::blob, base + "x", DeltaBase{id, base});
  const auto written = second.finish();
  CHECK(written.deltas == 0);
  r.demand_whole(written);
}

TEST_CASE("ten thousand objects are all found in the index") {
  Repository r;
  PackWriter writer(r.disk, r.objects());
  std::vector<ObjectId> ids;
  for (int i = 0; i < 10000; ++i) ids.push_back(writer.add(ObjectType::blob, "object " + std::to_string(i)));
  const auto written = writer.finish();
  CHECK(written.objects == 10000);
  r.demand_whole(written);
  {
    std::ofstream wanted(r.scratch / "ids");
    for (const auto& id : ids) wanted << hex(id) << "\n";
  }
  std::istringstream found(git(r.folder, "cat-file --batch-check < '" + (r.scratch / "ids").string() + "'"));
  std::string line;
  for (int i = 0; i < 10000; ++i) {
    REQUIRE(std::getline(found, line));
    REQUIRE(line == hex(ids[i]) + " blob " + std::to_string(("object " + std::to_string(i)).size()));
  }
  PackReader reader(r.objects(), 1 << 20);
  for (int i = 0; i < 10000; ++i) REQUIRE(reader.read(ids[i])->bytes == "object " + std::to_string(i));
  CHECK(reader.read(object_id(ObjectType::blob, "absent")) == nullptr);
}

TEST_CASE("an object of 16 MB comes back, and a delta against it") {
  Repository r;
  std::string huge(16 << 20, ' ');
  std::mt19937 random(3);
  for (auto& c : huge) c = static_cast<char>(random());
  PackWriter writer(r.disk, r.objects());
  const auto id = writer.add(ObjectType::blob, huge);
  const auto edited = writer.add(ObjectType::blob, huge + "x", DeltaBase{id, huge});
  const auto written = writer.finish();
  r.demand_whole(written);
  PackReader reader(r.objects(), 1 << 20);
  CHECK(reader.read(id)->bytes == huge);
  CHECK(reader.read(edited)->bytes == huge + "x");
  CHECK(git(r.folder, "cat-file blob " + hex(id) + " | sha256sum").substr(0, 64) == sha256_hex(huge));
}

TEST_CASE("what a killed writer left is removed by the next, and nothing else") {
  Repository r;
  const auto folder = r.objects() / "pack";
  PackWriter whole(r.disk, r.objects());
  whole.add(ObjectType::blob, "whole");
  const auto kept = whole.finish();
  std::ofstream(folder / "tmp_pack_other") << "of another program";
  // As if it was killed when it had renamed the pack and not the index.
  PackWriter killed(r.disk, r.objects());
  killed.add(ObjectType::blob, "killed");
  const auto half = killed.finish();
  fs::rename(folder / (half.name + ".idx"), folder / "tmp_stet_idx");
  std::ofstream(folder / "tmp_stet_pack") << "PACK";
  CHECK_NOTHROW(git(r.folder, "fsck --full --strict"));
  const PackWriter next(r.disk, r.objects());
  CHECK(r.files() == 3);
  CHECK(fs::exists(folder / (kept.name + ".pack")));
  CHECK(fs::exists(folder / (kept.name + ".idx")));
  CHECK(fs::exists(folder / "tmp_pack_other"));
}

TEST_CASE("a temporary index whose pack is whole does not take it along") {
  Repository r;
  const auto folder = r.objects() / "pack";
  PackWriter writer(r.disk, r.objects());
  writer.add(ObjectType::blob, "x");
  const auto written = writer.finish();
  fs::copy_file(folder / (written.name + ".idx"), folder / "tmp_stet_idx");
  const PackWriter next(r.disk, r.objects());
  CHECK(r.files() == 2);
  r.demand_whole(written);
}

TEST_CASE("a writer that fails at any step leaves no file, and one that is told again writes the same pack") {
  Repository r;
  const auto write = [&](int failing) {
    int step = 0;
    const Disk disk([&](std::string_view what, const fs::path& file) {
      if (step++ == failing) throw std::runtime_error(file.string() + ": " + std::string(what) + " failed");
    });
    PackWriter writer(disk, r.objects());
    const std::string text = words(300000, 1);
    writer.add(ObjectType::blob, text + "x", DeltaBase{writer.add(ObjectType::blob, text), text});
    return writer.finish().name;
  };
  const std::string name = write(-1);
  for (const auto& file : fs::directory_iterator(r.objects() / "pack")) fs::remove(file);
  int failed = 0;
  for (bool done = false; !done; ++failed) try {
      const auto again = write(failed);
      CHECK(again == name);
      done = true;
    } catch (const std::runtime_error& e) {
      INFO(e.what());
      // At the last step, which syncs the folder, the pair is there.
      const size_t left = r.files();
      CHECK((left == 0 || left == 2));
    }
  CHECK(failed > 8);
  CHECK(r.files() == 2);
  CHECK_NOTHROW(git(r.folder, "fsck --full --strict --no-dangling"));
}
