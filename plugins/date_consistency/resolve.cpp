#include "resolve.hpp"

#include <algorithm>
#include <cstdlib>

#include "holidays.hpp"
#include "value.hpp"

using calendar::Day;

namespace {

constexpr int far_ahead = 160;  // days; news that says nothing of tense looks ahead no further
constexpr int story_years = 8;  // a year further than this from the one before is an aside at first

int season_month(Season s) {
  static constexpr int middle[] = {0, 4, 7, 10, 1};
  return middle[static_cast<int>(s)];
}

int clamp_year(int64_t year) {
  return static_cast<int>(std::clamp<int64_t>(year, calendar::first_year, calendar::last_year));
}

int64_t distance(int year, int month, int day, const Day& to) {
  const int shown = std::min(day ? day : 15, calendar::days_in_month(year, month));
  return calendar::serial({year, month, shown}) - calendar::serial(to);
}

}  // namespace

bool is_narrative(std::span<const Expression> all, const DocumentTime& time) {
  if (!time.day) return true;
  std::size_t distant = 0, deictic = 0;
  for (const auto& e : all) {
    distant += e.form == Form::calendar && e.year && !e.decade && std::abs(e.year - time.day->year) >= 2;
    deictic += e.is_deictic();
  }
  return distant >= 6 && distant > 3 * deictic;
}

int nearest_year(int month, int day, const Day& to) {
  int best = to.year;
  for (const int year : {to.year - 1, to.year + 1})
    if (year >= calendar::first_year && year <= calendar::last_year &&
        std::abs(distance(year, month, day, to)) < std::abs(distance(best, month, day, to)))
      best = year;
  return best;
}

std::optional<Day> Resolver::spoken_day() const {
  const Day day{spoken_.year, spoken_.month, spoken_.day};
  return calendar::exists(day) ? std::optional(day) : std::nullopt;
}

std::optional<Day> Resolver::base() const {
  if (narrative_ && spoken_.year)
    return Day{spoken_.year, spoken_.month ? spoken_.month : 1, spoken_.day ? spoken_.day : 1};
  return time_.day;
}

// A story goes on near the date it named last: January after a December is the next year's.
int Resolver::story_year(int month, int day) const {
  if (!spoken_.year || !spoken_.month || !month) return spoken_.year;
  const Day last{spoken_.year, spoken_.month, spoken_.day ? spoken_.day : 15};
  return calendar::exists(last) ? nearest_year(month, day, last) : spoken_.year;
}

// "'89" in a story of the 1790s is 1789.
int Resolver::full_year(const Expression& e) const {
  if (!e.short_year || !narrative_ || !spoken_.year) return e.year;
  const int year = spoken_.year / 100 * 100 + e.year % 100;
  return year - spoken_.year > 50 ? year - 100 : spoken_.year - year > 50 ? year + 100 : year;
}

int Resolver::year_for(int month, int day, const Expression& e) const {
  if (e.year) return full_year(e);
  if (e.by_text && e.which == Which::nearest && spoken_.year) return spoken_.year;
  if (e.ends_range && spoken_.year && spoken_.month) return spoken_.year + (month < spoken_.month);
  if (e.fiscal && time_.day) return time_.day->year;
  if (e.year_is_relative) return time_.day ? clamp_year(time_.day->year + e.shift) : 0;
  if (narrative_ && e.which == Which::nearest) return story_year(month, day);
  if (!time_.day) return 0;
  const Day to = e.by_text && base() ? *base() : *time_.day;
  switch (e.which) {
    case Which::last:
      return clamp_year(month < to.month || (month == to.month && day && day < to.day) ? to.year
                                                                                       : to.year - 1);
    case Which::next:
      return clamp_year(month > to.month || (month == to.month && day > to.day) ? to.year : to.year + 1);
    case Which::current: return to.year;
    default: break;
  }
  const int year = nearest_year(month, day, to);
  const int64_t days = distance(year, month, day, to);
  if (e.quarter || e.unit == Unit::quarter)
    return year;  // reports and forecasts of a quarter both stay near it
  if (day && e.tense == Tense::unknown && days > far_ahead) return clamp_year(year - 1);
  if (e.tense == Tense::past && days > 45) return clamp_year(year - 1);
  if (e.tense == Tense::future && days < -45) return clamp_year(year + 1);
  return year;
}

std::string Resolver::speak_day(const Day& day) {
  spoken_ = {day.year, day.month, day.day, 0};
  return date_value(day.year, day.month, day.day);
}

