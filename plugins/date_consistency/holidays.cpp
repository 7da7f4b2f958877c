#include "holidays.hpp"

namespace {

using calendar::Day;

// The Gregorian Easter (Meeus, Jones and Butcher's rule).
Day easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return {year, n / 31, n % 31 + 1};
}

}  // namespace

Day nth_weekday(int year, int month, int weekday, int n) {
  if (n < 0) {
    const Day last{year, month, calendar::days_in_month(year, month)};
    return calendar::add_days(last, -((calendar::weekday(last) - weekday + 7) % 7));
  }
  const Day first{year, month, 1};
  return calendar::add_days(first, (weekday - calendar::weekday(first) + 7) % 7 + (n - 1) * 7);
}

Day holiday_in(int year, Holiday holiday) {
  switch (holiday) {
    case Holiday::new_year: return {year, 1, 1};
    case Holiday::new_year_eve: return {year, 12, 31};
    case Holiday::valentine: return {year, 2, 14};
    case Holiday::easter: return easter(year);
    case Holiday::memorial: return nth_weekday(year, 5, 1, -1);
    case Holiday::independence: return {year, 7, 4};
    case Holiday::labor: return nth_weekday(year, 9, 1, 1);
    case Holiday::columbus: return nth_weekday(year, 10, 1, 2);
    case Holiday::halloween: return {year, 10, 31};
    case Holiday::veterans: return {year, 11, 11};
    case Holiday::thanksgiving: return nth_weekday(year, 11, 4, 4);
    case Holiday::christmas_eve: return {year, 12, 24};
    case Holiday::election: return calendar::add_days(nth_weekday(year, 11, 1, 1), 1);
    case Holiday::boxing: return {year, 12, 26};
    case Holiday::good_friday: return calendar::add_days(easter(year), -2);
    case Holiday::easter_monday: return calendar::add_days(easter(year), 1);
    case Holiday::palm_sunday: return calendar::add_days(easter(year), -7);
    case Holiday::ash_wednesday: return calendar::add_days(easter(year), -46);
    case Holiday::black_friday: return calendar::add_days(nth_weekday(year, 11, 4, 4), 1);
    case Holiday::cyber_monday: return calendar::add_days(nth_weekday(year, 11, 4, 4), 4);
    case Holiday::mothers:
      return nth_weekday(year, 5, 7, 2);  // in America and most of the world, not in Britain
    case Holiday::fathers: return nth_weekday(year, 6, 7, 3);
    case Holiday::presidents: return nth_weekday(year, 2, 1, 3);
    case Holiday::bastille: return {year, 7, 14};
    case Holiday::juneteenth: return {year, 6, 19};
    default: return {year, 12, 25};
  }
}
