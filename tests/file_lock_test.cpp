#include "file_lock.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "scratch.hpp"

using namespace stet;
using namespace stet::testing;
using Catch::Contains;
namespace fs = std::filesystem;

TEST_CASE("a lock is made where there is none, and held by one alone") {
  const Scratch scratch;
  const auto file = scratch / "lock";
  auto held = lock_file(file, 0, "it");
  CHECK(fs::is_regular_file(file));
  CHECK_FALSE(try_lock_file(file));
  CHECK_THROWS_AS(lock_file(file, 0, "it"), LockHeld);
  held.reset();
  CHECK(try_lock_file(file));
}

TEST_CASE("a lock is not taken through a symbolic link, wherever that leads") {
  const Scratch scratch;
  const auto target = scratch / "elsewhere", link = scratch / "lock";
  fs::create_symlink(target, link);
  const bool is_dangling = GENERATE(true, false);
  if (!is_dangling) std::ofstream(target) << "kept";
  CHECK_THROWS_WITH(lock_file(link, 0, "it"), "it: cannot be locked: lock is a symbolic link");
  CHECK_THROWS_WITH(try_lock_file(link), Contains("lock: cannot be locked: lock is a symbolic link"));
  CHECK(fs::exists(target) != is_dangling);
}
