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
constexpr std::array<std::string_view, 25> happened = {
    "struck",   "died",   "happened", "occurred",  "began",   "started",  "ended",      "arrived", "resigned",
    "returned", "voted",  "met",      "collapsed", "crashed", "exploded", "sank",       "said",    "reopened",
    "retired",  "landed", "drowned",  "opened",    "closed",  "expired",  "disappeared"};
constexpr std::array<std::string_view, 9> held = {"held", "born", "shot", "built", "found",
                                                  "sent", "seen", "told", "won"};
// Passives that set a day instead of having one.
constexpr std::array<std::string_view, 20> arranged = {
    "postponed", "delayed", "moved",    "rescheduled", "timed",     "dated",    "booked",
    "called",    "ordered", "required", "meant",       "needed",    "targeted", "promised",
    "allowed",   "invited", "expected", "asked",       "cancelled", "canceled"};
constexpr std::array<std::string_view, 9> bare = {"held", "broadcast", "filed",  "taken", "signed",
                                                  "cast", "sworn",     "fought", "played"};
// What may stand between a verb and its day: "died in hospital on 21 September".
constexpr std::array<std::string_view, 9> placing = {"in",      "at",   "near", "off",   "into",
                                                     "outside", "over", "from", "inside"};
// No verb of the sentence: "the plant called Weir", "the team based in Hale".
constexpr std::array<std::string_view, 10> describing = {"called", "named", "based",  "known",   "led",
                                                         "headed", "owned", "funded", "related", "dedicated"};
// What follows a verb and not an adjective: "ruled that", but not "elected council".
constexpr std::array<std::string_view, 18> after_verb = {"that", "the",  "a",    "an",  "to",  "in",
                                                         "on",   "by",   "his",  "her", "its", "with",
                                                         "for",  "from", "into", "at",  "and", "against"};

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
  for (const auto& other : p.dates_from(begin)) {
    if (other.first_token >= end) break;
    if (other.limit <= end && other.first_token != e.first_token && !other.has_clock() &&
        (other.year || other.form == Form::ago || other.form == Form::anaphor || other.shift < 0))
      return true;
  }
  return false;
}

// "Early 2026" is all to come when 2026 is.
bool plain_mod(const Expression& e) {
  return e.mod == Mod::none || (e.year && (e.mod == Mod::start || e.mod == Mod::mid || e.mod == Mod::end));
}

