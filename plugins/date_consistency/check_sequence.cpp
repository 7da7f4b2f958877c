// order-contradiction of months and years, "the war ended in 1945; five years later, in 1948", of a length
// between two dates, "two days after the vote on 14 August, on 12 August", and of lives, "born in 1950 and
// died in 1940".
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "checks.hpp"

using calendar::Day;

namespace {

constexpr uint32_t near_bytes = 600;
constexpr std::size_t reach = 6;  // tokens

bool dated(const Expression& e) {
  return e.form == Form::calendar && e.year > 1000 && e.mod == Mod::none && !e.decade && !e.century &&
         !e.quarter && !e.half && e.season == Season::none && e.holiday == Holiday::none && !e.short_year &&
         !e.year_is_relative && !e.moved && !e.has_clock();
}

int grain(const Expression& e) {
  return e.day ? 0 : e.month ? 1 : 2;
}

int64_t day_number(const Expression& e) {
  return calendar::serial({e.year, e.month ? e.month : 1, e.day ? e.day : 1});
}

double days_in(Unit unit) {
  switch (unit) {
    case Unit::day: return 1;
    case Unit::week: return 7;
    case Unit::month: return 30.44;
    case Unit::year: return 365.25;
    case Unit::decade: return 3652.5;
    default: return 0;
  }
}

bool exact(const Amount& a) {
  return !a.vague && a.hundredths > 0 && a.hundredths % 100 == 0 && days_in(a.unit) > 0;
}

// A step in days and how far it may be off by rounding; nothing where the words count from today.
struct Step {
  double days = 0, room = 0;
};

Step step_of(Amount a, int direction, const Expression& date) {
  const double stated = static_cast<double>(a.hundredths) / 100 * days_in(a.unit);
  const double grains[] = {1, 31, 366};
  const double room = std::max({grains[grain(date)] * 0.99, days_in(a.unit) * 0.75, stated * 0.1});
  return {stated * direction, a.unit == Unit::decade ? std::max(room, 750.0) : room};
}

std::optional<Step> step(const Expression& e, const Expression& date) {
  if (e.form == Form::anaphor && e.by_text && !e.has_clock() && std::abs(e.shift) == 1 && days_in(e.unit) > 0)
    return step_of({100, e.unit, false}, e.shift, date);
  if (e.form != Form::ago || e.deictic_ago || !exact(e.amount) || e.mod != Mod::none ||
      e.remainder.unit != Unit::none)
    return std::nullopt;
  return step_of(e.amount, e.shift < 0 ? -1 : 1, date);
}

void report(const Page& p, const Expression& e, const Expression& anchor, std::string message,
            Findings& out) {
  add_finding(out, "order-contradiction", p.range(e), {p.range(anchor)}, std::move(message));
}

std::string words(const Expression& e) {
  if (e.day) return in_words({e.year, e.month, e.day});
  return e.month ? std::string(month_name(e.month)) + " " + std::to_string(e.year) : std::to_string(e.year);
}

// `date` should lie `s` after `anchor`.
void compare(const Page& p, const Expression& anchor, const Expression& length, const Expression& date,
             const Step& s, Findings& out) {
  const auto real = static_cast<double>(day_number(date) - day_number(anchor));
  const bool same_way = (real > 0) == (s.days > 0) && real != 0;
  if (same_way ? std::abs(real - s.days) <= s.room : std::abs(real - s.days) <= s.room && grain(date) > 0)
    return;
  if (same_way && std::abs(real) > 3 * std::abs(s.days)) return;  // counted from something else
  const std::string_view way = real < 0 ? " is before " : real > 0 ? " is after " : " is the same as ";
  report(p, date, anchor,
         words(date) + std::string(way) + words(anchor) + ", and not \"" +
             std::string(p.text.substr(length.begin, length.end - length.begin)) + "\" " +
             (s.days < 0 ? "before it." : "after it."),
         out);
}

// "Five years later, in 1948": the date stands beside the step.
bool beside(const Page& p, const Expression& step, const Expression& date) {
  std::size_t at = step.limit;
  if (p.r.sign(at, ',') || p.r.sign(at, '(')) ++at;
  if (p.r.key(at) == Key::on || p.r.key(at) == Key::in) ++at;
  return at == date.first_token && at > step.limit;
}

// The anchor stands in the same sentence or the one before.
bool is_near(const Page& p, const Expression& anchor, const Expression& e) {
  if (e.begin - anchor.end > near_bytes) return false;
  const std::size_t sentence = p.sentence_begin(e.first_token);
  return anchor.first_token >= p.sentence_begin(sentence > 1 ? sentence - 2 : 0);
}

void check_step(const Page& p, std::size_t i, Findings& out) {
  const auto &anchor = p.dates[i - 1], &moved = p.dates[i], &date = p.dates[i + 1];
  if (!dated(anchor) || !dated(date) || grain(anchor) != grain(date) || !beside(p, moved, date)) return;
  const bool days = moved.form == Form::anaphor ? moved.unit == Unit::day : moved.amount.unit <= Unit::week;
  const auto s = days && grain(date) == 0 ? std::nullopt : step(moved, date);  // days are check_order.cpp's
  if (s && is_near(p, anchor, moved)) compare(p, anchor, moved, date, *s, out);
}

bool plain_between(const Page& p, std::size_t first, std::size_t limit, std::size_t most) {
  if (limit < first || limit - first > most) return false;
  for (std::size_t i = first; i < limit; ++i)
    if (p.r.next(i).kind != Token::word || p.r.key(i) == Key::and_) return false;
  return true;
}

int direction(const Page& p, const Expression& length) {
  if (length.form != Form::amount || length.shift || !exact(length.amount) || length.mod != Mod::none)
    return 0;
  const Key k = p.r.key(length.limit);
  return k == Key::before ? -1 : k == Key::after ? 1 : 0;
}

// A day, and how long before or after another: `adjacent` when the two stand beside each other in that way.
void check_told(const Page& p, const Expression& date, const Expression& length, const Expression& anchor,
                bool adjacent, Findings& out) {
  const int way = direction(p, length);
  if (!way || !dated(date) || !dated(anchor) || grain(date) != grain(anchor)) return;
  if (adjacent && plain_between(p, length.limit, anchor.first_token, reach))
    compare(p, anchor, length, date, step_of(length.amount, way, date), out);
}

// "on 5 May 2023, three days before the robbery on 2 May 2023".
void check_counted(const Page& p, std::size_t i, Findings& out) {
  const auto &date = p.dates[i - 1], &length = p.dates[i];
  const bool adjacent = p.r.sign(date.limit, ',') && date.limit + 1 == length.first_token;
  check_told(p, date, length, p.dates[i + 1], adjacent, out);
}

// "Two days after the vote on 14 August 2024, on 12 August 2024,".
void check_fronted(const Page& p, std::size_t i, Findings& out) {
  const auto &anchor = p.dates[i], &date = p.dates[i + 1];
  const bool adjacent = p.r.sign(anchor.limit, ',') && anchor.limit + 2 == date.first_token;
  check_told(p, date, p.dates[i - 1], anchor, adjacent, out);
}

struct Pair {
  std::string_view first, second;
};
// The second of one life or one thing cannot come before the first.
constexpr std::array<Pair, 11> lives = {{{"born", "died"},
                                         {"born", "married"},
                                         {"born", "killed"},
                                         {"married", "divorced"},
                                         {"opened", "closed"},
                                         {"opened", "demolished"},
                                         {"founded", "dissolved"},
                                         {"founded", "closed"},
                                         {"began", "ended"},
                                         {"elected", "resigned"},
                                         {"arrested", "sentenced"}}};

// The verb before a date, past "in" and "on" and a place.
std::size_t verb_before(const Page& p, const Expression& e, std::string_view verb) {
  for (std::size_t back = 1; back <= reach && back <= e.first_token; ++back)
    if (p.is(e.first_token - back, verb)) return e.first_token - back;
  return 0;
}

// "was born in 1950 and died in 1940": the second verb follows "and" after the first date.
void check_life(const Page& p, std::size_t i, Findings& out) {
  const auto &a = p.dates[i - 1], &b = p.dates[i];
  if (!dated(a) || !dated(b) || p.r.key(a.limit) != Key::and_ || b.first_token > a.limit + reach) return;
  const int coarse = std::max(grain(a), grain(b));
  const bool before = coarse == 2 ? b.year < a.year
                                  : coarse == grain(a) && coarse == grain(b) && day_number(b) < day_number(a);
  if (!before) return;
  for (const auto& [first, second] : lives)
    if (verb_before(p, a, first) && (p.is(a.limit + 1, second) || p.is(a.limit + 2, second)))
      return report(p, b, a,
                    words(b) + " is before " + words(a) + ": nobody and nothing " + std::string(second) +
                        " before it is " + std::string(first) + ".",
                    out);
}

}  // namespace

void check_sequence(const Page& p, Findings& out) {
  for (std::size_t i = 1; i < p.dates.size(); ++i) {
    check_life(p, i, out);
    if (i + 1 == p.dates.size()) break;
    check_step(p, i, out);
    check_counted(p, i, out);
    check_fronted(p, i, out);
  }
}
