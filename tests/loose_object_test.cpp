#include "loose_object.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <stdexcept>

#include "scratch.hpp"

using namespace stet;
using namespace std::string_literals;
using Catch::Contains;
using testing::Scratch;
using testing::shell;

namespace {

std::string deflated(std::string_view bytes, int level = 6) {
  std::string out(compressBound(bytes.size()), '\0');
  uLongf size = out.size();
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
            bytes.size(), level);
  out.resize(size);
  return out;
}

LooseObject parsed(const std::string& object) {
  return parse_loose_object(deflated(object));
}

}  // namespace

TEST_CASE("an object is its header and as many bytes as the header says") {
  CHECK(parsed("blob 0\0"s).bytes.empty());
  CHECK(parsed("blob 3\0a\0b"s).bytes == "a\0b"s);
  CHECK(parsed("commit 1\0x"s).type == "commit");
  const std::string large(1000000, 'x');
  CHECK(parsed("blob 1000000\0"s + large).bytes == large);
  for (size_t n = 0; n < 80; ++n)  // around the end of what is inflated for the header
    CHECK(parsed("tree " + std::to_string(n) + '\0' + std::string(n, 'y')).bytes == std::string(n, 'y'));
}

TEST_CASE("git's own loose objects are read as git reads them") {
  const Scratch scratch;
  const std::string in = "cd '" + scratch.path().string() + "' && ";
  std::string id = shell(in + "git init -q . && seq 5000 | git hash-object -w --stdin");
  id.pop_back();
  const auto object = read_loose_object(scratch / ".git/objects", id);
  REQUIRE(object);
  CHECK(object->type == "blob");
  CHECK(object->bytes == shell("seq 5000"));
  CHECK_FALSE(read_loose_object(scratch / ".git/objects", std::string(40, '0')));
}

TEST_CASE("a header that declares less or more than there is, is refused") {
  CHECK_THROWS_WITH(parsed("blob 1\0"s + std::string(50, 'x')), Contains("longer than its header says"));
  CHECK_THROWS_WITH(parsed("blob 0\0x"s), Contains("longer"));
  CHECK_THROWS_WITH(parsed("blob 99\0"s + std::string(100, 'x')), Contains("longer"));
  CHECK_THROWS_WITH(parsed("blob 101\0"s + std::string(100, 'x')), Contains("shorter"));
  CHECK_THROWS_WITH(parsed("blob 200000000\0x"s), Contains("shorter"));
}

TEST_CASE("a header that is none is refused before anything is allocated for it") {
  for (const auto& bad : {""s, "\0"s, "blob"s, "blob 1"s, "blob\0 1"s, "blob \0"s, "blob x\0"s, "blob 1x\0x"s,
                          "blob -1\0"s, "blob 01\0x"s, "blob  1\0x"s, "blob 99999999999\0x"s,
                          "blob 99999999999999999999999999\0x"s, std::string(100, 'b')})
    CHECK_THROWS_AS(parsed(bad), std::runtime_error);
}

TEST_CASE("a stream that is cut, followed by bytes or none at all is refused") {
  const std::string good = deflated("blob 100\0"s + std::string(100, 'x'));
  for (size_t size = 0; size < good.size(); ++size)
    CHECK_THROWS_AS(parse_loose_object(good.substr(0, size)), std::runtime_error);
  CHECK_THROWS_WITH(parse_loose_object(good + "x"), Contains("bytes follow"));
  CHECK_THROWS_WITH(parse_loose_object("blob 1\0x"s), Contains("not a zlib stream"));
}

TEST_CASE("any bit changed is an error or makes no difference to what is read") {
  const std::string object = "blob 100\0"s + std::string(60, 'x') + std::string(40, 'y');
  const std::string good = deflated(object, 0);
  int unused_bits = 0;
  for (size_t at = 0; at < good.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ 1 << bit);
      std::optional<LooseObject> read;
      try {
        read = parse_loose_object(bad);
      } catch (const std::runtime_error&) {
        continue;
      }
      CHECK(read->bytes == object.substr(9));
      ++unused_bits;
    }
  CHECK(unused_bits == 5);  // that fill up the byte after a stored block's three bits (RFC 1951, 3.2.4)
}

TEST_CASE("a small file that unfolds to far more is refused at its declared size") {
  const std::string bomb = deflated("blob 10\0"s + std::string(50'000'000, '\0'));
  REQUIRE(bomb.size() < 100'000);
  CHECK_THROWS_WITH(parse_loose_object(bomb), Contains("longer"));
}
