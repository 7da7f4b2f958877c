#include "checks.hpp"

const char* weekday_name(int weekday) {
  static constexpr const char* names[] = {"",         "Monday", "Tuesday",  "Wednesday",
                                          "Thursday", "Friday", "Saturday", "Sunday"};
  return names[weekday];
}

const char* month_name(int month) {
  static constexpr const char* names[] = {"",        "January",  "February", "March",  "April",
                                          "May",     "June",     "July",     "August", "September",
                                          "October", "November", "December"};
  return names[month];
}

std::string in_words(const calendar::Day& day) {
  return std::to_string(day.day) + " " + month_name(day.month) + " " + std::to_string(day.year);
}
