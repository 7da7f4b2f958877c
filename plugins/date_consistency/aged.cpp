#include "aged.hpp"

#include <array>

namespace {

constexpr int least_age = 14;  // a smaller number after a name may be a score or a shirt

constexpr std::array<std::string_view, 9> titles = {"mr",   "mrs", "ms",   "miss", "dr",
                                                    "prof", "sir", "lady", "judge"};

// A capitalised word that may be part of a name: "Weir", but also "Per", "April" and "Will".
bool may_name(const Page& p, std::size_t i) {
  if (!p.capital(i)) return false;
  const Word& word = *p.r[i].meaning;
  return word.text.empty() || word.month || word.key == Key::per || word.key == Key::will ||
         word.key == Key::black || word.key == Key::ash || word.key == Key::good || word.key == Key::palm;
}

// The capitalised words that end before token `end`, at most four: "Anna van Weir" gives "Anna" and "Weir".
bool read_name(const Page& p, std::size_t end, Aged& out) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < 4 && may_name(p, begin - 1) &&
         !(begin < end && p.r[begin].has(Token::paragraph)))
    --begin;
  while (begin < end && p.is_any(begin, titles)) ++begin;
  if (begin == end) return false;
  if (end - begin > 1) out.first = std::string(p.raw(begin));
  out.last = std::string(p.raw(end - 1));
  return out.last.size() > 1;
}

bool is_age(const Page& p, std::size_t i, int least) {
  return p.r.plain_number(i) && p.r[i].digits <= 2 && p.r[i].value >= least && !p.r[i].has(Token::ordinal);
}

// The person whose name ends before token `end`, with the age in tokens [at, limit).
std::optional<Aged> named(const Page& p, std::size_t end, std::size_t at, std::size_t limit) {
  Aged out;
  out.age = p.r[at].value;
  out.at = at;
  out.limit = limit;
  return read_name(p, end, out) ? std::optional(out) : std::nullopt;
}

// "Anna Weir, 45,", "Anna Weir (45)", "Weir, aged 45", "Weir, who is 45".
std::optional<Aged> after_name(const Page& p, std::size_t i) {
  const bool comma = p.r.sign(i, ','), bracket = p.r.sign(i, '(');
  if (!comma && !bracket) return std::nullopt;
  std::size_t at = i + 1;
  const bool said = comma && (p.is(at, "aged") || p.is(at, "age"));
  const bool who = comma && p.is(at, "who") && p.is(at + 1, "is");
  at += said ? 1 : who ? 2 : 0;
  if (!is_age(p, at, said ? 1 : least_age)) return std::nullopt;
  const bool stop = p.r.sign(at + 1, '.') && (at + 2 >= p.r.size() || p.r[at + 2].has(Token::spaced));
  const bool closed = comma ? p.r.sign(at + 1, ',') || stop : p.r.sign(at + 1, ')');
  // "Anna Weir, 45, 46 and 47" and dates such as "May, 12, 2020" are no ages.
  if (!closed || p.r.next(at + 2).kind == Token::number) return std::nullopt;
  return named(p, i, at, at + 1);
}

// "Anna Weir, a 45-year-old nurse".
std::optional<Aged> described(const Page& p, std::size_t i) {
  if (!p.r.sign(i, ',') || (p.r.key(i + 1) != Key::a && p.r.key(i + 1) != Key::the)) return std::nullopt;
  const std::size_t limit = past_year_old(p, i + 2);
  return limit > i + 2 ? named(p, i, i + 2, limit) : std::nullopt;
}

// "Anna Weir turned 45 last month".
std::optional<Aged> turned(const Page& p, std::size_t i) {
  constexpr std::array<std::string_view, 5> lately = {"last", "this", "on", "yesterday", "today"};
  if (!p.is(i, "turned") || !is_age(p, i + 1, least_age) || !p.is_any(i + 2, lately)) return std::nullopt;
  if (p.r.word(i + 3).unit == Unit::year) return std::nullopt;
  return named(p, i, i + 1, i + 2);
}

// "45-year-old Anna Weir".
std::optional<Aged> before_name(const Page& p, std::size_t i) {
  const std::size_t begin = past_year_old(p, i);
  if (begin == i || p.r[i].value < least_age || !may_name(p, begin) || p.r[begin].has(Token::paragraph))
    return std::nullopt;
  std::size_t end = begin;
  while (end - begin < 4 && may_name(p, end) && !p.r[end].has(Token::paragraph)) ++end;
  return named(p, end, i, begin);
}

}  // namespace

std::size_t past_year_old(const Page& p, std::size_t i) {
  const bool old = p.r.plain_number(i) && p.r[i].digits <= 2 && p.r[i].value > 0 && p.r.hyphen(i + 1) &&
                   p.is(i + 2, "year") && p.r.hyphen(i + 3) && p.is(i + 4, "old");
  return old ? i + 5 : i;
}

std::optional<Aged> aged_at(const Page& p, std::size_t i) {
  const Token& t = p.r[i];
  if (t.kind == Token::word) return turned(p, i);
  if (t.kind == Token::number) return before_name(p, i);
  if (t.sign != ',' && t.sign != '(') return std::nullopt;
  auto who = after_name(p, i);
  return who ? who : described(p, i);
}

std::string full_name(const Aged& who) {
  return who.first.empty() ? who.last : who.first + " " + who.last;
}
