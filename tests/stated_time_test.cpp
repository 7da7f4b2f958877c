#include <catch2/catch.hpp>

#include "stated_time.hpp"

using namespace stet;

namespace {

std::string value(std::string_view text) {
  const auto time = read_stated_time(text);
  return time ? time->value + (time->clock_dropped ? " (clock dropped)" : "") : "nothing";
}

}  // namespace

TEST_CASE("dates in words and figures are read") {
  for (const char* text : {"23 November 2025", "23 Nov 2025", "23 Nov. 2025", "23rd November, 2025",
                           "November 23, 2025", "Nov. 23rd 2025", "NOV 23, 2025", "Sunday, 23 November 2025",
                           "Sun. Nov 23, 2025", "2025-11-23", " 2025-11-23 "})
    CHECK(value(text) == "2025-11-23");
  CHECK(value("1 Sept. 2025") == "2025-09-01");
  CHECK(value("29 February 2024") == "2024-02-29");
  CHECK(value("May 1, 2025") == "2025-05-01");
}

TEST_CASE("times of day are read with their offset from UTC") {
  CHECK(value("2025-11-23T10:00Z") == "2025-11-23T10:00:00Z");
  CHECK(value("2025-11-23T10:00:30.123Z") == "2025-11-23T10:00:30Z");
  CHECK(value("2025-11-23T10:00:00+05:30") == "2025-11-23T10:00:00+05:30");
  CHECK(value("2025-11-23 10:00:00 -0800") == "2025-11-23T10:00:00-08:00");
  CHECK(value("2025-11-23 10:00 +02") == "2025-11-23T10:00:00+02:00");
  CHECK(value("23 November 2025, 10:00 UTC") == "2025-11-23T10:00:00Z");
  CHECK(value("23 November 2025 at 8:30 p.m. GMT") == "2025-11-23T20:30:00Z");
  CHECK(value("Nov 23, 2025 12:05 am GMT") == "2025-11-23T00:05:00Z");
  CHECK(value("23 November 2025 10:00 GMT+2") == "nothing");
  CHECK(value("23 November 2025 10:00 UTC+02:00") == "2025-11-23T10:00:00+02:00");
}

TEST_CASE("a time of day without a certain offset leaves the date") {
  CHECK(value("2025-11-23T10:00:00") == "2025-11-23 (clock dropped)");
  CHECK(value("23 November 2025 10:00 CET") == "2025-11-23 (clock dropped)");
  CHECK(value("Nov 23, 2025 8:30pm ET") == "2025-11-23 (clock dropped)");
  CHECK(value("23 November 2025 10:00 local time") == "2025-11-23 (clock dropped)");
}

TEST_CASE("what can be read in two ways, or not at all, is nothing") {
  for (const char* text : {"",
                           " ",
                           "03/04/2025",
                           "3.4.2025",
                           "23 November",
                           "November 2025",
                           "2025",
                           "2025-13-01",
                           "2025-02-30",
                           "0000-01-01",
                           "31 June 2025",
                           "0 May 2025",
                           "32 May 2025",
                           "23 Novembers 2025",
                           "23 Nove 2025",
                           "23 Mai 2025",
                           "23 November 2025 or so",
                           "on 23 November 2025",
                           "20251123",
                           "2025-11-23T",
                           "2025-11-23T25:00Z",
                           "2025-11-23T10:60Z",
                           "2025-11-23T10:00:61Z",
                           "2025-11-23T10:00+2",
                           "2025-11-23T10:00+25:00",
                           "2025-11-23T10Z",
                           "2025-11-23 13:00 pm UTC",
                           "2025-11-23 0:30 am",
                           "23 November 20255",
                           "Sunday",
                           "Sundry, 23 November 2025",
                           "99999999999999999999 May 2025"})
    CHECK(value(text) == "nothing");
}

TEST_CASE("days without a year are recognised but not completed") {
  for (const char* text : {"Nov. 23", "23 November", "Sunday", "Sunday, Nov. 23", "Feb 29", "Tues."})
    CHECK(is_day_of_year(text));
  for (const char* text : {"Feb 30", "November", "23", "Nov. 23, 2025", "The Sun", ""})
    CHECK_FALSE(is_day_of_year(text));
}

TEST_CASE("weekdays and months are known in full and by their usual short forms") {
  CHECK(is_weekday("monday"));
  CHECK(is_weekday("Thurs."));
  CHECK_FALSE(is_weekday("Mo"));
  CHECK(is_month("Sept."));
  CHECK(is_month("MAY"));
  CHECK_FALSE(is_month("Mayor"));
  CHECK_FALSE(is_month(""));
}
