#include "files.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

TEST_CASE("a write that fails says why and leaves nothing") {
  const Scratch scratch;
  CHECK_THROWS_WITH(stet::write_file(scratch / "no/such/folder", "x"),
                    Catch::EndsWith("no/such/folder: its folder is not there"));
  CHECK_THROWS_WITH(stet::write_file(scratch.path(), "x"), Catch::EndsWith(": is a folder, not a file"));
  fs::create_directory(scratch / "d");
  CHECK_THROWS_WITH(stet::replace_file(scratch / "d", "x"), Catch::Contains("d: "));
  CHECK(std::distance(fs::directory_iterator(scratch.path()), {}) == 1);
}

TEST_CASE("a write leaves what stands beside the file") {
  const Scratch scratch;
  stet::write_file(scratch / "f.new", "mine");
  stet::write_file(scratch / "f", "x");
  CHECK(stet::read_file(scratch / "f.new", 10) == "mine");
}

TEST_CASE("a link is followed for a file that a user named, and else replaced") {
  const Scratch scratch;
  stet::write_file(scratch / "target", "old");
  fs::create_symlink("target", scratch / "link");
  fs::create_symlink("absent", scratch / "dangling");
  stet::write_file(scratch / "link", "new");
  stet::write_file(scratch / "dangling", "made");
  CHECK(fs::is_symlink(scratch / "link"));
  CHECK(stet::read_file(scratch / "target", 10) == "new");
  CHECK(stet::read_file(scratch / "absent", 10) == "made");
  stet::replace_file(scratch / "link", "own");
  CHECK_FALSE(fs::is_symlink(scratch / "link"));
  CHECK(stet::read_file(scratch / "target", 10) == "new");
}

TEST_CASE("a file keeps its permissions, and a pipe or a device is written to") {
  const Scratch scratch;
  stet::write_file(scratch / "f", "old");
  fs::permissions(scratch / "f", fs::perms::owner_read | fs::perms::owner_write);
  stet::write_file(scratch / "f", "new");
  CHECK(fs::status(scratch / "f").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  REQUIRE(mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  const stet::Descriptor end(open((scratch / "pipe").c_str(), O_RDONLY | O_NONBLOCK));
  stet::write_file(scratch / "pipe", "words");
  char read_bytes[10];
  CHECK(read(end.get(), read_bytes, sizeof read_bytes) == 5);
  CHECK(fs::is_fifo(scratch / "pipe"));
  fs::create_symlink("/dev/full", scratch / "full");
  CHECK_THROWS_WITH(stet::write_file(scratch / "full", "x"), Catch::Contains("No space left"));
  CHECK(fs::is_symlink(scratch / "full"));
}
