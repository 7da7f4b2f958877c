#include "pack_list.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "scratch.hpp"

using namespace stet;
using testing::Scratch;
namespace fs = std::filesystem;

namespace {

struct Packs {
  Scratch scratch;
  fs::path objects = scratch.path(), folder = objects / "pack";

  Packs() { fs::create_directory(folder); }
  void put(const std::string& name, size_t bytes) const {
    std::ofstream(folder / name) << std::string(bytes, 'x');
  }
  // With its index, as long as the pack.
  void put_pack(const std::string& name, size_t bytes) const {
    put(name + ".pack", bytes);
    put(name + ".idx", bytes);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& file : fs::directory_iterator(folder)) all.push_back(file.path().filename());
    std::sort(all.begin(), all.end());
    return all;
  }
  std::vector<ListedPack> listed() const { return list_packs(objects); }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("packs with an index are listed by name, with the bytes of both") {
  const Packs packs;
  packs.put_pack("pack-b", 30);
  packs.put_pack("pack-a", 20);
  packs.put("pack-b.keep", 1);
  packs.put("pack-a.rev", 7);
  const auto all = packs.listed();
  REQUIRE(all.size() == 2);
  CHECK(count_packs(packs.objects) == 2);
  CHECK(all[0].name == "pack-a");
  CHECK(all[0].bytes == 40);
  CHECK_FALSE(all[0].is_kept);
  CHECK(all[0].file == inode_of(packs.folder / "pack-a.pack"));
  CHECK(all[1].name == "pack-b");
  CHECK(all[1].bytes == 60);
  CHECK(all[1].is_kept);
  CHECK(all[0].file != all[1].file);
}

TEST_CASE("half a pack is none, and neither is one that goes while it is looked at") {
  const Packs packs;
  CHECK(packs.listed().empty());
  packs.put("pack-a.pack", 9);
  packs.put("pack-b.idx", 9);
  packs.put("multi-pack-index", 9);
  packs.put("tmp_pack_x", 9);
  CHECK(packs.listed().empty());
  CHECK(count_packs(packs.objects) == 1);  // with an index or without
  // A name whose file is gone: what is left of one when its size is asked for.
  const char* gone = GENERATE("pack-c.pack", "pack-c.idx");
  packs.put_pack("pack-c", 9);
  fs::remove(packs.folder / gone);
  fs::create_symlink("nowhere", packs.folder / gone);
  CHECK(packs.listed().empty());
  fs::remove_all(packs.folder);
  CHECK(packs.listed().empty());
  CHECK(count_packs(packs.objects) == 0);
}

TEST_CASE("what is listed while packs come and go is whole") {
  const Packs packs;
  packs.put_pack("pack-stays", 10);
  std::atomic<bool> enough = false;
  std::thread writer([&] {
    while (!enough) {  // the index last, as writers do; the pack goes first
      packs.put("new", 10);
      fs::rename(packs.folder / "new", packs.folder / "pack-comes.pack");
      packs.put("new", 5);
      fs::rename(packs.folder / "new", packs.folder / "pack-comes.idx");
      fs::remove(packs.folder / "pack-comes.pack");
      fs::remove(packs.folder / "pack-comes.idx");
    }
  });
  size_t wrong = 0, seen = 0;
  for (int i = 0; i < 2000; ++i)
    for (const auto& pack : packs.listed()) {
      const bool stays = pack.name == "pack-stays";
      seen += stays;
      wrong += pack.bytes != (stays ? 20u : 15u) || pack.file == 0;
    }
  enough = true;
  writer.join();
  CHECK(seen == 2000);
  CHECK(wrong == 0);
}

TEST_CASE("a pack is removed with what belongs to it, and nothing else is") {
  const Packs packs;
  packs.put_pack("pack-a", 9);
  packs.put_pack("pack-b", 9);
  for (const char* ending : {".rev", ".bitmap", ".mtimes"})
    for (const std::string name : {"pack-a", "pack-b"}) packs.put(name + ending, 1);
  Names steps;
  const Disk disk([&](std::string_view, const fs::path& file) { steps.push_back(file.filename()); });
  remove_packs(disk, packs.objects, {packs.listed()[0]});
  CHECK(packs.names() == Names{"pack-b.bitmap", "pack-b.idx", "pack-b.mtimes", "pack-b.pack", "pack-b.rev"});
  REQUIRE(steps.size() == 5);
  CHECK(steps[0] == "pack-a.pack");  // an index alone is never what a writer is about to complete
}

TEST_CASE("a pack that another one has taken the place of stays, and one that is gone is no error") {
  const Packs packs;
  packs.put_pack("pack-a", 9);
  packs.put_pack("pack-b", 9);
  const auto listed = packs.listed();
  packs.put("new", 9);
  fs::rename(packs.folder / "new", packs.folder / "pack-a.pack");
  CHECK(inode_of(packs.folder / "pack-a.pack") != listed[0].file);
  fs::remove(packs.folder / "pack-b.pack");
  CHECK(inode_of(packs.folder / "pack-b.pack") == 0);
  remove_packs(Disk(), packs.objects, listed);
  CHECK(packs.names() == Names{"pack-a.idx", "pack-a.pack", "pack-b.idx"});
}

TEST_CASE("what a kill leaves of a removal is removed the next time") {
  const Packs packs;
  packs.put_pack("pack-a", 9);
  packs.put("pack-a.rev", 9);
  packs.put_pack("pack-b", 9);
  packs.put("pack-b.rev", 9);
  packs.put("multi-pack-index", 9);
  packs.put("other.idx", 9);
  int step = 0;
  const Disk killed([&](auto...) {
    if (step++ == 1) throw std::runtime_error("killed");
  });
  CHECK_THROWS(remove_packs(killed, packs.objects, {packs.listed()[0]}));
  CHECK(packs.names() == Names{"multi-pack-index", "other.idx", "pack-a.idx", "pack-a.rev", "pack-b.idx",
                               "pack-b.pack", "pack-b.rev"});
  remove_stray_indexes(Disk(), packs.objects);
  CHECK(packs.names() == Names{"multi-pack-index", "other.idx", "pack-b.idx", "pack-b.pack", "pack-b.rev"});
}