std::string Resolver::named_month(const Expression& e) {
  const int year = year_for(e.month, e.day, e);
  spoken_ = {year, e.month, e.day, e.closes_period ? spoken_.quarter : 0};
  return date_value(year, e.month, e.day);
}

std::string Resolver::named_weekday(const Expression& e) {
  const bool told = (narrative_ || e.by_text) && spoken_day();
  const auto from = told ? spoken_day() : narrative_ ? std::nullopt : time_.day;
  if (!from) return "XXXX-WXX-" + std::to_string(e.weekday);
  const int today = calendar::weekday(*from);
  const int back = (today - e.weekday + 7) % 7, ahead = (e.weekday - today + 7) % 7;
  if (e.which == Which::last) return speak_day(calendar::add_days(*from, back ? -back : -7));
  if (e.which == Which::next) return speak_day(calendar::add_days(*from, ahead ? ahead : 7));
  const bool future = e.tense == Tense::future || (e.which == Which::current && e.tense != Tense::past);
  return speak_day(calendar::add_days(*from, future ? ahead : -back));
}

std::string Resolver::named_quarter(const Expression& e) {
  if (e.period && e.year_is_relative && !length_.empty()) return length_;
  const int ended = time_.day && !narrative_ ? (time_.day->month + 8) / 3 % 4 + 1 : 0;
  const int quarter = e.quarter           ? e.quarter
                      : reported_.quarter ? reported_.quarter
                      : spoken_.quarter   ? spoken_.quarter
                                          : ended;
  if (!quarter)
    return quarter_value(e.year      ? e.year
                         : time_.day ? clamp_year(time_.day->year + e.shift)
                                     : 0,
                         1)
        .replace(6, 1, "X");
  int year = e.year_is_relative && reported_.quarter && reported_.year && !e.quarter
                 ? clamp_year(reported_.year + e.shift)
                 : year_for(quarter * 3 - 1, 0, e);
  if (e.year_is_relative && e.quarter) year = time_.day ? clamp_year(time_.day->year + e.shift) : 0;
  const bool compared = e.year_is_relative || (e.year && !e.quarter);  // "the 1988 period"
  if (!compared) {
    spoken_ = {year, 0, 0, quarter};
    report_quarter(year, quarter, e.fiscal);
  }
  return quarter_value(year, quarter);
}

// Results are of the last quarter that has ended: forecasts of one to come, and a look back at the one
// before, do not change which that is.
void Resolver::report_quarter(int year, int quarter, bool fiscal) {
  const bool known = reported_.quarter && reported_.year;
  const int index = year * 4 + quarter, before = reported_.year * 4 + reported_.quarter;
  const bool to_come = time_.day && index >= time_.day->year * 4 + (time_.day->month + 2) / 3;
  if (known && !fiscal && !narrative_ && (to_come || index == before - 1)) return;
  reported_ = {year, quarter};
  length_.clear();
}

// Results of nine months or a year are compared with a year, not with a quarter.
void Resolver::leave_quarter(const Amount& amount) {
  const bool months = amount.unit == Unit::month && amount.hundredths >= 600;
  if (!months && (amount.unit != Unit::year || amount.hundredths != 100)) return;
  reported_ = {};
  length_ = months ? amount_value(amount, {}) : std::string();
}

// A year decades away from the story's is an aside, unless the text goes on from there.
std::string Resolver::named_year(const Expression& e) {
  const int year = full_year(e);
  const bool far = narrative_ && spoken_.year && std::abs(year - spoken_.year) > story_years;
  const bool followed = aside_ && std::abs(year - aside_) <= story_years;
  aside_ = far ? year : 0;
  reported_ = {};
  if (!far || followed) spoken_ = {year, 0, 0, 0};
  return date_value(year);
}

