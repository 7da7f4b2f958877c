// count-mismatch inside a sentence: "three towns: Weir and Hale", "the trio of Ida, Per, Nora and Otto".
#include <algorithm>
#include <array>
#include <optional>

#include "checks.hpp"
#include "figure.hpp"
#include "listing.hpp"

namespace {

constexpr double most_counted = 100;
constexpr std::size_t noun_reach = 3;    // words from a number to the noun it counts
constexpr std::size_t clause_reach = 4;  // words from that noun to the colon: "three people were hurt:"

struct Promise {
  std::size_t count = 0, first = 0, limit = 0;
  bool clause = false;  // words stand between the noun and the row
};

constexpr std::array<std::string_view, 9> partly = {"among",   "including", "includes", "include", "some",
                                                    "example", "instance",  "e.g",      "such"};
constexpr std::array<std::string_view, 5> irregular = {"people", "men", "women", "children", "media"};
// "One of three", "the first three", "another three": the row may be of something else.
constexpr std::array<std::string_view, 12> not_all = {"of",   "first", "last",   "other", "another", "more",
                                                      "next", "top",   "bottom", "over",  "than",    "no"};
constexpr std::array<std::string_view, 12> opens_scene = {
    "in", "after", "before", "on", "at", "for", "during", "with", "from", "over", "with", "within"};

bool is_plural(const Page& p, std::size_t i) {
  const auto word = p.raw(i);
  if (p.r[i].kind != Token::word || p.r[i].meaning->unit != Unit::none) return false;
  return (word.size() > 3 && word.back() == 's' && word[word.size() - 2] != 's') || p.is_any(i, irregular);
}

bool is_small_word(const Page& p, std::size_t i) {
  return p.r.next(i).kind == Token::word && !p.capital(i);
}

// The plural noun within three words after a number; 0 if there is none.
std::size_t noun_after(const Page& p, std::size_t limit) {
  for (std::size_t at = limit; at < limit + noun_reach && is_small_word(p, at); ++at) {
    if (p.is_any(at, not_all) || p.r[at].past_form) return 0;
    if (is_plural(p, at) && !is_plural(p, at + 1)) return at;
  }
  return 0;
}

std::optional<Promise> promise_at(const Page& p, std::size_t i) {
  if (p.r[i].kind != Token::number && p.r[i].meaning->cardinal < 0) return std::nullopt;
  const auto f = read_figure(p, i);
  if (!f || !f->whole || f->money || f->percent || f->hedged || f->value < 2 || f->value > most_counted)
    return std::nullopt;
  const std::size_t noun = noun_after(p, f->limit);
  if (!noun) return std::nullopt;
  const bool open = f->first > 0 && !p.r[f->first].has(Token::paragraph);
  std::size_t before = open ? f->first - 1 : f->first;
  if (open && (p.r.key(before) == Key::the || p.r.key(before) == Key::its || p.is(before, "all"))) --before;
  if (open && (p.is_any(before, not_all) || p.is_any(f->first - 1, not_all) || p.r.hyphen(f->first - 1) ||
               p.r.sign(f->first - 1, '#') || p.r[f->first - 1].kind == Token::number))
    return std::nullopt;
  return Promise{static_cast<std::size_t>(f->value), f->first, noun + 1, false};
}

// The promise whose noun ends at `end`, or at most four small words before it where a row of its own follows.
std::optional<Promise> promise_before(const Page& p, std::size_t end, bool clauses) {
  const std::size_t least = p.sentence_begin(end - 1);
  const std::size_t reach = 2 * noun_reach + (clauses ? clause_reach : 0);
  for (std::size_t back = 2; back <= reach && back <= end - least; ++back) {
    auto promise = promise_at(p, end - back);
    if (!promise) continue;
    promise->clause = promise->limit < end;
    if (promise->limit > end || (promise->clause && !clauses)) return std::nullopt;
    for (std::size_t i = promise->limit; i < end; ++i)
      if (!is_small_word(p, i) || p.r[i].meaning->cardinal >= 0) return std::nullopt;
    return promise;
  }
  return std::nullopt;
}

// What stands between a counted noun and its row, and what ends it.
enum class Opening { none, colon, bracket, dash, comma, verb };

Opening opening_at(const Page& p, std::size_t i) {
  const Token& t = p.r[i];
  if (t.kind == Token::word)
    return t.meaning->key != Key::none && (p.is(i, "are") || p.is(i, "were")) ? Opening::verb : Opening::none;
  if (t.kind != Token::mark) return Opening::none;
  if (p.r.sign(i, ':') && p.r[i + 1].has(Token::spaced)) return Opening::colon;
  if (p.r.sign(i, '(')) return Opening::bracket;
  const bool em = p.raw(i) == "—";
  if (p.r.sign(i, '-') && (em || (t.has(Token::spaced) && p.r[i + 1].has(Token::spaced))))
    return Opening::dash;
  if (p.r.sign(i, ',')) return Opening::comma;
  return Opening::none;
}

bool closed(const Page& p, const Listing& row, Opening o) {
  const Token& t = p.r.next(row.limit);
  if (t.kind != Token::mark) return false;
  switch (o) {
    case Opening::bracket: return t.sign == ')';
    case Opening::dash: return t.sign == '-' || t.sign == '.';
    case Opening::comma: return t.sign == '.' || t.sign == 0 || (t.sign == ',' && !p.capital(row.limit + 1));
    default: return t.sign == '.' || t.sign == 0 || t.sign == ';';
  }
}

bool trusted(const Page& p, const Promise& promise, const Listing& row, Opening o) {
  if (row.all_people || !closed(p, row, o)) return false;
  if (!row.even && (o == Opening::comma || promise.clause)) return false;
  if (promise.clause && !row.all_full && !row.has_titles) return false;
  if (o == Opening::verb && !row.all_full) return false;
  if (o != Opening::comma) return row.joined || o == Opening::bracket || o == Opening::colon;
  const std::size_t begin = p.sentence_begin(promise.first);
  return row.joined && !(promise.first - begin <= 2 && p.is_any(begin, opens_scene));
}

void report(const Page& p, const Promise& promise, const Listing& row, Findings& out) {
  stet::sdk::Finding f;
  f.check = "count-mismatch";
  f.range = p.range(promise.first, promise.limit);
  f.related = {p.range(row.first, row.limit)};
  f.message = "\"" + std::string(p.text.substr(f.range.begin, f.range.end - f.range.begin)) +
              (promise.first < row.first ? "\" is followed by " : "\" follows ") + std::to_string(row.count) +
              ", not " + std::to_string(promise.count) + ".";
  out.push_back(std::move(f));
}

// "Among the loot were three paintings:" has them all, "among them three paintings" has not.
bool may_leave_out(const Page& p, const Promise& promise, std::size_t end) {
  const bool whole = promise.first > 0 && (p.is(promise.first - 1, "were") || p.is(promise.first - 1, "are"));
  return any_in(p, whole ? promise.first : p.sentence_begin(promise.first), end, partly);
}

bool agrees(const Promise& promise, std::size_t count) {
  return count == promise.count || count % promise.count == 0;  // twice: towns with their countries
}

void check_opening(const Page& p, std::size_t i, Opening o, Findings& out) {
  const bool marked = o == Opening::colon || o == Opening::dash || o == Opening::bracket;
  const auto promise = promise_before(p, i, o == Opening::colon);
  if (!promise || may_leave_out(p, *promise, i)) return;
  if (const auto clauses = o == Opening::colon ? clauses_at(p, i + 1) : std::nullopt) {
    if (clauses->count != promise->count) report(p, *promise, *clauses, out);
    return;
  }
  if (const auto row = names_at(p, i + 1)) {
    if (trusted(p, *promise, *row, o) && !agrees(*promise, row->count)) report(p, *promise, *row, out);
    return;
  }
  const auto phrases = marked && !promise->clause ? phrases_at(p, i + 1) : std::nullopt;
  // One apart is a slip; further apart the phrases are something else: "two words: get well and come home".
  if (phrases && (phrases->count == promise->count + 1 || phrases->count + 1 == promise->count) &&
      !p.is(promise->limit - 1, "words"))
    report(p, *promise, *phrases, out);
}

struct Group {
  std::string_view noun;
  std::size_t count;
};
constexpr std::array<Group, 8> groups = {{{"pair", 2},
                                          {"duo", 2},
                                          {"trio", 3},
                                          {"threesome", 3},
                                          {"quartet", 4},
                                          {"foursome", 4},
                                          {"quintet", 5},
                                          {"sextet", 6}}};

// "The trio of Ida Holm, Per Lunde and Nora Vale".
void check_group(const Page& p, std::size_t i, Findings& out) {
  if (p.r.key(i + 1) != Key::of || !p.r.size()) return;
  const auto group =
      std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return p.is(i, g.noun); });
  if (group == groups.end()) return;
  const auto row = names_at(p, i + 2);
  if (row && row->joined && row->even && row->count != group->count)
    report(p, {group->count, i, i + 1, false}, *row, out);
}

// "Ida Holm, Per Lunde and Nora Vale, the four candidates," where the row opens its sentence.
void check_apposition(const Page& p, std::size_t i, Findings& out) {
  if (i < 4 || p.r.key(i - 1) != Key::the || !p.r.sign(i - 2, ',')) return;
  const auto promise = promise_at(p, i);
  if (!promise || p.r.next(promise->limit).kind != Token::mark) return;
  const auto row = names_at(p, p.sentence_begin(i));
  if (row && row->limit == i - 2 && row->joined && row->even && row->count != promise->count)
    report(p, *promise, *row, out);
}

}  // namespace

void check_enumerations(const Page& p, Findings& out) {
  for (std::size_t i = 1; i + 1 < p.r.size(); ++i) {
    const Token& t = p.r[i];
    if (t.has(Token::paragraph)) continue;
    if (const Opening o = opening_at(p, i); o != Opening::none)
      check_opening(p, i, o, out);
    else if (t.meaning->cardinal >= 0 || t.kind == Token::number)
      check_apposition(p, i, out);
    else if (p.r.key(i + 1) == Key::of)
      check_group(p, i, out);
  }
}
