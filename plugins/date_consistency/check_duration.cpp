// duration-mismatch: one thing given two lengths, or a length that its own dates contradict.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "checks.hpp"

namespace {

constexpr uint32_t near_bytes = 2000;      // how far apart two statements of one plan may stand
constexpr std::size_t most_lengths = 200;  // compared in one stretch
constexpr int most_topics = 40;            // sentences compared word by word in one stretch

bool exact(const Expression& e) {
  return (e.form == Form::amount || e.form == Form::ago) && !e.amount.vague && e.amount.hundredths >= 200 &&
         e.amount.hundredths % 100 == 0 && e.remainder.unit == Unit::none && e.mod == Mod::none &&
         e.amount.unit >= Unit::day && e.amount.unit != Unit::quarter && e.amount.unit != Unit::half;
}

int64_t count(const Expression& e) {
  return e.amount.hundredths / 100;
}

Key key_before(const Page& p, const Expression& e) {
  return e.first_token && !p.r[e.first_token].has(Token::paragraph) ? p.r[e.first_token - 1].meaning->key
                                                                    : Key::none;
}

// A word that names what a sentence is about: long, and no word of time or number.
bool names_topic(const Page& p, std::size_t i) {
  const Token& t = p.r[i];
  return t.kind == Token::word && t.end - t.begin >= 8 && t.meaning->text.empty() && !t.past_form;
}

// Whether the text has the word at most four times.
bool is_rare(const Page& p, std::string_view word) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < p.r.size() && n <= 4; ++i) n += names_topic(p, i) && same_word(p.raw(i), word);
  return n <= 4;
}

// A long word that both sentences have and the rest of the text has hardly.
bool share_topic(const Page& p, const Expression& a, const Expression& b) {
  const std::size_t begin = p.sentence_begin(b.first_token), end = p.sentence_end(b.limit - 1);
  const std::size_t last = p.sentence_end(a.limit - 1);
  for (std::size_t i = p.sentence_begin(a.first_token); i < last; ++i) {
    if (!names_topic(p, i)) continue;
    const std::string word = lower_case(p.raw(i));
    for (std::size_t j = begin; j < end; ++j)
      if (names_topic(p, j) && same_word(p.raw(j), word) && is_rare(p, word)) return true;
  }
  return false;
}

// 49 and 50, 29 and 30: so near that one of them is a slip or a rounding of the other.
bool slip(int64_t a, int64_t b) {
  return a != b && std::min(a, b) >= 10 && std::abs(a - b) * 20 <= std::max(a, b);
}

// "in 49 years" ... "in 50 years", of one topic.
bool two_terms(const Page& p, const Expression& a, const Expression& b, int& looks) {
  if (a.form != Form::amount || b.form != Form::amount || a.shift || b.shift) return false;
  if (key_before(p, a) != Key::in || key_before(p, b) != Key::in || !slip(count(a), count(b))) return false;
  return looks-- > 0 && share_topic(p, a, b);
}

constexpr std::array<std::string_view, 18> lasting = {
    "ceasefire", "truce", "siege",   "strike", "voyage", "march",    "festival", "tour",     "blockade",
    "mission",   "war",   "walkout", "curfew", "trip",   "shutdown", "summit",   "lockdown", "occupation"};

// "the 60-day ceasefire", "the ceasefire lasted 60 days": the token of the noun, 0 if it is something else.
std::size_t lasting_thing(const Page& p, const Expression& e) {
  const std::size_t at = e.first_token;
  if (at >= 3 && p.is(at - 1, "lasted"))
    return p.is_any(at - 2, lasting) && p.r[at - 3].meaning->key == Key::the ? at - 2 : 0;
  const bool hyphened = e.form == Form::amount && e.limit >= 2 && p.r.hyphen(e.limit - 2);
  const bool definite = key_before(p, e) == Key::the || key_before(p, e) == Key::its;
  return hyphened && definite && p.is_any(e.limit, lasting) ? e.limit : 0;
}

// Two strikes of two years are two strikes.
bool names_year(const Page& p, const Expression& e) {
  const std::size_t begin = p.sentence_begin(e.first_token), end = p.sentence_end(e.limit - 1);
  return std::any_of(p.dates.begin(), p.dates.end(), [&](const Expression& other) {
    return other.first_token >= begin && other.limit <= end && (other.year || other.form == Form::shift);
  });
}

