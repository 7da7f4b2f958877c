#include <catch2/catch.hpp>

#include "arena.hpp"

#include <cstring>
#include <string>

using namespace stet;

TEST_CASE("an arena gives zeroed pieces until its limit") {
  Arena arena(1 << 20);
  auto* first = static_cast<char*>(arena.take(100));
  REQUIRE(first != nullptr);
  CHECK(std::string(first, 100) == std::string(100, '\0'));
  std::memset(first, 'x', 100);
  auto* second = static_cast<char*>(arena.take(10));
  std::memset(second, 'y', 10);
  auto* grown = static_cast<char*>(arena.grow(first, 5000));
  REQUIRE(grown != nullptr);
  CHECK(std::string(grown, 100) == std::string(100, 'x'));
  CHECK(std::string(second, 10) == std::string(10, 'y'));
  CHECK(arena.grow(grown, 6000) == grown);
  CHECK(arena.grow(nullptr, 8) != nullptr);
  CHECK(arena.take(2 << 20) == nullptr);
  CHECK(arena.take(SIZE_MAX) == nullptr);
  size_t pieces = 0;
  while (arena.take(1000) != nullptr) ++pieces;
  CHECK(pieces < 1100);
  arena.lift_limit();
  CHECK(arena.take(2 << 20) != nullptr);
}
