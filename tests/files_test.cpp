#include "files.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "scratch.hpp"

using stet::testing::Scratch;
namespace fs = std::filesystem;

TEST_CASE("what is written is read back, whatever its bytes") {
  const Scratch scratch;
  const auto file = scratch.path() / "f";
  for (const std::string& bytes : {std::string(), std::string("a\0b\xff", 4), std::string(200000, 'x')}) {
    stet::write_file(file, bytes);
    CHECK(stet::read_file(file, 1 << 20) == bytes);
  }
}

TEST_CASE("a file that cannot be read is an error that names it") {
  const Scratch scratch;
  CHECK_THROWS_WITH(stet::read_file(scratch.path() / "gone", 10), Catch::EndsWith("gone: no such file"));
  CHECK_THROWS_WITH(stet::read_file(scratch.path(), 10), Catch::EndsWith("is a folder, not a file"));
  REQUIRE(mkfifo((scratch.path() / "pipe").c_str(), 0600) == 0);
  CHECK_THROWS_WITH(stet::read_file(scratch.path() / "pipe", 10),
                    Catch::EndsWith("pipe: is not a regular file"));
}

TEST_CASE("a pipe that the user names is read to its end, and no further than a file") {
  const Scratch scratch;
  const auto pipe = scratch.path() / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const auto write = [&](size_t size) {
    return std::jthread([&pipe, size] { std::ofstream(pipe) << std::string(size, 'x'); });
  };
  {
    const auto writer = write(20);
    CHECK(stet::read_named_file(pipe, 20) == std::string(20, 'x'));
  }
  const auto writer = write(21);
  CHECK_THROWS_WITH(stet::read_named_file(pipe, 20), Catch::Contains("at least 21 bytes"));
  CHECK_THROWS_WITH(stet::read_named_file("/dev/null", 20),
                    Catch::EndsWith("is not a regular file or a pipe"));
}

TEST_CASE("a file over the limit names both sizes") {
  const Scratch scratch;
  stet::write_file(scratch.path() / "big", "12345678901");
  CHECK_THROWS_WITH(stet::read_file(scratch.path() / "big", 10),
                    Catch::Contains("11 bytes") && Catch::Contains("10"));
}

TEST_CASE("a write that fails leaves the old file") {
  const Scratch scratch;
  CHECK_THROWS_WITH(stet::write_file(scratch.path() / "no/such/folder", "x"),
                    Catch::Contains("no such file"));
}
