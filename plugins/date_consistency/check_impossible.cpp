#include "checks.hpp"

namespace {

constexpr int last_julian = 1923;

bool closes(const Reader& r, std::size_t i) {
  const Token& t = r.next(i);
  return t.kind != Token::word || t.meaning->key != Key::none;
}

bool opens(Key k) {
  switch (k) {
    case Key::on:
    case Key::by:
    case Key::until:
    case Key::since:
    case Key::from:
    case Key::between:
    case Key::to:
    case Key::before:
    case Key::after:
    case Key::at:
    case Key::of: return true;
    default: return false;
  }
}

// A plural noun: what is counted.
bool counts_things(const Page& p, std::size_t i) {
  const auto word = p.raw(i);
  return word.ends_with('s') || word == "people" || word == "men" || word == "women" || word == "children";
}

// "April 31 people" counts people. What stands before or after must make a date of it.
bool is_certainly_a_date(const Page& p, const Expression& e) {
  const Reader& r = p.r;
  if (e.year || e.weekday) return true;
  for (std::size_t i = e.first_token; i < e.limit; ++i)
    if (r[i].has(Token::ordinal)) return true;
  const Key before = e.first_token ? r[e.first_token - 1].meaning->key : Key::none;
  // "The April 31 deadline" names one thing; "April 31 and May 1" are two days.
  const Token& after = r.next(e.limit);
  if (before == Key::the && after.kind == Token::word) return !counts_things(p, e.limit);
  if (e.has_clock() || after.meaning->key == Key::at) return true;
  if (before == Key::for_ && after.meaning->key == Key::and_ && r.word(e.limit + 1).month) return true;
  const bool day_first = r[e.first_token].kind == Token::number;  // "on 31 June Anna left" counts no Annas
  const bool closed = closes(r, e.limit) || (day_first && r.next(e.limit).has(Token::capital));
  return closed && (opens(before) || r.next(e.limit).kind == Token::mark);
}

std::string reason(const Expression& e) {
  const std::string month = month_name(e.month);
  const int longest = calendar::longest_month(e.month);
  if (e.day > longest) return month + " has only " + std::to_string(longest) + " days.";
  return std::to_string(e.year) + " is not a leap year: its February has 28 days.";
}

}  // namespace

void check_impossible(const Page& p, Findings& out) {
  for (const auto& e : p.dates) {
    if (e.form != Form::calendar || !e.month || !e.day) continue;
    const bool never = e.day > calendar::longest_month(e.month);
    const bool julian_leap = e.year && e.year <= last_julian && e.year % 4 == 0;
    const bool not_then = e.year && !julian_leap && e.day > calendar::days_in_month(e.year, e.month);
    if ((!never && !not_then) || !is_certainly_a_date(p, e)) continue;
    add_finding(out, "impossible-date", p.range(e), {}, "There is no such date: " + reason(e));
  }
}
