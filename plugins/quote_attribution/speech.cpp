#include "speech.hpp"

#include <stet/plugin.h>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

struct Words {
  uint32_t count = 0, capital = 0;
  bool first_capital = false;
};

constexpr uint32_t enough_words = 12;  // more than any name has

Words count_words(std::string_view text, Span inner) {
  Words words;
  bool inside = false;
  for (uint32_t at = inner.begin; at < inner.end && words.count <= enough_words;) {
    const Character c = character_at(text, at);
    const bool letter = is_letter(c.code) || is_digit(c.code);
    if (letter && !inside) {
      if (words.count == 0) words.first_capital = is_upper(c.code);
      words.capital += is_upper(c.code) || is_digit(c.code);
      ++words.count;
    }
    inside = letter || (inside && is_single_mark(c.code));
    at += c.size;
  }
  return words;
}

bool is_terminal(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

// What stands around a quotation in its sentence.
struct Place {
  const Token* before = nullptr;
  const Token* after = nullptr;
  bool set_off = false;          // by a comma, a colon, a dash, or nothing before it
  bool told = false;             // "told": whom, not what
  bool names_something = false;  // "the film", "her song," shortly before it
};

Place read_place(std::string_view text, const Outline& outline, uint32_t token) {
  const Sentence& s = outline.sentences[outline.tokens[token].sentence];
  Place place;
  if (token > s.begin) place.before = &outline.tokens[token - 1];
  if (token + 1 < s.end) place.after = &outline.tokens[token + 1];
  place.set_off = !place.before || place.before->kind == TokenKind::comma ||
                  place.before->kind == TokenKind::colon || place.before->kind == TokenKind::dash ||
                  place.before->kind == TokenKind::stop;
  place.told = place.before && slice(text, place.before->range) == "told";
  const bool comma = place.before && place.before->kind == TokenKind::comma;
  for (uint32_t i = token; i-- > s.begin && token - i <= (comma ? 3u : 2u);)
    place.names_something = place.names_something ||
                            (outline.tokens[i].is(names_work) && !outline.tokens[i].is(reports | reporting));
  return place;
}

bool is_nickname(const Place& place, const Words& words) {
  return words.count <= 3 && place.before && place.after && place.before->kind == TokenKind::word &&
         place.after->kind == TokenKind::word && place.before->is(given_name) && place.before->capital &&
         place.after->capital;
}

// "what she called “a mess”" reports; "a film called “a mess”" does not.
bool calls_actively(const Attribution& attribution, uint32_t token, const Outline& outline) {
  if (!attribution.speaker || attribution.evidence == Evidence::carried) return false;
  const Phrase speaker = *attribution.speaker;
  const Token& head = outline.tokens[speaker.end - 1];
  if (token >= 2 && outline.tokens[token - 2].is(auxiliary)) return false;  // it was called
  return speaker.end < token && (head.capital || head.is(pronoun | role | group));
}

// Capitals as titles of works have them.
bool looks_like_title(const Words& words) {
  return words.count <= 9 && words.capital * 2 > words.count && words.first_capital;
}

bool is_title(const Place& place, const Words& words, char32_t last, const Attribution& attribution) {
  if (!looks_like_title(words) || !place.before || last == '!') return false;
  if (place.told || (place.names_something && !place.before->is(reports | reporting))) return true;
  if (place.set_off || words.count < 2 || place.before->is(auxiliary)) return false;
  if (attribution.evidence == Evidence::complement) return false;
  const bool inside = place.before->possessive || place.before->is(preposition | determiner | conjunction);
  return attribution.evidence != Evidence::clause || inside;
}

}  // namespace

Reading read_kind(std::string_view text, const std::vector<Block>& blocks, const std::vector<Quote>& quotes,
                  uint32_t quote, const Outline& outline, const Attribution& attribution) {
  const Quote& q = quotes[quote];
  const Words words = count_words(text, q.inner);
  if (words.count == 0) return {Kind::none, false};
  const uint32_t token = outline.token_of_quote[quote];
  const Place place = read_place(text, outline, token);
  const char32_t last = last_inside(text, q);
  const bool whole =
      place.set_off && words.first_capital && (is_terminal(last) || last == ',') && words.count >= 2;
  if (is_nickname(place, words)) return {Kind::nickname, false};
  if (is_title(place, words, last, attribution)) return {Kind::title, false};
  if (place.before && !place.set_off && place.before->is(names_work) && words.count <= 6 &&
      !(place.before->is(reports) && calls_actively(attribution, token, outline)))
    return {looks_like_title(words) ? Kind::title : Kind::term, false};
  // Headlines leave out the verb: `Voss: ‘No bolts’ in bridge`.
  const bool headline = blocks[q.block].kind == STET_TITLE || blocks[q.block].kind == STET_HEADING;
  if (headline && attribution.speaker && place.after && !whole) return {Kind::mixed, false};
  switch (attribution.evidence) {
    case Evidence::clause: return {Kind::direct, whole};
    case Evidence::complement: return {Kind::direct, false};
    case Evidence::carried: return {whole || words.count > 3 ? Kind::direct : Kind::mixed, whole};
    case Evidence::fragment: return {whole ? Kind::direct : Kind::mixed, whole};
    case Evidence::none: break;
  }
  constexpr uint32_t longest_term = 3;  // words
  const bool inside = place.before ? !place.set_off : place.after && place.after->kind == TokenKind::word;
  const bool closes_clause =
      place.before && place.before->is(determiner) && (is_terminal(last) || last == ',');
  if (words.count <= longest_term && inside && !closes_clause) return {Kind::term, false};
  return {whole ? Kind::direct : Kind::mixed, whole};
}

}  // namespace quote_attribution