bool two_lengths(const Page& p, const Expression& a, const Expression& b) {
  const std::size_t first = lasting_thing(p, a), second = first ? lasting_thing(p, b) : 0;
  if (!second || names_year(p, a) || names_year(p, b)) return false;
  return same_word(p.raw(second), lower_case(p.raw(first)));
}

std::string unit_name(Unit unit) {
  switch (unit) {
    case Unit::day: return "day";
    case Unit::week: return "week";
    case Unit::month: return "month";
    case Unit::decade: return "decade";
    default: return "year";
  }
}

bool comparable(const Expression& a, const Expression& b) {
  const Unit u = a.amount.unit;
  return u == b.amount.unit && count(a) != count(b) &&
         (u == Unit::day || u == Unit::week || u == Unit::month || u == Unit::year || u == Unit::decade);
}

void report_pair(const Page& p, const Expression& a, const Expression& b, Findings& out) {
  const std::string unit = unit_name(a.amount.unit);
  const int64_t apart = std::abs(count(a) - count(b));
  add_finding(out, "duration-mismatch", p.range(b), {p.range(a)},
              "\"" + std::string(p.text.substr(b.begin, b.end - b.begin)) + "\" here, \"" +
                  std::string(p.text.substr(a.begin, a.end - a.begin)) +
                  "\" before of what seems the same: they differ by " + std::to_string(apart) + " " + unit +
                  (apart == 1 ? "." : "s."));
}

bool bare_year(const Expression& e) {
  return e.form == Form::calendar && e.year >= 1000 && !e.decade && !e.century && !e.quarter &&
         e.season == Season::none && !e.short_year && e.mod == Mod::none;
}

// "20 years ago, in 1995" and "in 1995, 20 years ago".
bool says_when(const Page& p, const Expression& length, const Expression& year) {
  const Expression& first = length.first_token < year.first_token ? length : year;
  const Expression& second = &first == &length ? year : length;
  std::size_t at = first.limit;
  if (p.r.sign(at, ',')) ++at;
  if (&second == &year && (p.r.key(at) == Key::in || p.r.key(at) == Key::on || p.r.key(at) == Key::since))
    ++at;
  return at == second.first_token && at > first.limit;
}

// "for 20 years, since 1995".
bool says_since(const Page& p, const Expression& length, const Expression& year) {
  std::size_t at = length.limit;
  if (p.r.sign(at, ',')) ++at;
  return length.form == Form::amount && p.r.key(at) == Key::since && at + 1 == year.first_token &&
         key_before(p, length) == Key::for_;
}

// Years are counted with their ends or without, and long ones are rounded.
int64_t leeway(int64_t years) {
  return years % 10 == 0  ? std::max<int64_t>(2, years / 10)
         : years % 5 == 0 ? std::max<int64_t>(1, years / 20)
                          : 1;
}

void check_against_year(const Page& p, const Expression& length, const Expression& year, Findings& out) {
  if (!exact(length) || length.amount.unit != Unit::year || !bare_year(year) || !p.time.day) return;
  const bool ago =
      length.form == Form::ago && length.deictic_ago && length.shift < 0 && says_when(p, length, year);
  if (!ago && !says_since(p, length, year)) return;
  const int64_t real = p.time.day->year - year.year, stated = count(length);
  if (real < 0 || std::abs(real - stated) <= leeway(stated)) return;
  add_finding(out, "duration-mismatch", p.range(length), {p.range(year)},
              "From " + std::to_string(year.year) + " to " + std::to_string(p.time.day->year) + " are " +
                  std::to_string(real) + " years, not " + std::to_string(stated) + ".");
}

}  // namespace

void check_durations(const Page& p, Findings& out) {
  std::vector<const Expression*> lengths;
  int looks = most_topics;
  for (std::size_t i = 0; i < p.dates.size(); ++i) {
    for (const std::size_t j : {i - 1, i + 1})
      if (j < p.dates.size()) check_against_year(p, p.dates[i], p.dates[j], out);
    if (exact(p.dates[i]) && lengths.size() < most_lengths) lengths.push_back(&p.dates[i]);
  }
  for (std::size_t i = 1; i < lengths.size(); ++i)
    for (std::size_t j = i > 8 ? i - 8 : 0; j < i; ++j) {
      const auto &a = *lengths[j], &b = *lengths[i];
      if (b.begin - a.end > near_bytes || !comparable(a, b)) continue;
      if (!two_terms(p, a, b, looks) && !two_lengths(p, a, b)) continue;
      report_pair(p, a, b, out);
      break;
    }
}