std::string Resolver::calendar_value(const Expression& e) {
  if (e.century) return century_value((e.century - 1) * 100);
  if (e.decade) return decade_value(e.year);
  if (e.holiday != Holiday::none) {
    const Day guess = holiday_in(2000, e.holiday);
    const int year = year_for(guess.month, guess.day, e);
    return year ? speak_day(holiday_in(year, e.holiday)) : date_value(0, guess.month, guess.day);
  }
  if (e.quarter || e.unit == Unit::quarter) return named_quarter(e);
  if (e.half) return half_value(year_for(e.half * 6 - 3, 0, e), e.half);
  if (e.season != Season::none) {
    const int year = year_for(season_month(e.season), 0, e);
    if (e.year && narrative_) spoken_ = {year, e.season == Season::winter ? 0 : season_month(e.season), 0, 0};
    return season_value(year, e.season);
  }
  if (e.nth || (e.weekday && e.unit == Unit::week)) return counted_weekday(e);
  if (e.month && e.day && e.unit == Unit::week) {
    const Day day{year_for(e.month, e.day, e), e.month, e.day};
    return calendar::exists(day) ? week_value(day) : unknown(Unit::week);
  }
  if (e.month) return named_month(e);
  if (e.weekday) return named_weekday(e);
  if (e.day) {
    const int year = spoken_.year ? spoken_.year : time_.day ? time_.day->year : 0;
    const int month = spoken_.month ? spoken_.month : time_.day && !narrative_ ? time_.day->month : 0;
    return date_value(year, month, e.day);
  }
  return named_year(e);
}

// "The first Monday of March", "Tuesday of last week".
std::string Resolver::counted_weekday(const Expression& e) {
  if (e.unit == Unit::week) {
    if (!time_.day) return "XXXX-WXX-" + std::to_string(e.weekday);
    const Day in_week = calendar::add_days(*time_.day, e.shift * 7);
    return speak_day(calendar::add_days(in_week, e.weekday - calendar::weekday(in_week)));
  }
  int year = 0, month = e.month;
  if (month) {
    year = year_for(month, 15, e);
  } else if (time_.day) {
    const Day in_month = calendar::add_months({time_.day->year, time_.day->month, 1}, e.shift);
    year = in_month.year;
    month = in_month.month;
  }
  if (!year || !month) return date_value(0, month);
  return speak_day(nth_weekday(year, month, e.weekday, e.nth));
}

// "Two days before Christmas": from the day that the rest of the words names.
std::string Resolver::moved_value(const Expression& e) {
  Expression from = e;
  from.moved = 0;
  const auto day = leading_day(value(from));
  if (!day) return unknown(Unit::day);
  const int64_t count = e.amount.hundredths / 100 * e.moved;
  const Day moved = e.amount.unit == Unit::week        ? calendar::add_days(*day, count * 7)
                    : e.amount.unit == Unit::fortnight ? calendar::add_days(*day, count * 14)
                    : e.amount.unit == Unit::month     ? calendar::add_months(*day, count)
                                                       : calendar::add_days(*day, count);
  return speak_day(moved);
}

std::string Resolver::unknown(Unit unit) {
  switch (unit) {
    case Unit::week: return "XXXX-WXX";
    case Unit::weekend: return "XXXX-WXX-WE";
    case Unit::month: return "XXXX-XX";
    case Unit::quarter: return "XXXX-QX";
    case Unit::year: return "XXXX";
    case Unit::decade: return "XXX";
    case Unit::century: return "XX";
    default: return "XXXX-XX-XX";
  }
}

std::string Resolver::shifted(const Day& from, Unit unit, int64_t by) {
  switch (unit) {
    case Unit::week: return week_value(calendar::add_days(from, by * 7));
    case Unit::fortnight: return week_value(calendar::add_days(from, by * 14));
    case Unit::weekend: return weekend_value(calendar::add_days(from, by * 7));
    case Unit::month: {
      const Day day = calendar::add_months(from, by);
      return date_value(day.year, day.month);
    }
    case Unit::quarter: {
      const Day day = calendar::add_months(from, by * 3);
      return quarter_value(day.year, (day.month + 2) / 3);
    }
    case Unit::year: return date_value(clamp_year(from.year + by));
    case Unit::decade: return decade_value(clamp_year(from.year + by * 10));
    case Unit::century: return century_value(clamp_year(from.year + by * 100));
    case Unit::second:
    case Unit::minute:
    case Unit::hour: return date_value(from.year, from.month, from.day);
    default: {
      const Day day = calendar::add_days(from, by);
      return date_value(day.year, day.month, day.day);
    }
  }
}

std::string Resolver::shift_value(const Expression& e) {
  if (!time_.day) {
    const bool dated = e.unit == Unit::day && e.shift == 0 && time_.month;
    return dated ? date_value(0, time_.month, time_.month_day) : unknown(e.unit);
  }
  int by = e.shift;
  // The weekend of a week is its end: on a Monday, "last weekend" ended yesterday.
  if (e.unit == Unit::weekend && by < 0) by = calendar::weekday(*time_.day) >= 6 ? by : -1;
  // "Today" inside a narrative is the writer's aside; the story goes on where it was.
  if (narrative_) return shifted(*time_.day, e.unit, by);
  if (e.unit == Unit::day) return speak_day(calendar::add_days(*time_.day, by));
  if (e.unit == Unit::year) spoken_ = {clamp_year(time_.day->year + by), 0, 0, 0};
  return shifted(*time_.day, e.unit, by);
}

