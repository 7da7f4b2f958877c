// A point in time as an article states it, in words or figures -> RFC 3339.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stet {

struct StatedTime {
  std::string value;   // "2025-11-23", "2025-11-23T10:00:00Z" or with the offset it was given with
  bool clock_dropped;  // a time of day was stated, but not its offset from UTC: only the date is certain
};

// Reads all of `text` as one date, with or without a time of day:
//   2025-11-23   2025-11-23T10:00Z   2025-11-23 10:00:00 +0200   23 November 2025   Sunday, Nov. 23rd, 2025
//   November 23, 2025, 10:00 UTC     Nov 23 2025 at 8:30 p.m. GMT
// English month names only. Nothing for what can be read in two ways (03/04/2025), lacks its year, does
// not exist (30 February), or has other words around it. A weekday is not compared with the date.
std::optional<StatedTime> read_stated_time(std::string_view text);

// The same for a date without a year: "Nov. 23", "23 November", "Sunday", "Sunday, Nov. 23".
bool is_day_of_year(std::string_view text);

// "Monday", "Mon.", "March", "Mar": any case, with or without the full stop of an abbreviation.
bool is_weekday(std::string_view word);
bool is_month(std::string_view word);

}  // namespace stet
