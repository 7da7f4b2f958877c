#include <algorithm>
#include <array>
#include <cstdlib>

#include "checks.hpp"
#include "resolve.hpp"

using calendar::Day;

namespace {

constexpr int reform = 1753;       // Britain's first full Gregorian year; before it a weekday proves nothing
constexpr int last_julian = 1923;  // Greece gave up the Julian calendar in that year
constexpr int64_t certain_days = 14;  // so near to publication, a date without a year has only one reading

bool holds(const Day& day, int weekday) {
  if (day.year < reform || calendar::weekday(day) == weekday) return true;
  return day.year <= last_julian && calendar::julian_weekday(day) == weekday;
}

}  // namespace

std::string_view paragraph_break(std::string_view text) {
  return text.find("\n\n") == text.npos ? "\n" : "\n\n";
}

bool stays_in_year(std::string_view text, std::span<const Expression> all, std::size_t at, int year,
                   std::string_view gap) {
  const auto same_paragraph = [&](const Expression& other) {
    const auto from = std::min(all[at].begin, other.begin), to = std::max(all[at].begin, other.begin);
    return to - from < 2000 && text.substr(from, to - from).find(gap) == text.npos;
  };
  const auto strays = [&](const Expression& other) {
    const bool counted = (other.form == Form::ago || other.form == Form::anaphor) && !other.has_clock();
    return same_paragraph(other) && ((other.year && other.year != year) || other.year_is_relative || counted);
  };
  const std::size_t first = at > 8 ? at - 8 : 0, limit = std::min(all.size(), at + 9);
  for (std::size_t i = first; i < limit; ++i)
    if (i != at && strays(all[i])) return false;
  return true;
}

namespace {

int certain_year(std::string_view text, std::span<const Expression> all, std::size_t at, const Expression& e,
                 const DocumentTime& time, std::string_view gap) {
  if (e.year || e.year_is_relative || e.which != Which::nearest) return e.year;
  if (!time.day) return 0;
  const int year = nearest_year(e.month, e.day, *time.day);
  const Day day{year, e.month, e.day};
  if (!calendar::exists(day)) return 0;
  const bool near = std::abs(calendar::serial(day) - calendar::serial(*time.day)) <= certain_days;
  return near && stays_in_year(text, all, at, time.day->year, gap) ? year : 0;
}

// A date without a year that is further away: this year, the one before and the next may be meant, and none
// fits.
int no_year_fits(std::string_view text, std::span<const Expression> all, std::size_t at, const Expression& e,
                 const DocumentTime& time, std::string_view gap) {
  if (e.year || e.year_is_relative || e.which != Which::nearest || e.by_text || !time.day) return 0;
  const int nearest = nearest_year(e.month, e.day, *time.day);
  for (const int year : {nearest - 1, nearest, nearest + 1}) {
    const Day day{year, e.month, e.day};
    if (!calendar::exists(day) || holds(day, e.weekday)) return 0;
  }
  return stays_in_year(text, all, at, time.day->year, gap) ? nearest : 0;
}

bool is_weekday_alone(const Expression& e) {
  return e.form == Form::calendar && e.weekday && !e.day && !e.month && !e.by_text && !e.nth;
}

bool is_date(const Expression& e) {
  return e.form == Form::calendar && e.month && e.day && !e.weekday && !e.has_clock() && !e.moved;
}

// ", a Saturday", "was a Saturday", "fell on a Saturday".
bool names_weekday_of(std::string_view between) {
  constexpr std::array<std::string_view, 13> links = {
      " - a ",    " – a ",  " — a ",   ", a ",        ", which is a ", ", which was a ", " was a ",
      ", was a ", " is a ", ", is a ", " fell on a ", " falls on a ",  " will be a "};
  return std::find(links.begin(), links.end(), between) != links.end();
}

// "24 March is a Saturday this year", "24 March - a Saturday - was cold": no noun follows the weekday.
bool opens_aside(std::string_view after) {
  constexpr std::array<std::string_view, 4> asides = {" this year", " - ", " – ", " — "};
  return std::any_of(asides.begin(), asides.end(), [&](std::string_view a) { return after.starts_with(a); });
}

// "24 March 2011, a Saturday", "Saturday (24 March 2011)", "next Friday, September 26": one date in two
// expressions, joined into the first.
std::optional<Expression> joined(std::string_view text, const Expression& a, const Expression& b) {
  const bool named_last = is_date(a) && is_weekday_alone(b);
  if (!named_last && !(is_weekday_alone(a) && is_date(b))) return std::nullopt;
  const auto between = text.substr(a.end, std::min<std::size_t>(b.begin - a.end, 16));
  const bool bracket = between == " (" && text.substr(b.end, 1) == ")";
  const bool beside = !named_last && (a.which != Which::nearest || a.has_clock()) && between == ", ";
  const bool closed = b.end >= text.size() ||
                      std::string_view(",.;:)!?\n").find(text[b.end]) != std::string_view::npos ||
                      opens_aside(text.substr(b.end, 11));
  const bool plain = b.which == Which::nearest && named_last && closed && names_weekday_of(between);
  if (!plain && !beside && !bracket) return std::nullopt;
  Expression e = named_last ? a : b;
  e.weekday = named_last ? b.weekday : a.weekday;
  e.begin = a.begin;
  e.end = bracket ? b.end + 1 : b.end;
  return e;
}

Day nearest_on(const Day& day, int weekday) {
  const int ahead = (weekday - calendar::weekday(day) + 7) % 7;
  return calendar::add_days(day, ahead <= 3 ? ahead : ahead - 7);
}

void report(const Expression& e, const Day& day, Findings& out) {
  const char* said = weekday_name(e.weekday);
  const char* right = weekday_name(calendar::weekday(day));
  add_finding(out, "weekday-mismatch", {e.begin, e.end}, {},
              in_words(day) + " is a " + right + ", not a " + said + "; the nearest " + said + " is " +
                  in_words(nearest_on(day, e.weekday)) + ".");
}

}  // namespace

void check_weekdays(std::string_view text, std::span<const Expression> all, const DocumentTime& time,
                    bool narrative, Findings& out) {
  const auto gap = paragraph_break(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto pair = i + 1 < all.size() ? joined(text, all[i], all[i + 1]) : std::nullopt;
    const Expression& e = pair ? *pair : all[i];
    if (e.form != Form::calendar || !e.weekday || !e.day || !e.month || (narrative && !e.year)) continue;
    int year = certain_year(text, all, i, e, time, gap);
    if (!year) year = no_year_fits(text, all, i, e, time, gap);
    const Day day{year, e.month, e.day};
    if (calendar::exists(day) && !holds(day, e.weekday)) report(e, day, out);
  }
}
