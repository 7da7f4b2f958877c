// age-mismatch: one person with two ages.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "aged.hpp"
#include "checks.hpp"

namespace {

constexpr std::size_t most_people = 400;

// "Anna Weir, then 45," and the like.
bool is_of_another_time(const Page& p, const Aged& who) {
  const std::size_t begin = p.sentence_begin(who.at), end = p.sentence_end(who.at);
  for (std::size_t i = begin; i < end; ++i)
    if ((p.is(i, "then") || p.is(i, "when") || (p.is(i, "turned") && i + 1 != who.at)) && i < who.at + 12)
      return true;
  return false;
}

constexpr std::array<std::string_view, 17> kin = {
    "father", "mother", "son",    "daughter", "brother", "sister", "wife",    "husband", "widow",
    "uncle",  "aunt",   "cousin", "twin",     "nephew",  "niece",  "parents", "family"};

// A last name alone beside "her father" may be the father's.
bool speaks_of_kin(const Page& p, const Aged& who) {
  for (std::size_t i = p.sentence_begin(who.at); i < who.at; ++i)
    if (p.is_any(i, kin)) return true;
  return false;
}

// The one person of that name before; none when a last name alone may be that of two.
const Aged* known(const Page& p, const std::vector<Aged>& people, const Aged& who) {
  const Aged* found = nullptr;
  for (const auto& other : people) {
    if (other.last != who.last || (who.first.empty() && other.first.empty()) ||
        (!who.first.empty() && !other.first.empty() && other.first != who.first))
      continue;
    if (other.first == who.first) return &other;  // by both names
    if (speaks_of_kin(p, who) || (found && found->first != other.first)) return nullptr;
    found = &other;
  }
  return found;
}

void report(const Page& p, const Aged& a, const Aged& b, Findings& out) {
  const int apart = std::max(a.age, b.age) - std::min(a.age, b.age);
  add_finding(out, "age-mismatch", p.range(b.at, b.limit), {p.range(a.at, a.limit)},
              full_name(a.first.empty() ? b : a) + " is " + std::to_string(b.age) + " here and " +
                  std::to_string(a.age) + " before: " + std::to_string(apart) +
                  (apart == 1 ? " year" : " years") + " apart.");
}

// 34 and 43, 9 and 19, 31 and 33: a slip of the pen rather than somebody else.
bool slip(int a, int b) {
  return a != b && ((a % 10 == b / 10 && a / 10 == b % 10) || a % 10 == b % 10 || std::abs(a - b) <= 5);
}

// "The 43-year-old said", right after the only person whose age was told.
void check_the_old(const Page& p, std::size_t i, const std::vector<Aged>& people, Findings& out) {
  if (people.size() != 1 || p.r[i - 1].meaning->key != Key::the || p.sentence_begin(i) != i - 1) return;
  const std::size_t limit = past_year_old(p, i);
  const Token& verb = p.r.next(limit);
  const bool tells = verb.past_form || verb.meaning->key == Key::past_verb ||
                     verb.meaning->key == Key::will || p.is(limit, "has") || p.is(limit, "is");
  const std::size_t before = i > 2 ? p.sentence_begin(i - 2) : 0;
  if (limit == i || !tells || people[0].at < before || !slip(people[0].age, p.r[i].value)) return;
  Aged who = people[0];
  who.age = p.r[i].value;
  who.at = i;
  who.limit = limit;
  report(p, people[0], who, out);
}

}  // namespace

void check_ages(const Page& p, Findings& out) {
  std::vector<Aged> people;
  for (std::size_t i = 1; i < p.r.size() && people.size() < most_people; ++i) {
    if (p.r[i].kind == Token::number) check_the_old(p, i, people, out);
    const auto who = aged_at(p, i);
    if (!who || is_of_another_time(p, *who)) continue;
    const Aged* same = known(p, people, *who);
    if (!same)
      people.push_back(*who);
    else if (same->age != who->age)
      report(p, *same, *who, out);
  }
}
