#include "disk.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

#include "files.hpp"
#include "scratch.hpp"

using namespace stet;
using Catch::Contains;
using testing::Scratch;
namespace fs = std::filesystem;

namespace {

constexpr size_t any_size = 1u << 30;

}  // namespace

TEST_CASE("a new file is gone unless it was renamed") {
  const Scratch scratch;
  const Disk disk;
  { NewFile(disk, scratch / "a", 0644).write("x"); }
  CHECK_FALSE(fs::exists(scratch / "a"));
  {
    NewFile file(disk, scratch / "a", 0444);
    file.write("x");
    file.sync();
    file.rename_to(scratch / "b");
  }
  CHECK_FALSE(fs::exists(scratch / "a"));
  CHECK(read_file(scratch / "b", any_size) == "x");
  CHECK((fs::status(scratch / "b").permissions() & fs::perms::owner_write) == fs::perms::none);
}

TEST_CASE("pieces of all sizes stand in the file in their order, and a later one over an earlier") {
  const Scratch scratch;
  const Disk disk;
  NewFile file(disk, scratch / "a", 0644);
  std::string all;
  for (const size_t size : {0u, 1u, 100u, 300000u, 7u, 262144u, 262143u, 2u, 1000000u, 3u}) {
    const std::string piece(size, static_cast<char>('a' + size % 26));
    file.write(piece);
    all += piece;
  }
  file.flush();
  file.write_at(50, "over");
  all.replace(50, 4, "over");
  file.write("end");
  all += "end";
  file.sync();
  CHECK(file.size() == all.size());
  CHECK(read_file(scratch / "a", any_size) == all);
  std::string read;
  file.read_back([&](std::string_view bytes) { read += bytes; });
  CHECK(read == all);
}

TEST_CASE("errors say the file and the reason") {
  const Scratch scratch;
  const Disk disk;
  NewFile file(disk, scratch / "a", 0644);
  CHECK_THROWS_WITH(NewFile(disk, scratch / "a", 0644), Contains("/a: cannot be made: File exists"));
  CHECK(fs::exists(scratch / "a"));
  CHECK_THROWS_WITH(NewFile(disk, scratch / "no/a", 0644), Contains("no/a: cannot be made"));
  CHECK_THROWS_WITH(file.rename_to(scratch / "no/a"), Contains("no/a: cannot be put in its place"));
  CHECK_THROWS_WITH(disk.sync_folder(scratch / "no"), Contains("no: cannot be synced"));
  CHECK_NOTHROW(disk.remove(scratch / "no"));
  fs::create_directory(scratch / "folder");
  CHECK_THROWS_WITH(disk.remove(scratch / "folder"), Contains("folder: cannot be removed"));
}

TEST_CASE("every step is told before it is taken, and can be stopped") {
  const Scratch scratch;
  std::vector<std::string> steps;
  const Disk disk([&](std::string_view step, const fs::path& file) {
    steps.push_back(std::string(step) + ' ' + file.filename().string());
    if (step == "write") throw std::runtime_error(file.string() + ": cannot be written: the disk is full");
  });
  NewFile file(disk, scratch / "a", 0644);
  file.write("x");
  CHECK_THROWS_WITH(file.sync(), Contains("the disk is full"));
  CHECK(fs::file_size(scratch / "a") == 0);
  disk.remove(scratch / "b");
  disk.sync_folder(scratch.path());
  CHECK(steps == std::vector<std::string>{"create a", "write a", "remove b",
                                          "sync " + scratch.path().filename().string()});
}
