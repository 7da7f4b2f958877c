// What an expression of time says in its own words, before any document time has been brought to it.
#pragma once

#include <cstdint>

#include "lexicon.hpp"

enum class Type : uint8_t { date, time, duration, set };

enum class Mod : uint8_t {
  none,
  start,
  mid,
  end,
  approx,
  more_than,
  less_than,
  equal_or_more,
  equal_or_less,
  before,
  after
};

// What the verb nearest to an expression says of its direction.
enum class Tense : uint8_t { unknown, past, future };

enum class Form : uint8_t {
  calendar,   // fields of a calendar date, a part of a year, a decade or a century; fields may be missing
  shift,      // `shift` units from the document time, at the grain of `unit`: "yesterday", "last week"
  ago,        // `amount` units from the document time or from a date in the text: "two weeks later"
  anaphor,    // the unit that the text spoke of last, shifted: "that day", "the following year"
  reference,  // PAST_REF, PRESENT_REF, FUTURE_REF: `shift` -1, 0, 1
  amount,     // a length of time
  recurring   // a set
};

// Which of several weekdays, months or seasons of a name is meant.
enum class Holiday : uint8_t {
  none,
  new_year,
  new_year_eve,
  valentine,
  easter,
  memorial,
  independence,
  labor,
  columbus,
  halloween,
  veterans,
  thanksgiving,
  christmas_eve,
  christmas,
  boxing,
  election,
  good_friday,
  easter_monday,
  palm_sunday,
  ash_wednesday,
  black_friday,
  cyber_monday,
  mothers,
  fathers,
  presidents,
  bastille,
  juneteenth
};

enum class Which : uint8_t { nearest, last, next, current };

inline constexpr int no_zone = 10000;

// A number of units in hundredths, so that "2 1/2 years" is exact; vague for "several years".
struct Amount {
  int64_t hundredths = 0;
  Unit unit = Unit::none;
  bool vague = false;
};

struct Clock {
  int8_t hour = -1, minute = -1, second = -1;
  Part part = Part::none;
  int16_t zone = no_zone;  // minutes east of UTC
};

struct Expression {
  uint32_t begin = 0, end = 0;          // bytes of the text
  uint32_t first_token = 0, limit = 0;  // tokens of its stretch, half-open
  Form form = Form::calendar;
  Type type = Type::date;
  Mod mod = Mod::none;
  Tense tense = Tense::unknown;
  Which which = Which::nearest;
  Unit unit = Unit::none;
  int16_t year = 0;  // 0: not given
  int16_t century = 0;
  int8_t month = 0, day = 0, weekday = 0, quarter = 0, half = 0, week = 0;
  Season season = Season::none;
  Holiday holiday = Holiday::none;
  bool decade = false;            // `year` begins a decade
  bool whole_date = false;        // day, month and year stand in the words
  bool paragraph_start = false;   // first in its paragraph
  bool year_is_relative = false;  // "next year's first quarter": `shift` years
  bool by_text = false;     // "that year", "the previous Friday": counted from the date the text named last
  bool fiscal = false;      // "the fiscal first quarter"
  bool period = false;      // "the year-earlier period": as long as the one reported last
  int8_t nth = 0;           // "the first Monday of March": 1; the last: -1
  int8_t moved = 0;         // "two days before Christmas": `amount` before (-1) or after (1) it
  bool ends_range = false;  // "from May to September": the end, which follows the date before it
  bool short_year = false;  // "'99": the century is a guess
  bool closes_period = false;  // "the quarter ended Sept. 30"
  int32_t shift = 0;
  Amount amount, remainder;  // "a year and two months"
  Clock clock;

  bool has_clock() const { return clock.hour >= 0 || clock.part != Part::none; }
  // Only a day of publication can tell which date is meant.
  bool is_deictic() const {
    switch (form) {
      case Form::shift: return true;
      case Form::ago: return deictic_ago;
      case Form::amount: return shift != 0;
      case Form::calendar: return !day && !year && (weekday || which != Which::nearest || year_is_relative);
      default: return false;
    }
  }
  bool deictic_ago = false;  // "ago", "from now"; not "earlier", "later"
};
