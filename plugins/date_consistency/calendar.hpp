// Proleptic Gregorian calendar, years 1 to 9999. No clock, no time zone, no locale.
#pragma once

#include <compare>
#include <cstdint>

namespace calendar {

inline constexpr int first_year = 1;
inline constexpr int last_year = 9999;

struct Day {
  int year = 0, month = 0, day = 0;
  friend bool operator==(const Day&, const Day&) = default;
  friend auto operator<=>(const Day&, const Day&) = default;
};

struct Week {
  int year, week;  // ISO 8601
};

bool is_leap(int year);
// 0 for a month that does not exist.
int days_in_month(int year, int month);
// The most days that `month` has in any year.
int longest_month(int month);
bool exists(const Day& day);

// Days since 1970-01-01, and back. `from_serial` stays within years 1..9999.
int64_t serial(const Day& day);
Day from_serial(int64_t days);

// 1 Monday .. 7 Sunday.
int weekday(const Day& day);
// The weekday that the Julian calendar gives the same year, month and day.
int julian_weekday(const Day& day);

Week iso_week(const Day& day);

Day add_days(const Day& day, int64_t count);
// Keeps the day of the month, or takes the month's last when it is too short.
Day add_months(const Day& day, int64_t count);

}  // namespace calendar
