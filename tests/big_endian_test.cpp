#include "big_endian.hpp"

#include <catch2/catch.hpp>

using namespace stet;

TEST_CASE("the most significant byte comes first, and what was written is read") {
  CHECK(big_endian(0x01020304, 4) == "\x01\x02\x03\x04");
  CHECK(big_endian(0x1ff, 1) == "\xff");
  CHECK(big_endian(7, 0).empty());
  for (const uint64_t value : {uint64_t{0}, uint64_t{0x80}, uint64_t{0xfedcba9876543210}, UINT64_MAX}) {
    std::string bytes = "x";
    append_big_endian(bytes, value, 8);
    REQUIRE(bytes.size() == 9);
    CHECK(big_endian_at(bytes, 1, 8) == value);
    CHECK(big_endian_at(bytes, 1, 4) == value >> 32);
  }
}