// The days that the words can mean; nothing when the year is open.
std::optional<Span> days_of(const Page& p, const Expression& e) {
  if (e.form != Form::calendar || e.decade || e.century || e.quarter || e.half || !plain_mod(e) ||
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
  return p.r[e.first_token - 1].meaning->key == (e.day ? Key::on : Key::in);
}

constexpr std::size_t reach = 7;  // tokens between a verb and its day

// "took place", "took effect", "went bankrupt", "came into force" end at `verb`.
bool idiom(const Page& p, std::size_t verb) {
  if (verb < 1) return false;
  const bool took =
      p.is(verb - 1, "took") && (p.is(verb, "place") || p.is(verb, "effect") || p.is(verb, "office"));
  const bool went =
      p.is(verb - 1, "went") && (p.is(verb, "bankrupt") || p.is(verb, "bust") || p.is(verb, "missing"));
  return took || went ||
         (verb > 1 && p.is(verb - 2, "came") && p.is(verb - 1, "into") && p.is(verb, "force"));
}

// "died on", "was held on", "took place on", "held on"; the verb is the token before the preposition, or
// before the place that comes between.
bool told_by(const Page& p, std::size_t verb) {
  if (verb < 1) return false;
  if (idiom(p, verb)) return true;
  const bool was = p.is(verb - 1, "was") || p.is(verb - 1, "were");
  if (was) {
    if (p.is_any(verb, arranged) || plans_ahead(p, verb)) return false;
    return p.r[verb].past_form || p.is_any(verb, held);
  }
  if (p.r.key(verb - 1) == Key::be || p.r.key(verb - 1) == Key::to || p.is(verb - 1, "being")) return false;
  return p.is_any(verb, happened) || (p.is_any(verb, bare) && p.r[verb - 1].kind == Token::word);
}

// "arrested him": a past verb and its pronoun.
bool told_of_person(const Page& p, std::size_t pronoun) {
  constexpr std::array<std::string_view, 4> persons = {"him", "her", "them", "it"};
  if (pronoun < 2 || !p.is_any(pronoun, persons) || p.is_any(pronoun - 1, arranged)) return false;
  const Key before = p.r.key(pronoun - 2);
  return p.r[pronoun - 1].past_form && before != Key::be && before != Key::to;
}

// "freed the two men on": verbs whose day is the day of the deed, with their object.
bool told_of_deed(const Page& p, std::size_t preposition) {
  constexpr std::array<std::string_view, 11> deeds = {"freed",     "killed",    "struck",   "hit",
                                                      "destroyed", "arrested",  "injured",  "wounded",
                                                      "sentenced", "convicted", "acquitted"};
  for (std::size_t back = 2; back <= 5 && back < preposition; ++back) {
    const std::size_t at = preposition - back;
    if (p.r[at + 1].kind != Token::word || p.r[at + 1].has(Token::paragraph) || p.r.key(at + 1) == Key::to)
      return false;
    if (p.is_any(at, deeds)) return p.r.key(at - 1) != Key::be && p.r.key(at - 1) != Key::to;
  }
  return false;
}

bool told_before(const Page& p, std::size_t preposition) {
  if (told_of_deed(p, preposition)) return true;
  if (told_by(p, preposition - 1) || told_of_person(p, preposition - 1)) return true;
  for (std::size_t back = 2; back <= reach && back < preposition; ++back) {
    const std::size_t at = preposition - back;
    if (p.r[at + 1].kind != Token::word || p.r[at + 1].past_form || p.r[at + 1].has(Token::paragraph))
      return false;
    if (p.is_any(at + 1, placing)) return told_by(p, at) || told_of_person(p, at);
  }
  return false;
}

bool is_past_verb(const Page& p, std::size_t i) {
  const Token& t = p.r.next(i);
  if (t.kind != Token::word || p.is_any(i, describing) || plans_ahead(p, i)) return false;
  const bool past = t.past_form || t.meaning->key == Key::past_verb;
  return past && (p.is_any(i + 1, after_verb) || p.r.next(i + 1).kind != Token::word);
}

// "On 30 September 2024, the court ruled that": a past verb after the day that opens its sentence.
bool told_after(const Page& p, std::size_t at) {
  for (std::size_t i = at; i < at + reach; ++i) {
    if (p.r.next(i).kind != Token::word || p.r.key(i) == Key::to || p.r.key(i) == Key::be) return false;
    if (i > at && is_past_verb(p, i)) return true;
  }
  return false;
}

bool opens_sentence(const Page& p, const Expression& e, std::size_t words) {
  return e.first_token == p.sentence_begin(e.first_token) + words;
}

// "The report, published on 20 October 2024, found that".
bool told_aside(const Page& p, const Expression& e) {
  const std::size_t at = e.first_token;
  constexpr std::array<std::string_view, 4> came_out = {"published", "released", "issued", "unveiled"};
  return at > 2 && p.is_any(at - 2, came_out) && p.r.sign(at - 3, ',') && p.r.sign(e.limit, ',') &&
         is_past_verb(p, e.limit + 1);
}

// "in custody since 24 September."
bool told_since(const Page& p, const Expression& e) {
  return e.first_token > 0 && p.r.key(e.first_token - 1) == Key::since &&
         p.r.next(e.limit).kind == Token::mark;
}

bool told(const Page& p, const Expression& e) {
  if (told_since(p, e)) return true;
  if (!preposition(p, e)) return false;
  const bool fronted =
      opens_sentence(p, e, 1) && told_after(p, p.r.sign(e.limit, ',') ? e.limit + 1 : e.limit);
  return fronted || told_before(p, e.first_token - 1) || told_aside(p, e);
}

constexpr std::array<std::string_view, 8> set_for = {"due",    "set",     "expected", "scheduled",
                                                     "slated", "planned", "booked",   "timetabled"};
constexpr std::array<std::string_view, 8> means = {"plans", "intends", "hopes", "aims",
                                                   "plan",  "intend",  "hope",  "aim"};

bool is_present(const Page& p, std::size_t i) {
  return p.is(i, "is") || p.is(i, "are");
}

// Whether the words from `i` on plan: "will", "is due to", "is to open", "has been set for", "plans to".
bool plans(const Page& p, std::size_t i) {
  if (p.is(i, "will") || p.is(i, "shall")) return !p.is(i + 1, "have");
  if (is_present(p, i)) return p.is_any(i + 1, set_for) || p.r.key(i + 1) == Key::to;
  if (p.is(i, "been"))
    return (p.is(i - 1, "has") || p.is(i - 1, "have")) && p.is_any(i + 1, set_for) &&
           p.r.key(i + 2) == Key::for_;
  if (p.is_any(i, means)) return p.r.key(i + 1) == Key::to;
  return p.is(i, "expires");
}

bool foretold(const Page& p, const Expression& e) {
  if (e.first_token < 2 || !stands_alone(p, e)) return false;
  const Key k = p.r.key(e.first_token - 1), then = p.r.key(e.limit);
  if (k == Key::from && (then == Key::to || then == Key::until)) return false;  // it may be going on
  if (k != Key::on && k != Key::at && k != Key::in && k != Key::by && k != Key::for_ && k != Key::from &&
      !(e.weekday || p.r.sign(e.first_token - 1, ',')))
    return false;
  for (std::size_t back = 1; back <= reach + 2 && back <= e.first_token; ++back) {
    const std::size_t at = e.first_token - back;
    if (p.r[at + 1].has(Token::paragraph) || (p.r[at].kind == Token::mark && back > 1)) return false;
    if (at > 0 && plans(p, at)) return true;
    const bool passive = at > 0 && p.r.key(at - 1) == Key::be;  // "will be held"
    if ((p.r[at].meaning->key == Key::past_verb && !passive) || p.is(at, "after") || p.is(at, "since"))
      return false;
  }
  return false;
}

std::string said(const Expression& e, const Span& s) {
  if (e.day) return in_words(s.first);
  return e.month ? std::string(month_name(e.month)) + " " + std::to_string(s.first.year)
                 : std::to_string(s.first.year);
}

void report(const Page& p, const Expression& e, std::string what, bool future, Findings& out) {
  add_finding(out, future ? "future-as-past" : "past-as-future", p.range(e), {},
              std::move(what) + " the document's own day, " + in_words(*p.time.day) + ".");
}

void report_days(const Page& p, const Expression& e, const Span& s, bool future, Findings& out) {
  const int64_t days =
      calendar::serial(future ? s.first : *p.time.day) - calendar::serial(future ? *p.time.day : s.last);
  report(
      p, e,
      said(e, s) +
          (future ? " is told of as past, but it begins " : " is told of as still to come, but it ended ") +
          std::to_string(days) + " days " + (future ? "after" : "before"),
      future, out);
}

// "Next Tuesday the board met", "Last Tuesday the board will meet".
void check_opening(const Page& p, const Expression& e, Findings& out) {
  const bool day = e.form == Form::shift || (e.form == Form::calendar && e.weekday && !e.month && !e.day);
  if (!day || e.by_text || !opens_sentence(p, e, 0) || e.has_clock()) return;
  const bool next = e.which == Which::next || (e.form == Form::shift && e.shift > 0);
  const bool last = e.which == Which::last || (e.form == Form::shift && e.shift < 0);
  const std::string word(p.text.substr(e.begin, e.end - e.begin));
  if (next && told_after(p, e.limit) && !sentence_plans(p, e))
    report(p, e, "\"" + word + "\" is told of as past, but it comes after", true, out);
  if (!last) return;
  for (std::size_t i = e.limit; i < e.limit + 5 && p.r.next(i).kind == Token::word; ++i) {
    if (p.r[i].past_form || p.r[i].meaning->key == Key::past_verb || p.r.key(i) == Key::that) return;
    if (p.is(i, "will") && i > e.limit)
      return report(p, e, "\"" + word + "\" is told of as still to come, but it comes before", false, out);
  }
}

}  // namespace

void check_tense(const Page& p, Findings& out) {
  if (!p.time.day) return;
  const int64_t today = calendar::serial(*p.time.day);
  for (const auto& e : p.dates) {
    check_opening(p, e, out);
    const auto span = days_of(p, e);
    if (!span) continue;
    const bool future = calendar::serial(span->first) > today + zone_slack;
    const bool past = calendar::serial(span->last) < today - zone_slack;
    if (future && told(p, e) && !sentence_plans(p, e)) report_days(p, e, *span, true, out);
    if (past && foretold(p, e) && !names_other_date(p, e)) report_days(p, e, *span, false, out);
  }
}