std::string Resolver::ago_value(const Expression& e) {
  if (e.amount.vague) return e.shift < 0 ? "PAST_REF" : "FUTURE_REF";
  const int64_t count = (e.amount.hundredths + 50) / 100 * e.shift;
  if (e.amount.unit == Unit::year && reported_.quarter && reported_.year && count == -1)
    return quarter_value(clamp_year(reported_.year - 1), reported_.quarter);
  const bool from_text = !e.deictic_ago && (narrative_ || e.amount.unit <= Unit::fortnight);
  const auto from = from_text && spoken_day()     ? spoken_day()
                    : e.deictic_ago || !from_text ? (narrative_ && !e.deictic_ago ? base() : time_.day)
                                                  : base();
  if (!from) return unknown(e.amount.unit <= Unit::hour ? Unit::day : e.amount.unit);
  if (e.amount.unit == Unit::decade) return date_value(clamp_year(from->year + count * 10));
  if (e.amount.unit == Unit::century) return date_value(clamp_year(from->year + count * 100));
  return shifted(*from, e.amount.unit, count);
}

std::string Resolver::anaphor_value(const Expression& e) {
  const auto text_day = spoken_day();
  if (e.unit == Unit::quarter && spoken_.quarter) {
    const int index = spoken_.year * 4 + spoken_.quarter - 1 + e.shift;
    return quarter_value(clamp_year(index / 4), index % 4 + 1);
  }
  if (e.unit == Unit::quarter && !e.shift && reported_.quarter && reported_.year)
    return quarter_value(reported_.year, reported_.quarter);
  std::optional<Day> from = base();
  if (e.unit == Unit::day && text_day) from = text_day;
  if (e.shift && text_day) from = text_day;
  if ((e.shift || e.by_text) && e.unit == Unit::year && spoken_.year) from = Day{spoken_.year, 1, 1};
  if (!from) return unknown(e.unit);
  if (narrative_ && ((e.unit <= Unit::weekend && !text_day) || (e.unit == Unit::month && !spoken_.month))) {
    if (e.unit == Unit::day)
      return date_value(spoken_.year, spoken_.month) + (spoken_.month ? "-XX" : "-XX-XX");
    return unknown(e.unit);
  }
  int by = e.shift;
  if (e.unit == Unit::quarter && by <= 0) by -= 1;  // the quarter that reports speak of is the one that ended
  if (e.unit == Unit::weekend && by == 0 && e.tense != Tense::future && !narrative_ &&
      calendar::weekday(*from) < 6)
    by = -1;
  if (e.unit == Unit::day) return speak_day(calendar::add_days(*from, by));
  if (e.unit == Unit::year && by) spoken_ = {clamp_year(from->year + by), 0, 0, 0};
  if (e.unit == Unit::quarter) {
    const Day day = calendar::add_months(*from, by * 3);
    spoken_ = {day.year, 0, 0, (day.month + 2) / 3};
    reported_ = {spoken_.year, spoken_.quarter};
  }
  return shifted(*from, e.unit, by);
}

std::string Resolver::value(const Expression& e) {
  if (e.moved) return moved_value(e);
  switch (e.form) {
    case Form::amount: leave_quarter(e.amount); return amount_value(e.amount, e.remainder);
    case Form::reference: return e.shift < 0 ? "PAST_REF" : e.shift > 0 ? "FUTURE_REF" : "PRESENT_REF";
    case Form::recurring:
      if (e.weekday) return "XXXX-WXX-" + std::to_string(e.weekday) + clock_value(e.clock);
      if (e.month) return date_value(0, e.month);
      if (e.season != Season::none) return season_value(0, e.season);
      if (e.amount.unit == Unit::quarter) return "P" + std::to_string(e.amount.hundredths / 100) + "Q";
      return amount_value(e.amount, {});
    case Form::shift: return shift_value(e) + clock_value(e.clock);
    case Form::ago: return ago_value(e);
    case Form::anaphor: return anaphor_value(e) + clock_value(e.clock);
    case Form::calendar: break;
  }
  return calendar_value(e) + clock_value(e.clock);
}
