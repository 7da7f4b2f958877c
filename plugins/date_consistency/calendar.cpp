#include "calendar.hpp"

#include <algorithm>

namespace calendar {
namespace {

// Months counted from March, so that the leap day ends the year: days before month m.
int64_t days_before(int64_t month_from_march) {
  return (153 * month_from_march + 2) / 5;
}

int64_t floor_divide(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

int weekday_of(int64_t serial_day) {
  const int64_t from_thursday = serial_day + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(from_thursday - floor_divide(from_thursday, 7) * 7) + 1;
}

}  // namespace

bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in_month(int year, int month) {
  if (month < 1 || month > 12) return 0;
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

int longest_month(int month) {
  return days_in_month(2000, month);
}

bool exists(const Day& d) {
  return d.year >= first_year && d.year <= last_year && d.day >= 1 && d.day <= days_in_month(d.year, d.month);
}

int64_t serial(const Day& d) {
  const int64_t year = d.month > 2 ? d.year : d.year - 1;
  const int64_t era = floor_divide(year, 400);
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = days_before((d.month + 9) % 12) + d.day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;  // days from 0000-03-01 to 1970-01-01
}

Day from_serial(int64_t days) {
  days = std::clamp<int64_t>(days, -719162, 2932896);  // 0001-01-01 and 9999-12-31
  const int64_t shifted = days + 719468;
  const int64_t era = floor_divide(shifted, 146097);
  const int64_t day_of_era = shifted - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {static_cast<int>(year), month, static_cast<int>(day_of_year - days_before(month_from_march) + 1)};
}

int weekday(const Day& d) {
  return weekday_of(serial(d));
}

int julian_weekday(const Day& d) {
  const int64_t year = d.month > 2 ? d.year : d.year - 1;
  const int64_t day_of_year = days_before((d.month + 9) % 12) + d.day - 1;
  const int64_t days = year * 365 + floor_divide(year, 4) + day_of_year;
  return weekday_of(days - 719470);  // the Julian 0000-03-01 is two days before the Gregorian
}

Week iso_week(const Day& d) {
  const Day thursday = from_serial(serial(d) + 4 - weekday(d));
  const int64_t day_of_year = serial(thursday) - serial({thursday.year, 1, 1});
  return {thursday.year, static_cast<int>(day_of_year / 7) + 1};
}

Day add_days(const Day& d, int64_t count) {
  return from_serial(serial(d) + std::clamp<int64_t>(count, -4000000, 4000000));
}

Day add_months(const Day& d, int64_t count) {
  const int64_t limit = int64_t{last_year} * 12 + 11;
  const int64_t months =
      std::clamp<int64_t>(int64_t{d.year} * 12 + d.month - 1 + std::clamp(count, -limit, limit), 12, limit);
  const int year = static_cast<int>(months / 12), month = static_cast<int>(months % 12) + 1;
  return {year, month, std::min(d.day, days_in_month(year, month))};
}

}  // namespace calendar
