// total-mismatch: parts that do not make their whole: "12 people, five men and eight women", more votes than
// members.
#include <algorithm>
#include <array>
#include <cmath>

#include "checks.hpp"
#include "figure.hpp"

namespace {

constexpr std::size_t most_parts = 8;

struct Part {
  Figure figure;
  std::size_t noun = 0;  // the last word before what comes next
};

// Nobody is of two of these groups at once.
using Kinds = std::array<std::string_view, 8>;
constexpr std::array<Kinds, 4> disjoint = {{{"men", "women", "children", "boys", "girls"},
                                            {"adults", "children", "minors", "teenagers", "infants"},
                                            {"soldiers", "civilians", "officers"},
                                            {"democrats", "republicans", "independents"}}};

bool all_of_one_set(const Page& p, const std::vector<Part>& parts) {
  return std::any_of(disjoint.begin(), disjoint.end(), [&](const Kinds& set) {
    return std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
      return !p.raw(part.noun).empty() && p.is_any(part.noun, set);
    });
  });
}

bool counts(const std::optional<Figure>& f) {
  return f && f->whole && !f->money && !f->percent && !f->hedged && f->value >= 1;
}

// A number and the one to three words it counts.
std::optional<Part> read_part(const Page& p, std::size_t i) {
  const auto f = read_figure(p, i);
  if (!counts(f)) return std::nullopt;
  Part part{*f, 0};
  for (std::size_t at = f->limit; at < f->limit + 3 && p.r.next(at).kind == Token::word; ++at) {
    if (p.r.key(at) == Key::and_ || p.r.key(at) == Key::or_) break;
    part.noun = at;
    if (p.r[at].meaning->text.empty() && p.raw(at).back() == 's') break;
    if (p.is(at, "men") || p.is(at, "women") || p.is(at, "children")) break;
  }
  return part.noun && p.r[part.noun].meaning->unit == Unit::none ? std::optional(part) : std::nullopt;
}

// "five men, two boys and seven women" from `i`; `limit` is the token after.
std::vector<Part> read_parts(const Page& p, std::size_t i, std::size_t& limit) {
  std::vector<Part> parts;
  bool last = false;
  for (limit = i; parts.size() < most_parts;) {
    const auto part = read_part(p, limit);
    if (!part) return {};
    parts.push_back(*part);
    limit = part->noun + 1;
    if (last) return parts;
    if (p.r.sign(limit, ',')) ++limit;
    if (p.r.key(limit) == Key::and_) {
      last = true;
      ++limit;
    }
  }
  return {};
}

double sum(const std::vector<Part>& parts) {
  double total = 0;
  for (const auto& part : parts) total += part.figure.value;
  return total;
}

std::string addition(const std::vector<Part>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : " + ") + plain(part.figure.value);
  return out + " = " + plain(sum(parts));
}

void report(stet_range whole, std::vector<stet_range> parts, std::string message, Findings& out) {
  add_finding(out, "total-mismatch", whole, std::move(parts), std::move(message));
}

// "12 people, including five men and eight women" from the figure at `i`.
void check_composition(const Page& p, std::size_t i, Findings& out) {
  const auto whole = read_part(p, i);
  if (!whole) return;
  std::size_t at = whole->noun + 1;
  for (std::size_t n = 0; n < 2 && p.r.next(at).kind == Token::word && !p.is(at, "including"); ++n) ++at;
  const bool colon = p.r.sign(at, ':');
  const bool mark = colon || p.r.sign(at, ',') || p.r.sign(at, '(') || p.r.sign(at, '-');
  if (mark) ++at;
  const bool among = p.is(at, "including") || (p.is(at, "among") && p.is(at + 1, "them"));
  // "Of the 12 passengers, five were men": the others may be children.
  const bool of = i > 0 && (p.is(i - 1, "of") || (i > 1 && p.is(i - 2, "of")));
  if (!mark && !among) return;
  if (among) at += p.is(at, "among") ? 2 : 1;
  std::size_t limit = at;
  const auto parts = read_parts(p, at, limit);
  if (parts.size() < 2 || !all_of_one_set(p, parts)) return;
  auto with_whole = parts;  // "30 men, 10 women and five children": the first is a part itself
  with_whole.push_back(*whole);
  if (all_of_one_set(p, with_whole)) return;
  const bool closed = p.r.next(limit).kind == Token::mark || limit >= p.r.size();
  const double total = sum(parts);
  if (among || of ? total <= whole->figure.value : total == whole->figure.value || !closed) return;
  std::vector<stet_range> places;
  for (const auto& part : parts) places.push_back(p.range(part.figure.first, part.noun + 1));
  report(p.range(whole->figure.first, whole->noun + 1), std::move(places),
         addition(parts) + ", not " + plain(whole->figure.value) + ".", out);
}

bool says_in_all(const Page& p, std::size_t i) {
  return p.is(i, "altogether") || (p.is(i, "in") && (p.is(i + 1, "all") || p.is(i + 1, "total"))) ||
         (p.is(i, "all") && p.is(i + 1, "told"));
}

// "Five men and eight women, 12 people in all" from the figure at `i`.
void check_in_all(const Page& p, std::size_t i, Findings& out) {
  if (i > 1 && (p.r.sign(i - 1, ',') || p.r[i - 1].meaning->key == Key::and_)) return;  // not the first part
  std::size_t limit = i;
  const auto parts = read_parts(p, i, limit);
  if (parts.size() < 2 || !p.r.sign(limit, ',')) return;
  const auto whole = read_figure(p, limit + 1);
  if (!counts(whole)) return;
  std::size_t at = whole->limit;
  for (int n = 0; n < 2 && p.r.next(at).kind == Token::word && !says_in_all(p, at); ++n) ++at;
  if (!says_in_all(p, at) || sum(parts) == whole->value) return;
  std::vector<stet_range> places;
  for (const auto& part : parts) places.push_back(p.range(part.figure.first, part.noun + 1));
  report(p.range(whole->first, at), std::move(places), addition(parts) + ", not " + plain(whole->value) + ".",
         out);
}

