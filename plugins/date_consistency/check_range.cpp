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

// Joined by one dash or word, with nothing else between.
bool joined(const Reader& r, const Expression& a, const Expression& b, bool& dash) {
  if (b.first_token != a.limit + 1) return false;
  dash = r.sign(a.limit, '-');
  return dash || r.key(a.limit) == Key::to || r.key(a.limit) == Key::until || r.key(a.limit) == Key::and_;
}

bool opens_year_range(Key k) {
  return k == Key::in || k == Key::during || k == Key::from || k == Key::between || k == Key::of ||
         k == Key::period;
}

bool years_reversed(const Reader& r, const Expression& a, const Expression& b, bool dash) {
  if (!is_bare_year(a) || !is_bare_year(b) || b.year >= a.year) return false;
  if (era_follows(r, b.limit) || noun_follows(r, b.limit)) return false;
  const Key before = a.first_token ? r[a.first_token - 1].meaning->key : Key::none;
  if (dash) {
    if (r.sign(b.limit, '-') || (a.first_token && r.sign(a.first_token - 1, '-'))) return false;
    return (a.first_token && r.sign(a.first_token - 1, '(') && r.sign(b.limit, ')')) ||
           opens_year_range(before);
  }
  if (speaks_of_amounts(r, a.first_token)) return false;
  if (r.key(a.limit) == Key::and_) return before == Key::between;
  return before == Key::from;
}

bool is_day(const Expression& e) {
  return e.form == Form::calendar && e.month && e.day && !e.moved && e.unit == Unit::none;
}

// "June 8-7": the second day has no month of its own.
bool days_reversed(const Reader& r, const Expression& a, const Expression& b, bool dash) {
  if (!dash || !is_day(a) || !is_day(b) || a.month != b.month || b.day >= a.day) return false;
  if (r[b.first_token].kind != Token::number || !r.touches(a.limit) || !r.touches(b.first_token))
    return false;
  return b.limit == b.first_token + 1 ? !noun_follows(r, b.limit)
                                      : b.year != 0 || r.word(b.first_token + 1).month;
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

// "from June 16 to June 10": within one month no new year can lie between.
bool month_reversed(const Reader& r, const Expression& a, const Expression& b) {
  if (!is_day(a) || !is_day(b) || a.month != b.month || a.year || b.year || b.day >= a.day || a.weekday ||
      b.weekday)
    return false;
  const Key before = a.first_token ? r[a.first_token - 1].meaning->key : Key::none;
  return before == Key::from && r.key(a.limit) != Key::and_ && !speaks_of_moving(r, a.first_token);
}

bool dates_reversed(const Reader& r, const Expression& a, const Expression& b, bool dash) {
  if (!is_day(a) || !is_day(b) || !a.year || !b.year || a.weekday || b.weekday) return false;
  const Day first{a.year, a.month, a.day}, second{b.year, b.month, b.day};
  if (!calendar::exists(first) || !calendar::exists(second) || second >= first) return false;
  const Key before = a.first_token ? r[a.first_token - 1].meaning->key : Key::none;
  if (r.key(a.limit) == Key::and_) return before == Key::between;
  return dash ? !speaks_of_amounts(r, a.first_token) : before == Key::from;
}

std::string message(const Expression& a, const Expression& b) {
  if (is_bare_year(a))
    return "The range runs backwards: " + std::to_string(b.year) + " is before " + std::to_string(a.year) +
           ".";
  const auto said = [](const Expression& e) {
    return e.year ? in_words({e.year, e.month, e.day}) : std::to_string(e.day) + " " + month_name(e.month);
  };
  return "The range runs backwards: " + said(b) + " is before " + said(a) + ".";
}

}  // namespace

void check_ranges(const Reader& r, std::span<const Expression> stretch, Findings& out) {
  for (std::size_t i = 1; i < stretch.size(); ++i) {
    const auto &a = stretch[i - 1], &b = stretch[i];
    bool dash = false;
    if (!joined(r, a, b, dash)) continue;
    if (!years_reversed(r, a, b, dash) && !days_reversed(r, a, b, dash) && !dates_reversed(r, a, b, dash) &&
        !month_reversed(r, a, b))
      continue;
    stet::sdk::Finding f;
    f.check = "range-reversed";
    f.range = {a.begin, b.end};
    f.message = message(a, b);
    out.push_back(std::move(f));
  }
}
