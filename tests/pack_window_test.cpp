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

TEST_CASE("of what lies alone little is read, and more of what has a neighbour that was read") {
  const Scratch scratch;
  std::ofstream(scratch / "a", std::ios::binary) << std::string(400000, 'x');
  const Descriptor a(open((scratch / "a").c_str(), O_RDONLY | O_CLOEXEC));
  const fs::path name = scratch / "a";
  PackWindows windows;
  const auto size_at = [&](uint64_t offset) {
    return windows.read({&name, a.get(), 400000}, offset, 100).size();
  };
  const size_t alone = size_at(200000), behind = size_at(210000), before = size_at(190000);
  CHECK(alone < behind);
  CHECK(alone < before);
  CHECK(size_at(300000) == alone);
  CHECK(size_at(100000) == alone);
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
