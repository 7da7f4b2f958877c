#include <algorithm>
#include <array>

#include "checks.hpp"

namespace {

using calendar::Day;

bool is_bare_year(const Expression& e) {
  return e.form == Form::calendar && e.year >= 1900 && e.year <= 2100 && !e.month && !e.decade &&
         !e.quarter && !e.half && e.season == Season::none && e.holiday == Holiday::none && !e.century &&
         e.mod == Mod::none;
}

// Something in the sentence goes up, down or back: then two numbers may be amounts, and two years
// may be told backwards on purpose.
bool speaks_of_amounts(const Reader& r, std::size_t i) {
  for (std::size_t back = 1; back <= 12 && back <= i; ++back) {
    const Token& t = r[i - back];
    if (t.meaning->key == Key::counted || t.meaning->key == Key::back || t.meaning->key == Key::up)
      return true;
    if (t.has(Token::paragraph) || (t.kind == Token::mark && t.sign == '.')) return false;
  }
  return false;
}

bool era_follows(const Reader& r, std::size_t i) {
  return r.key(i) == Key::bc || r.key(i) == Key::ad;
}

bool noun_follows(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  return t.kind == Token::word && t.meaning->key == Key::none;
}

// How two dates are joined: by one dash or word, with nothing else between.
struct Joint {
  bool dash = false;
  bool until = false;  // "until" and "through" cannot move a date, as "from May 3 to May 1" may
  bool and_ = false;
};

std::optional<Joint> joint(const Page& p, const Expression& a, const Expression& b) {
  if (b.first_token != a.limit + 1) return std::nullopt;
  const Key key = p.r.key(a.limit);
  if (p.r.sign(a.limit, '-')) return Joint{true, false, false};
  if (key == Key::and_) return Joint{false, false, true};
  if (key == Key::until || p.is(a.limit, "through")) return Joint{false, true, false};
  return key == Key::to ? std::optional(Joint{}) : std::nullopt;
}

Key key_before(const Reader& r, const Expression& e) {
  return e.first_token ? r[e.first_token - 1].meaning->key : Key::none;
}

bool opens_year_range(const Page& p, const Expression& a) {
  const Key k = key_before(p.r, a);
  return k == Key::in || k == Key::during || k == Key::from || k == Key::between || k == Key::of ||
         k == Key::period || (a.first_token > 0 && p.is(a.first_token - 1, "years"));
}

bool closes(const Reader& r, std::size_t i) {
  return r.next(i).kind == Token::mark && !r.sign(i, '-') && !r.sign(i, '/') && !r.sign(i, '%');
}

// "(mayor, 2012-2004)" and "two terms, 2005-2009 and 2013-2011": nothing but years stands there.
bool stands_alone(const Reader& r, const Expression& a, const Expression& b) {
  if (!closes(r, b.limit) || a.first_token == 0) return false;
  const Token& before = r[a.first_token - 1];
  if (before.sign == '(' || before.sign == ',') return true;
  return before.meaning->key == Key::and_ && a.first_token > 3 && r[a.first_token - 2].digits == 4 &&
         r[a.first_token - 3].sign == '-';
}

// "Anna Weir (1921-1876)": the years of a life, of any century.
bool life_reversed(const Page& p, const Expression& a, const Expression& b, const Joint& j) {
  constexpr int longest_life = 120;
  const auto bare = [](const Expression& e) {
    return e.form == Form::calendar && e.year >= 1000 && e.year <= 2100 && !e.month && !e.decade &&
           !e.century && e.limit == e.first_token + 1;
  };
  const bool enclosed =
      j.dash && a.first_token > 1 && p.r.sign(a.first_token - 1, '(') && p.r.sign(b.limit, ')');
  return enclosed && p.capital(a.first_token - 2) && bare(a) && bare(b) && b.year < a.year &&
         a.year - b.year <= longest_life;
}

bool years_reversed(const Page& p, const Expression& a, const Expression& b, const Joint& j) {
  const Reader& r = p.r;
  if (!is_bare_year(a) || !is_bare_year(b) || b.year >= a.year) return false;
  if (era_follows(r, b.limit) || noun_follows(r, b.limit)) return false;
  if (j.dash) {
    if (r.sign(b.limit, '-') || (a.first_token && r.sign(a.first_token - 1, '-'))) return false;
    return stands_alone(r, a, b) || opens_year_range(p, a);
  }
  if (speaks_of_amounts(r, a.first_token)) return p.is(a.first_token - 1, "years");
  if (j.and_) return key_before(r, a) == Key::between;
  return key_before(r, a) == Key::from || p.is(a.first_token - 1, "years");
}

bool is_day(const Expression& e) {
  return e.form == Form::calendar && e.month && e.day && !e.moved && e.unit == Unit::none;
}

// "March 2022".
bool is_month(const Expression& e) {
  return e.form == Form::calendar && e.year && e.month && !e.day && e.mod == Mod::none && !e.moved;
}

// "June 8-7": the second day has no month of its own; "June 8 - June 7" has.
bool days_reversed(const Page& p, const Expression& a, const Expression& b, const Joint& j) {
  const Reader& r = p.r;
  if (!j.dash || !is_day(a) || !is_day(b) || a.month != b.month || b.day >= a.day || a.year != b.year)
    return false;
  const bool own_month = b.limit > b.first_token + 1;
  if (own_month && closes(r, b.limit) && a.first_token > 0 && r[a.first_token - 1].kind == Token::mark)
    return true;
  if (r[b.first_token].kind != Token::number || !r.touches(a.limit) || !r.touches(b.first_token))
    return false;
  return own_month ? b.year != 0 || r.word(b.first_token + 1).month : !noun_follows(r, b.limit);
}

// A date that is moved goes back as often as forward.
bool speaks_of_moving(const Reader& r, std::size_t i) {
  for (std::size_t back = 1; back <= 12 && back <= i; ++back) {
    const Token& t = r[i - back];
    if (t.has(Token::paragraph) || (t.kind == Token::mark && t.sign == '.')) return false;
    if (t.past_form || t.meaning->key == Key::planned) return true;
  }
  return false;
}

constexpr std::array<std::string_view, 5> lasts = {"runs", "run", "ran", "running", "open"};

// "from June 16 to June 10", "Sept 22 to Sept 20": within one month no new year can lie between.
bool month_reversed(const Page& p, const Expression& a, const Expression& b, const Joint& j) {
  const Reader& r = p.r;
  if (!is_day(a) || !is_day(b) || a.month != b.month || a.year || b.year || b.day >= a.day || a.weekday ||
      b.weekday || j.dash)
    return false;
  const Key before = key_before(r, a);
  const bool enclosed = a.first_token > 0 && r[a.first_token - 1].kind == Token::mark && closes(r, b.limit);
  if (j.and_) return before == Key::between;
  const bool runs = a.first_token > 0 && p.is_any(a.first_token - 1, lasts);
  return (before == Key::from || enclosed || runs) && (j.until || !speaks_of_moving(r, a.first_token));
}

// Full dates, and months of a year.
bool dates_reversed(const Reader& r, const Expression& a, const Expression& b, const Joint& j) {
  if (!(is_day(a) && is_day(b)) && !(is_month(a) && is_month(b))) return false;
  if (!a.year || !b.year || a.weekday || b.weekday) return false;
  const Day first{a.year, a.month, std::max<int>(a.day, 1)}, second{b.year, b.month, std::max<int>(b.day, 1)};
  if (!calendar::exists(first) || !calendar::exists(second) || second >= first) return false;
  const Key before = key_before(r, a);
  if (j.and_) return before == Key::between;
  return j.dash ? !speaks_of_amounts(r, a.first_token) : before == Key::from;
}

constexpr std::array<std::string_view, 13> begins = {"starting", "starts", "started", "start", "beginning",
                                                     "begins",   "began",  "begin",   "opens", "opened",
                                                     "opening",  "open",   "running"};
constexpr std::array<std::string_view, 15> ends = {
    "ending",  "ends",   "ended",  "end",   "finishing", "finishes",   "finished", "finish",
    "closing", "closes", "closed", "close", "concludes", "concluding", "concluded"};

// The word before a date, past "on" and the like.
std::size_t verb_before(const Page& p, const Expression& e) {
  std::size_t at = e.first_token;
  if (at > 1 && (p.r.key(at - 1) == Key::on || p.r.key(at - 1) == Key::in || p.r.key(at - 1) == Key::at))
    --at;
  return at > 0 ? at - 1 : 0;
}

// "starting on Monday 23 September and ending on Friday 20 September".
bool told_reversed(const Page& p, const Expression& a, const Expression& b) {
  if (!is_day(a) || !is_day(b) || a.month != b.month || a.year != b.year || b.day >= a.day) return false;
  const std::size_t start = verb_before(p, a), end = verb_before(p, b);
  return p.is_any(start, begins) && p.is_any(end, ends) && end > a.limit && end <= a.limit + 1 &&
         p.r.key(a.limit) == Key::and_;
}

std::string message(const Expression& a, const Expression& b) {
  if (!a.month)
    return "The range runs backwards: " + std::to_string(b.year) + " is before " + std::to_string(a.year) +
           ".";
  const auto said = [](const Expression& e) {
    if (!e.day) return std::string(month_name(e.month)) + " " + std::to_string(e.year);
    return e.year ? in_words({e.year, e.month, e.day}) : std::to_string(e.day) + " " + month_name(e.month);
  };
  return "The range runs backwards: " + said(b) + " is before " + said(a) + ".";
}

}  // namespace

void check_ranges(const Page& p, Findings& out) {
  for (std::size_t i = 1; i < p.dates.size(); ++i) {
    const auto &a = p.dates[i - 1], &b = p.dates[i];
    const auto j = joint(p, a, b);
    const bool reversed = j ? years_reversed(p, a, b, *j) || life_reversed(p, a, b, *j) ||
                                  days_reversed(p, a, b, *j) || dates_reversed(p.r, a, b, *j) ||
                                  month_reversed(p, a, b, *j)
                            : told_reversed(p, a, b);
    if (!reversed) continue;
    add_finding(out, "range-reversed", {a.begin, b.end}, {}, message(a, b));
  }
}
