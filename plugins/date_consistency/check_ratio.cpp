// percent-mismatch for what is told without "from 200 to 250, up 25%": "doubled from 4 to 6", "a quarter of
// the 80 staff, 30 people", "60% of the members (300 of 400)", shares of one poll that make more than the
// whole.
#include <algorithm>
#include <array>
#include <cmath>

#include "checks.hpp"
#include "figure.hpp"

namespace {

constexpr std::size_t reach = 6;      // words between two figures of one statement
constexpr double most_of_poll = 102;  // rounding makes a hundred a little more

std::optional<Figure> figure(const Page& p, std::size_t i) {
  const std::size_t at = past_currency(p, i);
  const Token& t = p.r[at];
  if (t.kind != Token::number && t.meaning->cardinal < 0) return std::nullopt;
  const auto f = read_figure(p, at);
  return f && !f->hedged && f->value > 0 && !is_in_date(p, *f) ? f : std::nullopt;
}

std::optional<Figure> count(const Page& p, std::size_t i) {
  const auto f = figure(p, i);
  return f && f->whole && !f->percent && !f->money ? f : std::nullopt;
}

std::string rounded(double value) {
  return plain(std::round(value * 10) / 10);
}

void report(stet_range range, std::vector<stet_range> related, std::string message, Findings& out) {
  add_finding(out, "percent-mismatch", range, std::move(related), std::move(message));
}

stet_range range(const Page& p, const Figure& f) {
  return p.range(f.first, f.limit);
}

// The token after at most `most` words that are no figures.
std::size_t past_words(const Page& p, std::size_t i, std::size_t most) {
  std::size_t at = i;
  while (at < i + most && p.r.next(at).kind == Token::word && p.r[at].meaning->cardinal < 0) ++at;
  return at;
}

struct Times {
  std::string_view verb;
  double low, high;  // news rounds: "doubled" is anything from 1.75 to 2.5
};
constexpr std::array<Times, 8> times = {{{"doubled", 1.75, 2.5},
                                         {"doubling", 1.75, 2.5},
                                         {"tripled", 2.6, 3.5},
                                         {"tripling", 2.6, 3.5},
                                         {"trebled", 2.6, 3.5},
                                         {"quadrupled", 3.5, 4.7},
                                         {"halved", 0.42, 0.58},
                                         {"halving", 0.42, 0.58}}};

struct Change {
  Figure from, to;
};

// "from 4% to 8%", "to 90 from 45", from token `i`.
std::optional<Change> change_at(const Page& p, std::size_t i) {
  const Key opening = p.r.key(i), joint = opening == Key::from ? Key::to : Key::from;
  if (opening != Key::from && opening != Key::to) return std::nullopt;
  const auto a = figure(p, i + 1);
  if (!a) return std::nullopt;
  std::size_t at = a->limit;
  while (at < a->limit + 3 && p.r.next(at).kind == Token::word && p.r.key(at) != joint) ++at;
  const auto b = p.r.key(at) == joint ? figure(p, at + 1) : std::nullopt;
  if (!b || a->money != b->money || a->percent != b->percent) return std::nullopt;
  return opening == Key::from ? Change{*a, *b} : Change{*b, *a};
}

// "doubled from 4% to 6%", "fell by half, from 80 to 60".
void check_times(const Page& p, std::size_t i, Findings& out) {
  const bool half = p.is(i, "half") && p.r.key(i - 1) == Key::by;
  const auto verb = std::find_if(times.begin(), times.end(), [&](const Times& t) { return p.is(i, t.verb); });
  if (verb == times.end() && !half) return;
  std::size_t at = past_words(p, i + 1, 2);
  while (at > i + 1 && p.r.key(at - 1) != Key::from && p.r.key(at - 1) != Key::to) --at;
  if (at > i + 1) --at;
  if (p.r.sign(at, ',')) ++at;
  const auto c = change_at(p, at);
  if (!c) return;
  const double ratio = c->to.value / c->from.value;
  if (half ? ratio > 0.42 && ratio < 0.58 : ratio >= verb->low && ratio <= verb->high) return;
  if (half && ratio > 1) return;
  report(p.range(i, i + 1), {range(p, c->from), range(p, c->to)},
         plain(c->to.value) + " is " + rounded(ratio * 100) + "% of " + plain(c->from.value) + ": not \"" +
             std::string(p.raw(i)) + "\".",
         out);
}

// "dropped by 15 percentage points, from 60% to 50%" from the figure.
void check_points(const Page& p, std::size_t i, Findings& out) {
  const auto f = figure(p, i);
  if (!f || f->percent) return;
  std::size_t at = p.is(f->limit, "percentage") ? f->limit + 1 : f->limit;
  if (at == f->limit || !(p.is(at, "points") || p.is(at, "point"))) return;
  at += p.r.sign(at + 1, ',') ? 2 : 1;
  const auto c = change_at(p, at);
  if (!c || !c->from.percent || !c->to.percent) return;
  const double real = std::abs(c->to.value - c->from.value);
  if (std::abs(real - f->value) <= f->room + c->from.room + c->to.room) return;
  report(range(p, *f), {range(p, c->from), range(p, c->to)},
         "From " + plain(c->from.value) + "% to " + plain(c->to.value) + "% are " + rounded(real) +
             " percentage points, not " + plain(f->value) + ".",
         out);
}

struct Share {
  double low, high;
  std::string shown;
  stet_range place;
};

void check(const Page& p, const Figure& part, const Figure& whole, const Share& stated, Findings& out) {
  const double real = part.value / whole.value * 100;
  if (part.value > whole.value || (real >= stated.low && real <= stated.high)) return;
  report(stated.place, {range(p, part), range(p, whole)},
         plain(part.value) + " of " + plain(whole.value) + " are " + rounded(real) + "%, not " +
             stated.shown + ".",
         out);
}

Share exactly(const Page& p, const Figure& f) {
  return {f.value - f.room - 0.5, f.value + f.room + 0.5, plain(f.value) + "%", range(p, f)};
}

std::optional<Figure> percentage(const Page& p, std::size_t i) {
  const auto f = figure(p, i);
  return f && f->percent ? f : std::nullopt;
}

std::size_t past_article(const Page& p, std::size_t i) {
  return p.r.key(i) == Key::the || p.r.key(i) == Key::its ? i + 1 : i;
}

// "Of 200 people asked, 150, or 60%," from "Of".
void check_of(const Page& p, std::size_t i, Findings& out) {
  const auto whole = count(p, past_article(p, i + 1));
  if (!whole) return;
  std::size_t at = past_words(p, whole->limit, reach);
  const auto part = p.r.sign(at, ',') ? count(p, at + 1) : std::nullopt;
  if (!part) return;
  at = past_words(p, part->limit, 2);
  const bool bracket = p.r.sign(at, '(');
  if (!bracket && !(p.r.sign(at, ',') && p.r.key(at + 1) == Key::or_)) return;
  if (const auto stated = percentage(p, bracket ? at + 1 : at + 2))
    check(p, *part, *whole, exactly(p, *stated), out);
}

// "60 percent of the members (300 of 400)" from the percentage.
void check_bracket(const Page& p, const Figure& stated, Findings& out) {
  if (p.r.key(stated.limit) != Key::of) return;
  const std::size_t at = past_words(p, stated.limit, reach);
  const auto part = p.r.sign(at, '(') ? count(p, at + 1) : std::nullopt;
  if (!part) return;
  std::size_t joint = p.is(part->limit, "out") ? part->limit + 1 : part->limit;
  const auto whole = p.r.key(joint) == Key::of ? count(p, past_article(p, joint + 1)) : std::nullopt;
  if (whole && past_words(p, whole->limit, 3) < p.r.size() && p.r.sign(past_words(p, whole->limit, 3), ')'))
    check(p, *part, *whole, exactly(p, stated), out);
}

// "3,000 of the 9,000 voters cast ballots, a turnout of 50 per cent" from the part.
void check_turnout(const Page& p, std::size_t i, Findings& out) {
  const auto part = count(p, i);
  if (!part) return;
  const std::size_t joint = p.is(part->limit, "out") ? part->limit + 1 : part->limit;
  const auto whole = p.r.key(joint) == Key::of ? count(p, past_article(p, joint + 1)) : std::nullopt;
  if (!whole) return;
  const std::size_t end = std::min(p.sentence_end(i), whole->limit + 2 * reach);
  for (std::size_t at = whole->limit; at < end; ++at) {
    if (figure(p, at) && !percentage(p, at)) return;
    if (!p.is(at, "turnout") && !p.is(at, "rate") && !p.is(at, "share")) continue;
    if (p.r.key(at + 1) != Key::of) return;
    if (const auto stated = percentage(p, at + 2)) check(p, *part, *whole, exactly(p, *stated), out);
    return;
  }
}

struct Fraction {
  std::string_view word;
  double percent;
};
constexpr std::array<Fraction, 6> fractions = {
    {{"half", 50}, {"third", 33.3}, {"quarter", 25}, {"fifth", 20}, {"sixth", 16.7}, {"tenth", 10}}};

// "A quarter of the 80 staff, 30 people," from the fraction; news rounds it.
void check_fraction(const Page& p, std::size_t i, Findings& out) {
  const auto f =
      std::find_if(fractions.begin(), fractions.end(), [&](const Fraction& x) { return p.is(i, x.word); });
  if (f == fractions.end() || (p.r[i - 1].meaning->key != Key::a && f->percent != 50)) return;
  for (std::size_t back = 2; back <= 4 && back <= i; ++back)
    if (p.is_any(i - back, std::array<std::string_view, 4>{"than", "over", "under", "least"})) return;
  const auto whole = p.r.key(i + 1) == Key::of ? count(p, past_article(p, i + 2)) : std::nullopt;
  if (!whole) return;
  const std::size_t at = past_words(p, whole->limit, 3);
  const auto part = p.r.sign(at, ',') || p.r.sign(at, '(') ? count(p, at + 1) : std::nullopt;
  if (!part) return;
  const std::size_t close = past_words(p, part->limit, 2);
  if (!p.r.sign(close, ',') && !p.r.sign(close, ')')) return;
  check(p, *part, *whole,
        {f->percent * 0.85, f->percent * 1.15, "a " + std::string(f->word), p.range(i, i + 1)}, out);
}

// What one person answers to one question.
constexpr std::array<std::string_view, 9> sides = {"favour",   "favor",  "support", "supported", "approve",
                                                   "approved", "backed", "for",     "yes"};
constexpr std::array<std::string_view, 8> other_sides = {"against",     "oppose",   "opposed",  "disapprove",
                                                         "disapproved", "rejected", "objected", "no"};
constexpr std::array<std::string_view, 6> undecided = {"undecided", "unsure",  "know",
                                                       "abstained", "opinion", "neither"};

// "40% were in favour, 35% against and 30% undecided": one sentence, each figure of one answer.
void check_poll(const Page& p, std::size_t i, Findings& out) {
  if (!p.is_any(i, undecided)) return;
  std::array<std::size_t, 3> seen{};
  double total = 0;
  std::string shown;
  std::vector<stet_range> places;
  const std::size_t begin = p.sentence_begin(i), end = p.sentence_end(i);
  for (std::size_t at = begin; at < end; ++at) {
    seen[0] += p.is_any(at, sides);
    seen[1] += p.is_any(at, other_sides);
    seen[2] += p.is_any(at, undecided);
    const auto f = figure(p, at);
    if (!f) continue;
    if (!f->percent) return;
    total += f->value;
    shown += (shown.empty() ? "" : " + ") + plain(f->value);
    places.push_back(range(p, *f));
    at = f->limit - 1;
  }
  if (places.size() != 3 || !seen[0] || !seen[1] || seen[2] != 1 || total <= most_of_poll) return;
  const stet_range first = places.front();
  places.erase(places.begin());
  report(first, std::move(places), shown + " = " + plain(total) + "%, more than all who were asked.", out);
}

}  // namespace

void check_ratios(const Page& p, Findings& out) {
  for (std::size_t i = 0; i < p.r.size(); ++i) {
    const Token& t = p.r[i];
    if (t.kind == Token::number || t.meaning->cardinal >= 0) {
      if (const auto f = percentage(p, i)) check_bracket(p, *f, out);
      check_points(p, i, out);
      check_turnout(p, i, out);
    }
    if (t.kind != Token::word) continue;
    if (t.meaning->key == Key::of) check_of(p, i, out);
    if (i == 0) continue;
    switch (p.text[t.begin] | 0x20) {  // the first letters of the words that each looks for
      case 'd':
      case 'q':
      case 't':
      case 'h': check_times(p, i, out); [[fallthrough]];
      case 'f':
      case 's': check_fraction(p, i, out); break;
      case 'u':
      case 'k':
      case 'a':
      case 'o':
      case 'n': check_poll(p, i, out); break;
      default: break;
    }
  }
}
