// The day of a holiday in a year.
#pragma once

#include "calendar.hpp"
#include "expression.hpp"

// The nth `weekday` (1 Monday) of a month; n = -1 is its last. It may lie beyond the month when n is 5.
calendar::Day nth_weekday(int year, int month, int weekday, int n);

calendar::Day holiday_in(int year, Holiday holiday);