struct Votes {
  Figure yes, no;
};

// "voted 7-5", "in a 7-5 vote", "by a vote of 7 to 5".
std::optional<Votes> read_votes(const Page& p, std::size_t i) {
  const auto yes = read_figure(p, i);
  if (!counts(yes)) return std::nullopt;
  std::size_t at = yes->limit;
  if (p.is(at, "votes")) ++at;
  if (!p.r.hyphen(at) && p.r.key(at) != Key::to) return std::nullopt;
  const auto no = read_figure(p, at + 1);
  if (!no || !no->whole || no->money || no->percent) return std::nullopt;
  if (p.r.hyphen(no->limit) || p.r.sign(no->limit, '/')) return std::nullopt;
  const bool before = i > 0 && (p.is(i - 1, "voted") || (p.is(i - 1, "of") && i > 1 && p.is(i - 2, "vote")));
  const bool after = p.is(no->limit, "vote") || p.is(yes->limit, "votes");
  return before || after ? std::optional(Votes{*yes, *no}) : std::nullopt;
}

// "The nine-member board voted 6-4."
void check_votes(const Page& p, std::size_t i, Findings& out) {
  const auto members = read_figure(p, i);
  if (!counts(members) || !p.r.hyphen(members->limit) || !p.is(members->limit + 1, "member")) return;
  // "The nine-member board voted 6-4", "by 6 votes to 4 the nine-member board"; further away, or past a
  // comma, the votes may be another body's.
  const std::size_t before = std::max(p.sentence_begin(i), i > 6 ? i - 6 : 0);
  const std::size_t end = std::min(p.sentence_end(i), members->limit + 12);
  for (std::size_t at = before; at < end; ++at) {
    if (at > members->limit && p.r.sign(at, ',')) return;
    const auto votes = read_votes(p, at);
    if (!votes) continue;
    const double cast = votes->yes.value + votes->no.value;
    if (cast > members->value)
      report(p.range(votes->yes.first, votes->no.limit), {p.range(members->first, members->limit + 2)},
             plain(votes->yes.value) + " + " + plain(votes->no.value) + " = " + plain(cast) +
                 " votes, but only " + plain(members->value) + " members.",
             out);
    return;
  }
}

// The parts that a sentence names before "for a total of".
std::vector<Figure> figures_before(const Page& p, std::size_t begin, std::size_t end) {
  std::vector<Figure> out;
  for (std::size_t i = begin; i < end;) {
    const auto f = read_figure(p, i);
    if (f && !is_in_date(p, *f)) out.push_back(*f);
    i = f ? std::max(f->limit, i + 1) : i + 1;
  }
  return out;
}

// Whether two or more of the figures make the whole, or two of them multiplied: the others are of something
// else.
bool some_make(const std::vector<Figure>& parts, const Figure& whole) {
  for (unsigned set = 1; set < 1u << parts.size(); ++set) {
    double total = 0, room = whole.room;
    int count = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (set >> i & 1) {
        total += parts[i].value;
        room += parts[i].room;
        ++count;
      }
    if (count > 1 && std::abs(total - whole.value) <= room) return true;
  }
  for (const auto& a : parts)
    for (const auto& b : parts)
      if (a.value * b.value == whole.value) return true;
  return false;
}

// "Ida gave 40 books and Per 25, for a total of 65": the sum, or a product.
void check_total_of(const Page& p, std::size_t i, Findings& out) {
  if (!p.is(i, "total") || !p.is(i + 1, "of") || i < 3 || !p.is(i - 1, "a")) return;
  const bool joined = p.is(i - 2, "for") || p.is(i - 2, "making") || p.is(i - 2, "in");
  if (!joined && !p.r.sign(i - 2, ',')) return;
  const std::size_t place = past_currency(p, i + 2);
  const auto whole = read_figure(p, place);
  if (!whole || whole->percent || whole->hedged || (joined && !p.r.sign(i - 3, ','))) return;
  const auto parts = figures_before(p, p.sentence_begin(i), i - 2);
  if (parts.size() < 2 || parts.size() > most_parts) return;
  double total = 0, room = whole->room, product = 1;
  for (const auto& part : parts) {
    if (part.percent || part.hedged || part.money != whole->money || part.whole != whole->whole) return;
    total += part.value;
    room += part.room;
    product *= part.value;
  }
  if (std::abs(total - whole->value) <= room + 1e-9 * total || product == whole->value) return;
  if (some_make(parts, *whole)) return;
  std::vector<Part> shown;
  std::vector<stet_range> places;
  for (const auto& part : parts) {
    shown.push_back({part, part.limit});
    places.push_back(p.range(part.first, part.limit));
  }
  report(p.range(whole->first, whole->limit), std::move(places),
         addition(shown) + ", not " + plain(whole->value) + ".", out);
}

}  // namespace

void check_totals(const Page& p, Findings& out) {
  for (std::size_t i = 0; i < p.r.size(); ++i) {
    const Token& t = p.r[i];
    if (t.kind == Token::number || t.meaning->cardinal >= 0) {
      check_composition(p, i, out);
      check_in_all(p, i, out);
      check_votes(p, i, out);
    } else if (t.kind == Token::word && t.meaning->text.empty()) {
      check_total_of(p, i, out);
    }
  }
}
