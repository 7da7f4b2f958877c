#include "timestamp.hpp"

#include <catch2/catch.hpp>

TEST_CASE("a time with Z, an offset or a fraction is the same second") {
  CHECK(stet::parse_timestamp("2025-11-23T19:40:00Z") == 1763926800);
  CHECK(stet::parse_timestamp("2025-11-23T21:40:00+02:00") == 1763926800);
  CHECK(stet::parse_timestamp("2025-11-23t14:10:00.999-05:30") == 1763926800);
}

TEST_CASE("a date alone is its first second in UTC") {
  CHECK(stet::parse_timestamp("1970-01-01") == 0);
  CHECK(stet::parse_timestamp("2024-02-29") == 1709164800);
}

TEST_CASE("what is not a time is nothing") {
  for (const char* text : {"", "2025", "2025-11-31", "2025-02-29", "2025-13-01", "0000-01-01", "2025-11-23T",
                           "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2025-11-23T24:00:00Z",
                           "2025-11-23T19:40:00", "2025-11-23T19:40Z", "2025-11-23T19:40:00Zx", "2025-1-23",
                           "+025-11-23", "2025-11-23T19:40:00+0200"})
    CHECK_FALSE(stet::parse_timestamp(text).has_value());
}

TEST_CASE("formatting gives back what was read, before 1970 and after 2038") {
  for (const char* text :
       {"1969-12-31T23:59:59Z", "2038-01-19T03:14:08Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    CHECK(stet::format_timestamp(*stet::parse_timestamp(text)) == text);
}

TEST_CASE("a time that no text says is an error, not another time") {
  CHECK_THROWS_WITH(stet::format_timestamp(253402300800), Catch::Contains("253402300800"));
  for (const int64_t time : {INT64_MIN, int64_t{-62135596801}, int64_t{253402300800}, INT64_MAX}) {
    CHECK_FALSE(stet::has_timestamp(time));
    CHECK_THROWS_WITH(stet::format_timestamp(time), Catch::EndsWith("is not of the years 1 to 9999"));
  }
  CHECK(stet::has_timestamp(-62135596800));
  CHECK(stet::has_timestamp(253402300799));
}

TEST_CASE("a time more than a day ahead is one that nobody can have seen") {
  CHECK_FALSE(stet::far_ahead(1000, 1000));
  CHECK_FALSE(stet::far_ahead(1000 + 86400, 1000));
  CHECK(stet::far_ahead(1000 + 86401, 1000));
  CHECK_FALSE(stet::far_ahead(-1000000, 1000));
}
