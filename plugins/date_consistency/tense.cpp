#include "tense.hpp"

namespace {

constexpr std::size_t reach = 40;

Tense tense_of(const Token& t) {
  switch (t.meaning->key) {
    case Key::will:
    case Key::would_:
    case Key::planned: return Tense::future;
    case Key::past_verb: return Tense::past;
    default: return t.past_form || t.meaning->past ? Tense::past : Tense::unknown;
  }
}

bool ends_sentence(const Token& t) {
  return t.kind == Token::mark && (t.sign == '.' || t.sign == '?' || t.sign == '!');
}

}  // namespace

Tense tense_around(const Reader& r, const Expression& e) {
  for (std::size_t back = 1; back <= reach && back <= e.first_token; ++back) {
    const Token& t = r[e.first_token - back];
    if (r[e.first_token - back + 1].has(Token::paragraph)) break;
    if (ends_sentence(t) && !r[e.first_token - back - 1].meaning->clipped &&
        r[e.first_token - back + 1].has(Token::capital))
      break;
    if (const Tense found = tense_of(t); found != Tense::unknown) return found;
  }
  for (std::size_t at = e.limit; at < e.limit + reach && at < r.size(); ++at) {
    if (r[at].has(Token::paragraph) || ends_sentence(r[at])) break;
    if (const Tense found = tense_of(r[at]); found != Tense::unknown) return found;
  }
  return Tense::unknown;
}
