#include "tense.hpp"

namespace {

constexpr std::size_t reach = 40;

bool follows(const Reader& r, std::size_t i, Key k) {
  return i > 0 && r[i - 1].meaning->key == k;
}

// "as planned", "previously planned": told of, and so not ahead. So is, after the words at hand, "they
// planned to" and "a hastily planned trip": of "On Friday, they planned to leave" the Friday is past. "Was
// planned" and "planned for" look ahead.
bool is_told(const Reader& r, std::size_t i, bool after) {
  if (!r[i].past_form || r.key(i + 1) == Key::for_ || i == 0) return false;
  const Word& before = *r[i - 1].meaning;
  if (before.key == Key::as || before.key == Key::previously) return true;
  const bool passive = before.key == Key::be || before.key == Key::past_verb;
  return after && r.word(i).text == "planned" && !passive;
}

Tense tense_of(const Reader& r, std::size_t i, bool after) {
  const Token& t = r[i];
  switch (t.meaning->key) {
    case Key::will:
    case Key::would_: return Tense::future;
    case Key::planned: return is_told(r, i, after) ? Tense::past : Tense::future;
    case Key::be: return r.key(i + 1) == Key::to && r.word(i).text != "be" ? Tense::future : Tense::unknown;
    case Key::set_to:
      if (r.key(i + 1) == Key::to) return Tense::future;
      return t.past_form ? Tense::past : Tense::unknown;
    // "to be held": what comes before "be" says when.
    case Key::past_verb: return follows(r, i, Key::be) ? Tense::unknown : Tense::past;
    default:
      return (t.past_form || t.meaning->past) && !follows(r, i, Key::be) ? Tense::past : Tense::unknown;
  }
}

bool ends_sentence(const Token& t) {
  return t.kind == Token::mark && (t.sign == '.' || t.sign == '?' || t.sign == '!');
}

Tense tense_before(const Reader& r, std::size_t first) {
  for (std::size_t back = 1; back <= reach && back <= first; ++back) {
    const Token& t = r[first - back];
    if (r[first - back + 1].has(Token::paragraph)) break;
    if (ends_sentence(t) && !r[first - back - 1].meaning->clipped && r[first - back + 1].has(Token::capital))
      break;
    if (const Tense found = tense_of(r, first - back, false); found != Tense::unknown) return found;
  }
  return Tense::unknown;
}

Tense tense_after(const Reader& r, std::size_t limit) {
  for (std::size_t at = limit; at < limit + reach && at < r.size(); ++at) {
    if (r[at].has(Token::paragraph) || ends_sentence(r[at])) break;
    if (const Tense found = tense_of(r, at, true); found != Tense::unknown) return found;
  }
  return Tense::unknown;
}

bool is_weekday(const Expression& e) {
  return e.form == Form::calendar && e.weekday && !e.day;
}

}  // namespace

Tense tense_around(const Reader& r, const Expression& e) {
  const std::size_t first = e.first_token;
  // "postponed until Tuesday"
  if (is_weekday(e) && follows(r, first, Key::until)) return Tense::future;
  const bool owner = r.sign(e.limit, '\'') && r.touches(e.limit);
  Tense found = tense_before(r, first);
  if (found == Tense::unknown) found = tense_after(r, e.limit);
  // "They would look for ways around Wednesday's ruling."
  if (owner && is_weekday(e) && found == Tense::future) return Tense::unknown;
  return found;
}
