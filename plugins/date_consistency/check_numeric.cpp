// ambiguous-numeric-date: 03/04/2025 is 4 March in one country and 3 April in another.
#include "checks.hpp"

namespace {

constexpr std::size_t most_related = 20;
constexpr int most_looked_up = 40;

bool is_slashed(const Page& p, const Expression& e) {
  return e.form == Form::calendar && e.month && e.day && e.limit == e.first_token + 5 &&
         p.r.sign(e.first_token + 1, '/') && p.r.sign(e.first_token + 3, '/');
}

bool has_two_readings(const Page& p, const Expression& e) {
  return p.r[e.first_token].value <= 12 && p.r[e.first_token + 2].value <= 12 && e.month != e.day;
}

// The document's own day written in figures shows how the outlet writes them; so does the same day in words.
bool is_known(const Page& p, const Expression& e) {
  const auto same = [&](int year, int month, int day) {
    return (!year || year == e.year) &&
           ((month == e.month && day == e.day) || (month == e.day && day == e.month));
  };
  if (p.time.day && same(p.time.day->year, p.time.day->month, p.time.day->day)) return true;
  for (const auto& other : p.dates)
    if (&other != &e && other.form == Form::calendar && other.month && other.day && !is_slashed(p, other) &&
        same(other.year, other.month, other.day))
      return true;
  return false;
}

}  // namespace

void check_numeric_dates(const Page& p, Findings& out) {
  stet::sdk::Finding f;
  const Expression* first = nullptr;
  int looked_up = 0;
  for (const auto& e : p.dates) {
    if (!is_slashed(p, e)) continue;
    if (!has_two_readings(p, e)) {
      if (e.month != e.day) return;  // one date decides for all
      continue;
    }
    if (e.weekday || (++looked_up <= most_looked_up && is_known(p, e))) return;
    if (!first)
      first = &e;
    else if (f.related.size() < most_related)
      f.related.push_back(p.range(e));
  }
  if (!first) return;
  f.check = "ambiguous-numeric-date";
  f.range = p.range(*first);
  f.message = "Month first this is " + in_words({first->year, first->month, first->day}) + ", day first " +
              in_words({first->year, first->day, first->month}) + "; nothing in the document decides.";
  out.push_back(std::move(f));
}
