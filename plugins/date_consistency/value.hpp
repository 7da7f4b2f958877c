// TIMEX3 values (ISO-TimeML) as strings. A year of 0 is written XXXX; a month or day of 0 ends the value.
#pragma once

#include <string>

#include "calendar.hpp"
#include "expression.hpp"

std::string date_value(int year, int month = 0, int day = 0);
std::string quarter_value(int year, int quarter);
std::string half_value(int year, int half);
std::string season_value(int year, Season season);
std::string week_value(const calendar::Day& day);     // 2025-W47
std::string weekend_value(const calendar::Day& day);  // 2025-W47-WE
std::string decade_value(int year);                   // 199
std::string century_value(int year);                  // 19 for 1900 to 1999

// "P2W", "PT5H30M", "PXD". A decade counts ten years, a century a hundred; alone and vague they
// are PXDE and PXCE. A night is written as a day, a quarter as three months.
std::string amount_value(const Amount& amount, const Amount& remainder);

// "T19:15", "TNI"; empty without a clock.
std::string clock_value(const Clock& clock);

const char* mod_name(Mod mod);  // "" for none
const char* type_name(Type type);
