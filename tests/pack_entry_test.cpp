#include "pack_entry.hpp"

#include <catch2/catch.hpp>

#include "loose_object.hpp"

using namespace stet;
using Catch::Contains;

TEST_CASE("headers are read as they were written, and nothing behind them") {
  for (const unsigned type : {1u, 2u, 3u, 4u, offset_delta, named_delta})
    for (const size_t size : {size_t{0}, size_t{15}, size_t{16}, size_t{2047}, size_t{2048}, size_t{262143},
                              size_t{262144}, size_t{max_object_bytes}}) {
      std::string out;
      append_object_header(out, {type, size});
      out += "rest";
      std::string_view bytes = out;
      const auto header = take_object_header(bytes);
      CHECK(header.type == type);
      CHECK(header.size == size);
      CHECK(bytes == "rest");
    }
}

TEST_CASE("headers have the bytes that gitformat-pack(5) gives them") {
  std::string out;
  append_object_header(out, {3, 100});
  CHECK(out == "\xb4\x06");
  out.clear();
  append_distance(out, 127);
  append_distance(out, 128);
  append_distance(out, 16511);
  append_distance(out, 16512);
  CHECK(out == std::string("\x7f\x80\0\xff\x7f\x80\x80\0", 8));
}

TEST_CASE("distances are read as they were written") {
  for (uint64_t distance = 1; distance < uint64_t{1} << 48; distance = distance * 3 + 1) {
    std::string out;
    append_distance(out, distance);
    std::string_view bytes = out;
    CHECK(take_distance(bytes) == distance);
    CHECK(bytes.empty());
  }
}

TEST_CASE("what is cut short or without end is refused") {
  std::string_view none, open = "\xb4", endless = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
  CHECK_THROWS_WITH(take_object_header(none), Contains("cut short"));
  CHECK_THROWS_WITH(take_object_header(open), Contains("cut short"));
  std::string_view again = endless;
  CHECK_THROWS_WITH(take_object_header(endless), Contains("beyond all measure"));
  CHECK_THROWS_WITH(take_distance(again), Contains("its base is nowhere"));
  std::string too_large;
  append_object_header(too_large, {3, max_object_bytes + 1});
  std::string_view bytes = too_large;
  CHECK_THROWS_WITH(take_object_header(bytes), Contains("beyond all measure"));
}
