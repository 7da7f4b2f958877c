#include "pack_window.hpp"

#include <fcntl.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "descriptor.hpp"
#include "ledger_attacks.hpp"

using namespace stet;
using Catch::Contains;
using testing::Scratch;
namespace fs = std::filesystem;

TEST_CASE("bytes of files come back wherever they stand, and at least as many as were asked for") {
  const Scratch scratch;
  std::mt19937 random(5);
  std::string bytes(300000, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  const std::string reversed(bytes.rbegin(), bytes.rend());
  std::ofstream(scratch / "a", std::ios::binary) << bytes;
  std::ofstream(scratch / "b", std::ios::binary) << reversed;
  const Descriptor a(open((scratch / "a").c_str(), O_RDONLY | O_CLOEXEC));
  const Descriptor b(open((scratch / "b").c_str(), O_RDONLY | O_CLOEXEC));
  const fs::path name_a = scratch / "a", name_b = scratch / "b";
  PackWindows windows;
  for (int i = 0; i < 3000; ++i) {
    const bool is_a = random() % 2 != 0;
    const std::string& all = is_a ? bytes : reversed;
    const uint64_t end = all.size() - 20, offset = random() % end;
    const size_t size = random() % (i % 50 == 0 ? 200000 : 9000);
    const auto read = windows.read({is_a ? &name_a : &name_b, is_a ? a.get() : b.get(), end}, offset, size);
    REQUIRE(read.size() >= std::min<uint64_t>(size, end - offset));
    REQUIRE(offset + read.size() <= end);
    REQUIRE(std::string_view(all).substr(offset, read.size()) == read);
  }
}

namespace {

// A file that says of each piece that is taken from it whether it was read before it changed.
struct Changing {
  explicit Changing(size_t size) : size(size) { write('x'); }
  void write(char c) const {
    std::ofstream(name, std::ios::binary | std::ios::in | std::ios::out | std::ios::ate).seekp(0)
        << std::string(size, c);
  }
  bool is_known(uint64_t offset, size_t bytes = 100) {
    return windows.read({&name, fd.get(), size}, offset, bytes)[0] == 'x';
  }

  const size_t size;
  const Scratch scratch;
  const fs::path name = scratch / "a";
  const Descriptor fd{open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  PackWindows windows;
};

}  // namespace

TEST_CASE("what stands around a piece that was read is not read again") {
  Changing file(400000);
  REQUIRE(file.is_known(200000));
  file.write('y');
  CHECK(file.is_known(200000));
  CHECK(file.is_known(199500));
  CHECK(file.is_known(205000));
  CHECK_FALSE(file.is_known(190000));
  CHECK_FALSE(file.is_known(220000));
  CHECK_FALSE(file.is_known(200000, 50000));
}

TEST_CASE("of many pieces that was forgotten which was not wanted for longest") {
  constexpr size_t apart = 20000, pieces = 300;
  Changing file(apart * pieces);
  REQUIRE(file.is_known(0));
  REQUIRE(file.is_known(apart));
  file.write('y');
  for (size_t i = 2; i < pieces; ++i) {
    CHECK_FALSE(file.is_known(i * apart));
    CHECK(file.is_known(0));
  }
  CHECK_FALSE(file.is_known(apart));
}

TEST_CASE("a file that ends too early is refused, and what was read of it forgotten") {
  const Scratch scratch;
  std::ofstream(scratch / "a", std::ios::binary) << std::string(1000, 'x');
  const Descriptor a(open((scratch / "a").c_str(), O_RDONLY | O_CLOEXEC));
  const fs::path name = scratch / "a";
  PackWindows windows;
  for (int i = 0; i < 2; ++i)
    CHECK_THROWS_WITH(windows.read({&name, a.get(), 2000}, 500, 100), Contains("cut short"));
  fs::resize_file(scratch / "a", 2000);
  CHECK(windows.read({&name, a.get(), 2000}, 900, 200) == std::string(100, 'x') + std::string(1000, '\0'));
}

TEST_CASE("a file that cannot be read is named") {
  const Scratch scratch;
  const fs::path name = scratch / "a.pack";
  PackWindows windows;
  CHECK_THROWS_WITH(windows.read({&name, -1, 2000}, 500, 100), Contains(name.string()));
}
