// age-mismatch: one person with two ages, or with an age that the year of birth contradicts.
#include <algorithm>
#include <cstdlib>

#include "checks.hpp"
#include "figure.hpp"

namespace {

constexpr std::size_t most_people = 400;
constexpr int most_slip = 5;  // years; a last name with another number may be somebody else, or a score

struct Aged {
  std::string first, last;  // last name, and what stands before it; `first` may be empty
  int age = 0;
  std::size_t at = 0, limit = 0;  // tokens of the age
  std::size_t name_end = 0;
};

// A capitalised word that may be part of a name: "Weir", but also "Per", "April" and "Will".
bool may_name(const Page& p, std::size_t i) {
  if (!p.capital(i)) return false;
  const Word& word = *p.r[i].meaning;
  return word.text.empty() || word.month || word.key == Key::per || word.key == Key::will;
}

// The capitalised words that end before token `end`, at most four: "Anna van Weir" gives "Anna" and "Weir".
bool read_name(const Page& p, std::size_t end, Aged& out) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < 4 && may_name(p, begin - 1) &&
         !(begin < end && p.r[begin].has(Token::paragraph)))
    --begin;
  if (begin == end) return false;
  if (end - begin > 1) out.first = std::string(p.raw(begin));
  out.last = std::string(p.raw(end - 1));
  return out.last.size() > 1;
}

// "Anna Weir, 45," and "Anna Weir (45)".
std::optional<Aged> after_name(const Page& p, std::size_t i) {
  const bool comma = p.r.sign(i, ','), bracket = p.r.sign(i, '(');
  if (!comma && !bracket) return std::nullopt;
  std::size_t at = i + 1;
  if (comma && p.is(at, "aged")) ++at;
  if (!p.r.plain_number(at) || p.r[at].digits > 2 || p.r[at].value < 14 || p.r[at].has(Token::ordinal))
    return std::nullopt;
  const bool stop = p.r.sign(at + 1, '.') && (at + 2 >= p.r.size() || p.r[at + 2].has(Token::spaced));
  const bool closed = comma ? p.r.sign(at + 1, ',') || stop : p.r.sign(at + 1, ')');
  // "Anna Weir, 45, 46 and 47" and dates such as "May, 12, 2020" are no ages.
  if (!closed || p.r.next(at + 2).kind == Token::number) return std::nullopt;
  Aged out;
  out.age = p.r[at].value;
  out.at = at;
  out.limit = at + 1;
  return read_name(p, i, out) ? std::optional(out) : std::nullopt;
}

// "45-year-old Anna Weir", with at most two small words between.
std::optional<Aged> before_name(const Page& p, std::size_t i) {
  if (!p.r.plain_number(i) || p.r[i].digits > 2 || p.r[i].value < 14) return std::nullopt;
  if (!p.r.hyphen(i + 1) || !p.is(i + 2, "year") || !p.r.hyphen(i + 3) || !p.is(i + 4, "old"))
    return std::nullopt;
  std::size_t begin = i + 5;
  if (!may_name(p, begin) || p.r[begin].has(Token::paragraph)) return std::nullopt;
  std::size_t end = begin;
  while (end - begin < 4 && may_name(p, end) && !p.r[end].has(Token::paragraph)) ++end;
  Aged out;
  out.age = p.r[i].value;
  out.at = i;
  out.limit = i + 5;
  return read_name(p, end, out) ? std::optional(out) : std::nullopt;
}

// "Anna Weir, then 45," and the like.
bool is_of_another_time(const Page& p, const Aged& who) {
  const std::size_t begin = p.sentence_begin(who.at), end = p.sentence_end(who.at);
  for (std::size_t i = begin; i < end; ++i)
    if ((p.is(i, "then") || p.is(i, "when") || p.is(i, "turned")) && i < who.at + 12) return true;
  return false;
}

std::string full_name(const Aged& who) {
  return who.first.empty() ? who.last : who.first + " " + who.last;
}

// The one person of that name before; none when a last name alone may be that of two.
const Aged* known(const std::vector<Aged>& people, const Aged& who) {
  const Aged* found = nullptr;
  for (const auto& other : people) {
    if (other.last != who.last || (who.first.empty() && other.first.empty()) ||
        (!who.first.empty() && !other.first.empty() && other.first != who.first))
      continue;
    if (other.first == who.first) return &other;  // by both names
    if (std::abs(other.age - who.age) > most_slip) continue;
    if (found && found->first != other.first) return nullptr;
    found = &other;
  }
  return found;
}

void report(const Page& p, const Aged& a, const Aged& b, Findings& out) {
  stet::sdk::Finding f;
  f.check = "age-mismatch";
  f.range = p.range(b.at, b.limit);
  f.related = {p.range(a.at, a.limit)};
  const int apart = std::max(a.age, b.age) - std::min(a.age, b.age);
  f.message = full_name(a.first.empty() ? b : a) + " is " + std::to_string(b.age) + " here and " +
              std::to_string(a.age) + " before: " + std::to_string(apart) +
              (apart == 1 ? " year" : " years") + " apart.";
  out.push_back(std::move(f));
}

// "Anna Weir, 45, was born in 1970": the year of birth in the sentence, if it has only one.
const Expression* birth(const Page& p, const Aged& who) {
  const std::size_t end = p.sentence_end(who.at);
  for (const auto& e : p.dates) {
    if (e.first_token <= who.limit || e.limit > end || !e.year || e.decade || e.century) continue;
    const std::size_t at = e.first_token;
    const bool born = at >= 3 && p.is(at - 2, "born") && (p.is(at - 1, "in") || p.is(at - 1, "on")) &&
                      (p.is(at - 3, "was") || p.is(at - 3, ",")) && at - 3 <= who.limit + 2;
    return born ? &e : nullptr;
  }
  return nullptr;
}

void check_birth(const Page& p, const Aged& who, Findings& out) {
  const Expression* year = p.time.day ? birth(p, who) : nullptr;
  if (!year) return;
  const int turning = p.time.day->year - year->year;
  const bool exact = year->month && year->day;
  const bool had = !exact || year->month < p.time.day->month ||
                   (year->month == p.time.day->month && year->day <= p.time.day->day);
  const int most = had ? turning : turning - 1, least = exact && had ? turning : turning - 1;
  if (who.age >= least && who.age <= most) return;
  stet::sdk::Finding f;
  f.check = "age-mismatch";
  f.range = p.range(who.at, who.limit);
  f.related = {p.range(*year)};
  f.message = "Born in " + std::to_string(year->year) + ", " + full_name(who) + " was " +
              (least == most ? std::to_string(most) : std::to_string(least) + " or " + std::to_string(most)) +
              " on " + in_words(*p.time.day) + ", not " + std::to_string(who.age) + ".";
  out.push_back(std::move(f));
}

}  // namespace

void check_ages(const Page& p, Findings& out) {
  std::vector<Aged> people;
  for (std::size_t i = 1; i < p.r.size() && people.size() < most_people; ++i) {
    auto who = after_name(p, i);
    if (!who) who = before_name(p, i);
    if (!who) continue;
    check_birth(p, *who, out);
    if (is_of_another_time(p, *who)) continue;
    const Aged* same = known(people, *who);
    if (!same)
      people.push_back(*who);
    else if (same->age != who->age)
      report(p, *same, *who, out);
  }
}
