// age-mismatch: an age that the year of birth contradicts, in one sentence or in a notice of death.
#include <algorithm>
#include <array>

#include "aged.hpp"
#include "checks.hpp"

using calendar::Day;

namespace {

// The birth may be another person's.
constexpr std::array<std::string_view, 12> others = {"whose",    "son",    "daughter", "child",
                                                     "children", "baby",   "brother",  "sister",
                                                     "mother",   "father", "twins",    "wife"};

struct Birth {
  const Expression* date = nullptr;
  std::size_t born = 0;
};

bool dated(const Expression& e) {
  return e.form == Form::calendar && e.year > 1000 && !e.decade && !e.century && !e.short_year &&
         e.mod == Mod::none;
}

// "born on 3 March 1980", "born in Harkerton in 1970": the only birth of the sentence, and one person's.
std::optional<Birth> birth_in(const Page& p, std::size_t begin, std::size_t end) {
  Birth out;
  for (std::size_t i = begin; i < end; ++i) {
    if (!p.is(i, "born")) continue;
    if (out.born || i == 0 || p.is(i - 1, "being")) return std::nullopt;
    out.born = i;
  }
  if (!out.born) return std::nullopt;
  for (std::size_t i = begin; i < end; ++i)
    if (p.is_any(i, others)) return std::nullopt;
  for (const auto& e : p.dates_from(out.born)) {
    if (e.first_token >= end) break;
    if (e.first_token > out.born && e.first_token <= out.born + 6 && e.limit <= end && dated(e)) {
      out.date = &e;
      return out;
    }
  }
  return std::nullopt;
}

struct Stated {
  int age = 0;
  std::size_t first = 0, limit = 0;
  std::string who = "somebody";
};

bool is_age(const Page& p, std::size_t i) {
  return p.r.plain_number(i) && p.r[i].digits <= 2 && p.r[i].value > 0 && !p.r[i].has(Token::ordinal);
}

// "aged 50", "at the age of 50", which in a notice of death tell how old somebody was.
std::optional<Stated> age_at_death(const Page& p, std::size_t i) {
  const bool of = p.is(i, "age") && p.r.key(i + 1) == Key::of;
  const std::size_t at = of ? i + 2 : p.is(i, "aged") ? i + 1 : 0;
  return at && is_age(p, at) ? std::optional(Stated{p.r[at].value, at, at + 1, "somebody"}) : std::nullopt;
}

// "Anna Weir, 45,", "is 45 and", "who is 45,".
std::optional<Stated> age_now(const Page& p, std::size_t i) {
  if (const auto who = aged_at(p, i)) return Stated{who->age, who->at, who->limit, full_name(*who)};
  if (!p.is(i, "is") || !is_age(p, i + 1)) return std::nullopt;
  const Token& after = p.r.next(i + 2);
  const bool closed = after.kind == Token::mark || after.meaning->key == Key::and_ || p.is(i + 2, "years");
  return closed ? std::optional(Stated{p.r[i + 1].value, i + 1, i + 2, "somebody"}) : std::nullopt;
}

std::optional<std::size_t> word_in(const Page& p, std::size_t begin, std::size_t end, std::string_view word) {
  for (std::size_t i = begin; i < end; ++i)
    if (p.is(i, word)) return i;
  return std::nullopt;
}

// When somebody died: the date of the sentence, else the document's own year.
struct Moment {
  Day day;
  bool exact = false;
};
std::optional<Moment> moment(const Page& p, std::size_t begin, std::size_t end, const Expression* birth) {
  for (const auto& e : p.dates_from(begin)) {
    if (e.limit > end) break;
    if (&e != birth && dated(e))
      return Moment{{e.year, e.month ? e.month : 1, e.day ? e.day : 1}, e.month && e.day};
  }
  return p.time.day ? std::optional(Moment{*p.time.day, true}) : std::nullopt;
}

void compare(const Page& p, const Birth& birth, const Stated& stated, const Moment& at, Findings& out) {
  const auto& b = *birth.date;
  const int turning = at.day.year - b.year;
  const bool exact = b.month && b.day && at.exact;
  const bool had = !exact || b.month < at.day.month || (b.month == at.day.month && b.day <= at.day.day);
  const int most = had ? turning : turning - 1, least = exact && had ? turning : turning - 1;
  if (turning < 0 || (stated.age >= least && stated.age <= most)) return;
  add_finding(
      out, "age-mismatch", p.range(stated.first, stated.limit), {p.range(b)},
      "Born in " + std::to_string(b.year) + ", " + stated.who + " was " +
          (least == most ? std::to_string(most) : std::to_string(least) + " or " + std::to_string(most)) +
          (at.exact ? " on " + in_words(at.day) : " in " + std::to_string(at.day.year)) + ", not " +
          std::to_string(stated.age) + ".");
}

struct Death {
  Stated age;
  Moment at;
  std::size_t end = 0;  // of its sentence
  bool alone = true;
};

// A sentence that tells of a birth and an age.
void check_sentence(const Page& p, std::size_t begin, std::size_t end, Findings& out) {
  const auto birth = birth_in(p, begin, end);
  if (!birth) return;
  const bool died = word_in(p, begin, end, "died").has_value();
  const auto at = died ? moment(p, begin, end, birth->date)
                       : (p.time.day ? std::optional(Moment{*p.time.day, true}) : std::nullopt);
  if (!at || word_in(p, begin, end, "when") || word_in(p, begin, end, "then")) return;
  for (std::size_t i = begin; i < end; ++i) {
    const auto stated = died ? age_at_death(p, i) : age_now(p, i);
    if (stated && (i < birth->date->first_token || i >= birth->date->limit))
      return compare(p, *birth, *stated, *at, out);
  }
}

std::optional<Death> death_in(const Page& p, std::size_t begin, std::size_t end) {
  const auto died = word_in(p, begin, end, "died");
  if (!died) return std::nullopt;
  for (std::size_t i = *died; i < end; ++i)
    if (const auto age = age_at_death(p, i))
      if (const auto at = moment(p, begin, end, nullptr)) return Death{*age, *at, end, true};
  return std::nullopt;
}

// "He was born in Harkerton in 1953." after "died on Sunday at the age of 81", the only death told of.
void check_death(const Page& p, std::size_t begin, std::size_t end, const Death& death, Findings& out) {
  const bool he = p.is(begin, "he") || p.is(begin, "she");
  const auto birth =
      he && p.is(begin + 1, "was") && p.is(begin + 2, "born") ? birth_in(p, begin, end) : std::nullopt;
  if (!birth) return;
  Moment at = death.at;
  at.exact = false;  // the day of death is somewhere in that year
  compare(p, *birth, death.age, at, out);
}

}  // namespace

void check_births(const Page& p, Findings& out) {
  std::optional<Death> death;
  for (std::size_t begin = 0; begin < p.r.size();) {
    const std::size_t end = std::max(p.sentence_end(begin), begin + 1);
    check_sentence(p, begin, end, out);
    if (death && death->alone) check_death(p, begin, end, *death, out);
    if (auto found = death_in(p, begin, end)) {
      if (death) found->alone = false;
      death = found;
    }
    begin = end < p.r.size() && p.r[end].kind == Token::mark ? end + 1 : end;
  }
}
