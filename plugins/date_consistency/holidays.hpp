// The day of a holiday in a year.
#pragma once

#include "calendar.hpp"
#include "expression.hpp"

calendar::Day holiday_in(int year, Holiday holiday);
