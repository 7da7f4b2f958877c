// duration-mismatch: a length beside the two dates it runs between: "for 15 years, from 1990 to 2001", "began
// on 2 May and ended on 9 May, lasting three weeks".
#include <algorithm>
#include <array>
#include <cstdlib>

#include "checks.hpp"
#include "resolve.hpp"

using calendar::Day;

namespace {

constexpr std::size_t reach = 6;  // tokens between a length and its range

struct Span {
  const Expression* from = nullptr;
  const Expression* to = nullptr;
  std::size_t first = 0, limit = 0;  // tokens, with "from" or "between"
};

bool dated(const Expression& e) {
  return e.form == Form::calendar && e.mod == Mod::none && !e.decade && !e.century && !e.quarter && !e.half &&
         e.season == Season::none && e.holiday == Holiday::none && !e.by_text && !e.year_is_relative &&
         !e.moved && !e.short_year && !e.has_clock() && (e.year || (e.month && e.day));
}

Unit grain(const Expression& e) {
  return e.day ? Unit::day : e.month ? Unit::month : Unit::year;
}

constexpr std::array<std::string_view, 8> starts = {"began",  "opened", "started", "founded",
                                                    "begins", "opens",  "starts",  "launched"};
constexpr std::array<std::string_view, 8> stops = {"ended", "closed", "finished", "dissolved",
                                                   "ends",  "closes", "finishes", "folded"};

// The verb before a date, past "on" and "in".
std::size_t verb_before(const Page& p, const Expression& e) {
  const std::size_t at = e.first_token;
  const bool on = at > 1 && (p.r.key(at - 1) == Key::on || p.r.key(at - 1) == Key::in);
  return at > 1 ? at - (on ? 2 : 1) : 0;
}

// Two dates of one grain, joined by words that leave nothing between.
std::optional<Span> span_of(const Page& p, const Expression& a, const Expression& b) {
  if (!dated(a) || !dated(b) || grain(a) != grain(b) || (b.year && !a.year && !b.day)) return std::nullopt;
  const Key before = a.first_token ? p.r[a.first_token - 1].meaning->key : Key::none;
  const Key joint = p.r.key(a.limit);
  if (b.first_token == a.limit + 1) {
    const bool from = before == Key::from && (joint == Key::to || joint == Key::until);
    const bool between = before == Key::between && joint == Key::and_;
    if (from || between) return Span{&a, &b, a.first_token - 1, b.limit};
    return std::nullopt;
  }
  const std::size_t stop = verb_before(p, b);
  if (p.is_any(verb_before(p, a), starts) && p.is_any(stop, stops) && stop <= a.limit + 2)
    return Span{&a, &b, verb_before(p, a), b.limit};
  return std::nullopt;
}

bool exact(const Expression& e) {
  return e.form == Form::amount && !e.amount.vague && e.amount.hundredths >= 100 &&
         e.amount.hundredths % 100 == 0 && e.remainder.unit == Unit::none && e.mod == Mod::none && !e.shift &&
         e.amount.unit >= Unit::day && e.amount.unit <= Unit::decade && e.amount.unit != Unit::quarter &&
         e.amount.unit != Unit::half;
}

// Days of one unit; about as many, for months and years.
double days_in(Unit unit) {
  switch (unit) {
    case Unit::week: return 7;
    case Unit::fortnight: return 14;
    case Unit::month: return 30.44;
    case Unit::year: return 365.25;
    case Unit::decade: return 3652.5;
    default: return 1;
  }
}

Day first_day(const Expression& e, int year) {
  return {year, e.month ? e.month : 1, e.day ? e.day : 1};
}

// The fewest and the most days that the two dates may be apart, their own ends counted or not.
struct Bounds {
  double low = 0, high = 0;
};
std::optional<Bounds> bounds(const Page& p, const Span& s) {
  const int given = s.from->year ? s.from->year : s.to->year;
  if (!given && !p.time.day) return std::nullopt;
  const int from_year = given ? given : p.time.day->year;
  const int to_year = s.to->year ? s.to->year : from_year;
  const Day from = first_day(*s.from, from_year), to = first_day(*s.to, to_year);
  if (!calendar::exists(from) || !calendar::exists(to)) return std::nullopt;
  const auto apart = static_cast<double>(calendar::serial(to) - calendar::serial(from));
  if (apart < 0) return std::nullopt;
  const double grain_days = days_in(grain(*s.from));
  return Bounds{apart - (s.from->day ? 1 : grain_days), apart + grain_days};
}

// The stated length and how far rounding may take it.
bool agrees(const Expression& length, const Bounds& b) {
  const double unit = days_in(length.amount.unit);
  const double stated = static_cast<double>(length.amount.hundredths) / 100 * unit;
  const double room = length.amount.unit == Unit::day ? 0 : std::max(unit * 0.6, stated * 0.05);
  return stated + room >= b.low && stated - room <= b.high;
}

// "15 years, from", "10 years in prison, between", "the two-week festival runs from": no other verb or
// figure.
bool leads_to(const Page& p, std::size_t limit, std::size_t first) {
  constexpr std::array<std::string_view, 12> runs = {"held", "open", "be",    "runs",   "ran",    "run",
                                                     "is",   "was",  "lasts", "lasted", "starts", "goes"};
  if (first < limit || first - limit > reach) return false;
  for (std::size_t i = limit; i < first; ++i) {
    const Token& t = p.r.next(i);
    if (t.kind == Token::number || t.meaning->key == Key::of || t.meaning->key == Key::after ||
        p.is(i, "before") || t.meaning->key == Key::and_ || p.is(i, "since") || p.is(i, "sentence"))
      return false;
    if (t.kind == Token::mark && t.sign != ',' && t.sign != '(') return false;
    const bool verb = t.past_form || t.meaning->key == Key::past_verb || p.raw(i).ends_with("ing");
    if (verb && !p.is_any(i, runs)) return false;
  }
  return true;
}

// ", lasting three weeks", ", a period of twelve years", "after 70 years", ", went on for 24 days".
bool follows(const Page& p, std::size_t limit, const Expression& length) {
  constexpr std::array<std::string_view, 13> joins = {
      "lasting", "period", "a", "of", "after", "for", "total", "went", "on", "lasted", "an", "spell", "span"};
  const std::size_t end = length.first_token;
  if (end < limit + 1 || end - limit > reach) return false;
  for (std::size_t i = limit; i < end; ++i)
    if (!p.r.sign(i, ',') && !p.r.sign(i, '-') && !p.is_any(i, joins)) return false;
  if (p.is(length.limit, "after") || p.is(length.limit, "before") || p.is(length.limit, "later"))
    return false;
  return true;
}

void report(const Page& p, const Expression& length, const Span& s, const Bounds& b, Findings& out) {
  stet::sdk::Finding f;
  f.check = "duration-mismatch";
  f.range = p.range(length);
  f.related = {p.range(s.first, s.limit)};
  const double unit = days_in(grain(*s.from));
  const auto count = static_cast<int64_t>((b.high - unit) / unit + 0.5);
  const char* name = grain(*s.from) == Unit::day ? "day" : grain(*s.from) == Unit::month ? "month" : "year";
  f.message = "Between these dates lie " + std::to_string(count) + " " + name + (count == 1 ? "" : "s") +
              ", not \"" + std::string(p.text.substr(length.begin, length.end - length.begin)) + "\".";
  out.push_back(std::move(f));
}

// The only length and the only range of a sentence.
void check_sentence(const Page& p, const Expression& length, const Span& s, Findings& out) {
  const Token& after = p.r.next(s.limit);
  if (after.kind == Token::word && after.meaning->text.empty() && !after.past_form)
    return;  // "2012 reunions"
  const bool leads = leads_to(p, length.limit, s.first);
  if (!leads && !follows(p, s.limit, length)) return;
  const auto b = bounds(p, s);
  if (b && !agrees(length, *b)) report(p, length, s, *b, out);
}

}  // namespace

void check_spans(const Page& p, Findings& out) {
  for (std::size_t i = 1; i < p.dates.size(); ++i) {
    const auto s = span_of(p, p.dates[i - 1], p.dates[i]);
    if (!s) continue;
    const std::size_t begin = p.sentence_begin(s->first), end = p.sentence_end(s->limit - 1);
    const Expression* length = nullptr;
    int lengths = 0;
    for (std::size_t j = i > 5 ? i - 5 : 0; j < std::min(p.dates.size(), i + 5); ++j) {
      const auto& e = p.dates[j];
      if (e.first_token < begin || e.limit > end || e.form != Form::amount) continue;
      ++lengths;
      length = &e;
    }
    if (lengths == 1 && exact(*length)) check_sentence(p, *length, *s, out);
  }
}
