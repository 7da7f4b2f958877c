#include "byte_reader.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>

using stet::ByteReader;

namespace {

ByteReader reader_of(std::string_view bytes) {
  return {bytes, [] { throw std::runtime_error("too short"); }};
}

}  // namespace

TEST_CASE("pieces are taken one behind the other, to the last byte") {
  const uint32_t number = 0xfeedbeef;
  std::string bytes = "head";
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number).append("tail");
  auto reader = reader_of(bytes);
  CHECK(reader.take(0).empty());
  CHECK(reader.take(4) == "head");
  CHECK(reader.take_as<uint32_t>() == number);
  CHECK(reader.left() == 4);
  CHECK(reader.take(4) == "tail");
  CHECK(reader.left() == 0);
  CHECK(reader.take(0).empty());
}

TEST_CASE("whoever asks for more than is left is refused, and nothing is taken") {
  auto reader = reader_of("abc");
  CHECK_THROWS_WITH(reader.take(4), "too short");
  CHECK_THROWS_WITH(reader.take(UINT64_MAX), "too short");
  CHECK_THROWS_WITH(reader.take_as<uint32_t>(), "too short");
  CHECK(reader.take(3) == "abc");
  CHECK_THROWS_WITH(reader.take(1), "too short");
  CHECK_THROWS_WITH(reader_of({}).take_as<char>(), "too short");
}
