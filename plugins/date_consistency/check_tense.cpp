// future-as-past: "was held on 30 November 2025", published a week before that day.
// past-as-future: "will take place on 3 May 2025", published half a year after it.
#include <array>
#include <cstdlib>

#include "checks.hpp"
#include "resolve.hpp"

using calendar::Day;

namespace {

constexpr int64_t zone_slack = 1;     // days: the day of publication differs around the world
constexpr int64_t certain_days = 45;  // a day of a month without a year is this year's within them

struct Span {
  Day first, last;
};

// Verbs without an object: the day after them is the day of what they tell.
constexpr std::array<std::string_view, 16> happened = {
    "died",     "happened", "occurred", "began",     "started", "ended",    "arrived", "resigned",
    "returned", "voted",    "met",      "collapsed", "crashed", "exploded", "sank",    "said"};
constexpr std::array<std::string_view, 9> held = {"held", "born", "shot", "built", "found",
                                                  "sent", "seen", "told", "won"};
// Passives that set a day instead of having one.
constexpr std::array<std::string_view, 18> arranged = {
    "postponed", "delayed",  "moved",   "rescheduled", "timed",     "dated",
    "booked",    "called",   "ordered", "required",    "meant",     "needed",
    "targeted",  "promised", "allowed", "invited",     "cancelled", "canceled"};
constexpr std::array<std::string_view, 26> happens = {
    "begin",  "start",  "open",   "close",   "meet",   "vote",   "arrive", "return",   "launch",
    "end",    "expire", "speak",  "perform", "play",   "run",    "debut",  "premiere", "resume",
    "depart", "visit",  "travel", "appear",  "finish", "gather", "march",  "reopen"};
constexpr std::array<std::string_view, 9> takes_place = {
    "held", "released", "published", "opened", "launched", "signed", "decided", "unveiled", "closed"};

bool plans_ahead(const Page& p, std::size_t i) {
  const Key k = p.r.key(i);
  return k == Key::will || k == Key::would_ || k == Key::planned ||
         (k == Key::set_to && p.r.key(i + 1) == Key::to) || p.is(i, "if") || p.is(i, "may") ||
         p.is(i, "could") || p.is(i, "should") || p.is(i, "set") || p.is(i, "until") || p.is(i, "deadline") ||
         p.is(i, "must") || p.is(i, "fictional") || p.is(i, "novel") || p.is(i, "film") || p.is(i, "imagine");
}

bool sentence_plans(const Page& p, const Expression& e) {
  const std::size_t end = p.sentence_end(e.limit - 1);
  for (std::size_t i = p.sentence_begin(e.first_token); i < end; ++i)
    if ((i < e.first_token || i >= e.limit) && plans_ahead(p, i)) return true;
  return false;
}

bool names_other_date(const Page& p, const Expression& e) {
  const std::size_t begin = p.sentence_begin(e.first_token), end = p.sentence_end(e.limit - 1);
  for (const auto& other : p.dates)
    if (other.first_token >= begin && other.limit <= end && other.first_token != e.first_token &&
        (other.year || other.form == Form::ago || other.form == Form::anaphor || other.shift < 0))
      return true;
  return false;
}

// The days that the words can mean; nothing when the year is open.
std::optional<Span> days_of(const Page& p, const Expression& e) {
  if (e.form != Form::calendar || e.decade || e.century || e.quarter || e.half || e.mod != Mod::none ||
      e.short_year || e.season != Season::none || e.holiday != Holiday::none || e.year_is_relative ||
      e.moved || e.nth || e.unit != Unit::none || e.which != Which::nearest)
    return std::nullopt;
  int year = e.year;
  if (!year) {
    if (!e.day || !e.month || e.by_text) return std::nullopt;
    year = nearest_year(e.month, e.day, *p.time.day);
    const Day day{year, e.month, e.day};
    if (!calendar::exists(day)) return std::nullopt;
    const bool near = std::abs(calendar::serial(day) - calendar::serial(*p.time.day)) <= certain_days;
    if (!near || !stays_in_year(p.text, p.dates, static_cast<std::size_t>(&e - p.dates.data()),
                                p.time.day->year, p.gap))
      return std::nullopt;
  }
  if (!e.month) return e.day ? std::nullopt : std::optional(Span{{year, 1, 1}, {year, 12, 31}});
  const Span span{{year, e.month, e.day ? e.day : 1},
                  {year, e.month, e.day ? e.day : calendar::days_in_month(year, e.month)}};
  return calendar::exists(span.first) && calendar::exists(span.last) ? std::optional(span) : std::nullopt;
}

// "In 2018" and not "in 2018 World Cup matches".
bool stands_alone(const Page& p, const Expression& e) {
  const Token& after = p.r.next(e.limit);
  return e.month || after.kind != Token::word || after.meaning->key != Key::none;
}

bool preposition(const Page& p, const Expression& e) {
  if (e.first_token < 2 || p.r[e.first_token].has(Token::paragraph) || !stands_alone(p, e)) return false;
  return p.r.key(e.first_token - 1) == (e.day ? Key::on : Key::in);
}

// "died on", "was held on", "took place on".
bool told_before(const Page& p, std::size_t verb) {
  if (p.is(verb, "place")) return verb > 0 && p.is(verb - 1, "took");
  const bool was = verb > 0 && (p.is(verb - 1, "was") || p.is(verb - 1, "were"));
  if (was) {
    if (p.is_any(verb, arranged) || plans_ahead(p, verb)) return false;
    return p.r[verb].past_form || p.is_any(verb, held);
  }
  return p.is_any(verb, happened);
}

// "will take place on", "will be held on", "will open to the public on", "is scheduled for".
bool foretold_before(const Page& p, std::size_t preposition) {
  for (std::size_t back = 2; back <= 5 && back <= preposition; ++back) {
    const std::size_t will = preposition - back, verb = will + 1;
    if (p.r[will + 1].has(Token::paragraph) || p.r[verb].kind != Token::word) return false;
    if (p.r.key(will) != Key::will) continue;
    if (p.is(verb, "take")) return p.is(verb + 1, "place");
    if (p.is(verb, "be")) return verb + 2 == preposition && p.is_any(verb + 1, takes_place);
    return p.is_any(verb, happens);
  }
  return false;
}

bool scheduled_before(const Page& p, const Expression& e) {
  const std::size_t at = e.first_token;
  if (at < 3 || (p.r.key(at - 1) != Key::for_ && p.r.key(at - 1) != Key::on)) return false;
  return p.is(at - 2, "scheduled") && (p.is(at - 3, "is") || p.is(at - 3, "are"));
}

std::string said(const Expression& e, const Span& s) {
  if (e.day) return in_words(s.first);
  return e.month ? std::string(month_name(e.month)) + " " + std::to_string(s.first.year)
                 : std::to_string(s.first.year);
}

void report(const Page& p, const Expression& e, const Span& s, bool future, Findings& out) {
  stet::sdk::Finding f;
  f.check = future ? "future-as-past" : "past-as-future";
  f.range = p.range(e);
  const int64_t days =
      calendar::serial(future ? s.first : *p.time.day) - calendar::serial(future ? *p.time.day : s.last);
  f.message =
      said(e, s) +
      (future ? " is told of as past, but it begins " : " is told of as still to come, but it ended ") +
      std::to_string(days) + " days " + (future ? "after" : "before") + " the document's own day, " +
      in_words(*p.time.day) + ".";
  out.push_back(std::move(f));
}

}  // namespace

void check_tense(const Page& p, Findings& out) {
  if (!p.time.day) return;
  const int64_t today = calendar::serial(*p.time.day);
  for (const auto& e : p.dates) {
    const auto span = days_of(p, e);
    if (!span) continue;
    const bool future = calendar::serial(span->first) > today + zone_slack;
    const bool past = calendar::serial(span->last) < today - zone_slack;
    if (future && preposition(p, e) && told_before(p, e.first_token - 2) && !sentence_plans(p, e))
      report(p, e, *span, true, out);
    const bool foretold =
        (preposition(p, e) && foretold_before(p, e.first_token - 1)) || scheduled_before(p, e);
    if (past && foretold && !names_other_date(p, e)) report(p, e, *span, false, out);
  }
}
