// total-mismatch where the parts are told by place or by holder: "12 died: five in Weir and eight in Hale",
// "of the 40 seats, 22 went to the Greens and 20 to the Liberals".
#include <algorithm>
#include <array>
#include <cmath>

#include "checks.hpp"
#include "figure.hpp"

namespace {

constexpr std::size_t most_parts = 8, longest_part = 7;  // tokens after a part's number
constexpr std::size_t whole_reach = 5;                   // words from the whole to what opens its parts

using Words = std::span<const std::string_view>;
constexpr std::array<std::string_view, 13> placing = {"off", "near", "aboard", "in",      "from", "for", "at",
                                                      "to",  "of",   "by",     "against", "with", "on"};
constexpr std::array<std::string_view, 8> comprising = {"comprised", "comprises", "comprise", "comprising",
                                                        "consists",  "consisted", "consist",  "consisting"};
constexpr std::array<std::string_view, 10> bodies = {"crew",  "team",    "group", "party", "panel",
                                                     "squad", "cabinet", "staff", "jury",  "delegation"};
constexpr std::array<std::string_view, 16> people = {
    "men",    "women",    "children",  "boys",     "girls",    "adults",     "soldiers", "civilians",
    "police", "officers", "militants", "teachers", "students", "passengers", "crew",     "pupils"};
// What is counted from another number or another time is no part.
constexpr std::array<std::string_view, 10> compared = {"more", "fewer",    "less",  "up",    "down",
                                                       "than", "previous", "after", "since", "before"};

struct Share {
  Figure figure;
  std::size_t limit = 0;
  bool placed = false;  // "five in Weir", "16 of them Greens"; otherwise "ten soldiers"
  bool people = false;  // of a group that the other parts do not overlap
};

std::optional<Figure> amount(const Page& p, std::size_t i) {
  const std::size_t at = past_currency(p, i);
  const Token& t = p.r[at];
  if (t.kind != Token::number && t.meaning->cardinal < 0) return std::nullopt;
  const auto f = read_figure(p, at);
  return f && !f->percent && !f->hedged && f->value >= 1 && !is_in_date(p, *f) ? f : std::nullopt;
}

bool ends_part(const Page& p, std::size_t i) {
  return p.r.next(i).kind == Token::mark || p.r.key(i) == Key::and_;
}

// "five in Weirford", "ten soldiers", "16 of them Greens" from `i`.
std::optional<Share> share_at(const Page& p, std::size_t i) {
  const auto f = p.r[i].has(Token::paragraph) ? std::nullopt : amount(p, i);
  if (!f) return std::nullopt;
  Share s{*f, f->limit, false, false};
  const bool went = p.is(s.limit, "went");
  s.placed = p.is_any(went ? s.limit + 1 : s.limit, placing);
  for (; s.limit < f->limit + longest_part && !ends_part(p, s.limit); ++s.limit) {
    const Token& t = p.r.next(s.limit);
    if (t.kind != Token::word || p.is_any(s.limit, compared) || (t.past_form && !went)) return std::nullopt;
    if (t.meaning->cardinal >= 0) return std::nullopt;
    s.people |= p.is_any(s.limit, people) || (p.capital(s.limit) && p.raw(s.limit).back() == 's');
  }
  return s.limit > f->limit && ends_part(p, s.limit) ? std::optional(s) : std::nullopt;
}

struct Shares {
  std::vector<Share> parts;
  std::size_t limit = 0;
};

// Two parts or more, the last after "and", and nothing between them.
std::optional<Shares> shares_at(const Page& p, std::size_t i) {
  Shares out;
  bool last = false;
  for (std::size_t at = i; out.parts.size() < most_parts;) {
    const auto part = share_at(p, at);
    if (!part) return std::nullopt;
    out.parts.push_back(*part);
    at = out.limit = part->limit;
    if (last) return out;
    if (p.r.sign(at, ',') || p.r.sign(at, ';')) ++at;
    last = p.r.key(at) == Key::and_;
    if (last)
      ++at;
    else if (at == out.limit)
      return std::nullopt;
  }
  return std::nullopt;
}

// How the parts are announced; whether they must be all there are.
struct Opening {
  std::size_t parts = 0;
  bool all = false;
  bool loose = false;  // any nouns may name the parts: "comprised four Norwegians and five ropes"
};

Opening opening_at(const Page& p, std::size_t i) {
  const Token& t = p.r.next(i);
  if (p.r.sign(i, ':') || p.r.sign(i, '(')) return {i + 1, true, false};
  if (p.r.sign(i, '-') && (p.raw(i) == "—" || (t.has(Token::spaced) && p.r[i + 1].has(Token::spaced))))
    return {i + 1, true, false};
  if (p.r.sign(i, ',')) return {i + 1, false, false};
  if (p.is_any(i, comprising)) return {p.r.key(i + 1) == Key::of ? i + 2 : i + 1, true, true};
  if (p.is(i, "made") && p.r.key(i + 1) == Key::up && p.r.key(i + 2) == Key::of) return {i + 3, true, true};
  return {};
}

std::optional<Opening> opening_after(const Page& p, const Figure& whole) {
  for (std::size_t at = whole.limit; at <= whole.limit + whole_reach; ++at) {
    if (const Opening o = opening_at(p, at); o.parts) return o;
    const Token& t = p.r.next(at);
    if (t.kind != Token::word || t.meaning->cardinal >= 0 || p.is_any(at, compared)) return std::nullopt;
  }
  return std::nullopt;
}

struct Sum {
  double value = 0, room = 0;
  std::string shown;
  std::vector<stet_range> places;
};

Sum add(const Page& p, const std::vector<Share>& parts) {
  Sum out;
  for (const auto& part : parts) {
    out.value += part.figure.value;
    out.room += part.figure.room;
    out.shown += (out.shown.empty() ? "" : " + ") + plain(part.figure.value);
    out.places.push_back(p.range(part.figure.first, part.limit));
  }
  return out;
}

void report(const Page& p, const Figure& whole, Sum sum, Findings& out) {
  add_finding(out, "total-mismatch", p.range(whole.first, whole.limit), std::move(sum.places),
              sum.shown + " = " + plain(sum.value) + ", not " + plain(whole.value) + ".");
}

bool of_one_kind(const Figure& whole, const std::vector<Share>& parts) {
  return std::all_of(parts.begin(), parts.end(), [&](const Share& s) {
    return s.figure.money == whole.money && (s.figure.whole || !whole.whole);
  });
}

// The whole must count something, or be a body's: "the crew of nine".
bool is_whole(const Page& p, const Figure& whole) {
  if (whole.money) return true;
  if (p.r.hyphen(whole.limit) || (whole.first > 0 && p.r.hyphen(whole.first - 1))) return false;
  const Token& t = p.r.next(whole.limit);
  const bool the =
      whole.first > 1 && (p.r.key(whole.first - 1) == Key::the || p.r.key(whole.first - 1) == Key::its);
  if (the && p.r[whole.first - 2].meaning->key == Key::of) return false;  // "of the 40 seats"
  const bool body =
      whole.first > 1 && p.r.key(whole.first - 1) == Key::of && p.is_any(whole.first - 2, bodies);
  return body || (t.kind == Token::word && t.meaning->key != Key::of && t.meaning->unit == Unit::none &&
                  !p.is_any(whole.limit, placing));
}

bool all_placed(const std::vector<Share>& parts) {
  return std::all_of(parts.begin(), parts.end(), [](const Share& s) { return s.placed; });
}

bool all_people(const std::vector<Share>& parts) {
  return std::all_of(parts.begin(), parts.end(), [](const Share& s) { return s.people && !s.placed; });
}

// "12 people died: five in Weir and eight in Hale" from the figure at `i`.
void check_placed(const Page& p, std::size_t i, Findings& out) {
  const auto whole = amount(p, i);
  if (!whole || !is_whole(p, *whole)) return;
  const auto opening = opening_after(p, *whole);
  const auto found = opening ? shares_at(p, opening->parts) : std::nullopt;
  if (!found || !of_one_kind(*whole, found->parts)) return;
  const Token& after = p.r.next(found->limit);
  const bool dashed = p.r.sign(opening->parts - 1, '-'), dash = p.r.sign(found->limit, '-');
  if (after.kind != Token::mark || (dash != dashed && after.sign != '.' && after.sign != 0)) return;
  const bool nouns = opening->loose || (opening->all && all_people(found->parts));
  if (!all_placed(found->parts) && !nouns) return;
  Sum sum = add(p, found->parts);
  const double room = whole->room + sum.room + 1e-9 * sum.value;
  // After a comma the parts may be some of several.
  if (opening->all ? std::abs(sum.value - whole->value) <= room : sum.value <= whole->value + room) return;
  report(p, *whole, std::move(sum), out);
}

struct Opposites {
  std::string_view one, other;
};
// Nobody does both.
constexpr std::array<Opposites, 10> opposites = {{{"passed", "failed"},
                                                  {"survived", "died"},
                                                  {"survived", "lost"},
                                                  {"survived", "killed"},
                                                  {"won", "lost"},
                                                  {"stayed", "left"},
                                                  {"for", "against"},
                                                  {"accepted", "rejected"},
                                                  {"supported", "opposed"},
                                                  {"men", "women"}}};

bool told_apart(const Page& p, const Figure& a, const Figure& b) {
  const bool went = p.is(a.limit, "went") && p.is(a.limit + 1, "to");
  if (went) return p.is(b.limit, "to") || (p.is(b.limit, "went") && p.is(b.limit + 1, "to"));
  const auto said = [&](const Figure& f, std::string_view word) {
    return p.is(f.limit, word) || p.is(f.limit + 1, word);  // "30 were for and 25 against"
  };
  return std::any_of(opposites.begin(), opposites.end(), [&](const Opposites& o) {
    return (said(a, o.one) && said(b, o.other)) || (said(a, o.other) && said(b, o.one));
  });
}

// "Of the 120 pupils, 70 passed and 60 failed" from "Of".
void check_of(const Page& p, std::size_t i, Findings& out) {
  if (!p.capital(i) || p.sentence_begin(i) != i) return;
  std::size_t at = i + 1;
  if (p.r.key(at) == Key::the || p.r.key(at) == Key::its) ++at;
  const auto whole = amount(p, at);
  if (!whole || !whole->whole) return;
  for (at = whole->limit; at < whole->limit + whole_reach && p.r.next(at).kind == Token::word;) ++at;
  const auto a = p.r.sign(at, ',') ? amount(p, at + 1) : std::nullopt;
  if (!a) return;
  for (at = a->limit;
       at < a->limit + longest_part && p.r.next(at).kind == Token::word && p.r.key(at) != Key::and_;)
    ++at;
  const auto b = p.r.key(at) == Key::and_ ? amount(p, at + 1) : std::nullopt;
  if (!b || !told_apart(p, *a, *b) || a->value + b->value <= whole->value) return;
  report(p, *whole, add(p, {{*a, a->limit, false, false}, {*b, b->limit, false, false}}), out);
}

// "In the 101-seat parliament the Greens hold 54 seats and the Liberals 50" from the figure.
void check_seats(const Page& p, std::size_t i, Findings& out) {
  const auto whole = amount(p, i);
  if (!whole || !whole->whole || !p.r.hyphen(whole->limit) || !p.is(whole->limit + 1, "seat")) return;
  const std::size_t end = p.sentence_end(i);
  std::vector<Share> parts;
  bool seats = false;
  for (std::size_t at = whole->limit + 2; at < end && parts.size() < most_parts; ++at) {
    if (p.is_any(at, compared) || p.is(at, "from")) return;
    const auto f = amount(p, at);
    if (!f) continue;
    seats |= p.is(f->limit, "seats");
    if (!p.is(f->limit, "seats") && !ends_part(p, f->limit)) return;
    parts.push_back({*f, f->limit, false, false});
    at = f->limit - 1;
  }
  if (!seats || parts.size() < 2) return;
  Sum sum = add(p, parts);
  if (sum.value > whole->value) report(p, *whole, std::move(sum), out);
}

}  // namespace

void check_parts(const Page& p, Findings& out) {
  for (std::size_t i = 0; i < p.r.size(); ++i) {
    const Token& t = p.r[i];
    if (t.meaning->key == Key::of) check_of(p, i, out);
    if (t.kind != Token::number && t.meaning->cardinal < 0) continue;
    if (i > 0 && p.r[i - 1].kind == Token::number) continue;
    check_placed(p, i, out);
    check_seats(p, i, out);
  }
}
