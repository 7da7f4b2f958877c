#include "speech.hpp"

#include <stet/plugin.h>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

struct Words {
  uint32_t count = 0, capital = 0;
  uint32_t small = 0;  // words that titles write without a capital
  bool first_capital = false, last_capital = false;
};

bool is_small(std::string_view text) {
  const std::string_view head = text.substr(0, 4);  // the longest of them and a space
  const std::string_view word = head.substr(0, std::min(head.find(' '), head.size()));
  for (const std::string_view w : {"of", "the", "and", "in", "on", "for", "a", "an", "to", "at", "by", "or"})
    if (w == word) return true;
  return false;
}

constexpr uint32_t enough_words = 12;  // more than any name has

Words count_words(std::string_view text, Span inner) {
  Words words;
  bool inside = false;
  for (uint32_t at = inner.begin; at < inner.end && words.count <= enough_words;) {
    const Character c = character_at(text, at);
    const bool letter = is_letter(c.code) || is_digit(c.code);
    if (letter && !inside) {
      words.last_capital = is_upper(c.code) || is_digit(c.code);
      if (words.count == 0) words.first_capital = words.last_capital;
      words.capital += words.last_capital;
      words.small += is_small(text.substr(at, inner.end - at));
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
  const Token* lead = nullptr;   // before it, and before an article
  bool set_off = false;          // by a comma, a colon, a dash, or nothing before it
  bool told = false;             // "told": whom, not what
  bool as = false;               // "as", "as a": a name that somebody gave
  bool to = false;               // "to": what somebody means to do
  bool wording = false;          // "the words", "the slogan"
  bool names_something = false;  // "the film", "her song," shortly before it
};

// `the slogan “Lamps For All”`, `the words “Lamps For All”`: words that somebody says, not what something is
// called.
bool is_wording(std::string_view text, const Token& token) {
  const std::string_view word = slice(text, token.range);
  for (const std::string_view w :
       {"word", "words", "phrase", "term", "slogan", "motto", "mantra", "refrain", "hashtag"})
    if (w == word) return true;
  return false;
}

Place read_place(std::string_view text, const Outline& outline, uint32_t token) {
  const Sentence& s = outline.sentences[outline.tokens[token].sentence];
  Place place;
  if (token > s.begin) place.before = &outline.tokens[token - 1];
  if (token + 1 < s.end) place.after = &outline.tokens[token + 1];
  place.set_off = !place.before || place.before->kind == TokenKind::comma ||
                  place.before->kind == TokenKind::colon || place.before->kind == TokenKind::dash ||
                  place.before->kind == TokenKind::stop;
  const bool article = place.before && place.before->is(determiner) && token >= s.begin + 2;
  place.lead = article ? &outline.tokens[token - 2] : place.before;
  const bool known =
      place.lead && place.lead > &outline.tokens[s.begin] && (place.lead - 1)->is(names_work);  // known as
  place.as = place.lead && slice(text, place.lead->range) == "as" && !known;
  place.to = place.before && slice(text, place.before->range) == "to";
  place.wording = place.before && is_wording(text, *place.before);
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

// A short line of its own in single marks, where speech stands in double ones, heads the section below it.
bool is_crosshead(const std::vector<Block>& blocks, const std::vector<Quote>& quotes, uint32_t quote,
                  const Outline& outline, const Words& words) {
  constexpr uint32_t longest_crosshead = 8;  // words
  const Quote& q = quotes[quote];
  if (!q.single || words.count > longest_crosshead || blocks[q.block].kind != STET_PARAGRAPH) return false;
  const uint32_t s = outline.first_sentence_of_block[q.block];
  const bool alone = outline.first_sentence_of_block[q.block + 1] == s + 1 &&
                     outline.sentences[s].end == outline.sentences[s].begin + 1;
  const auto doubled = [](const Quote& other) { return !other.single; };
  return alone && ((quote > 0 && doubled(quotes[quote - 1])) ||
                   (quote + 1 < quotes.size() && doubled(quotes[quote + 1])));
}

// "what she called “a mess”" reports; "a film called “a mess”" does not.
bool calls_actively(const Attribution& attribution, uint32_t token, const Outline& outline) {
  if (!attribution.speaker || attribution.evidence == Evidence::carried) return false;
  const Phrase speaker = *attribution.speaker;
  const Token& head = outline.tokens[speaker.end - 1];
  if (token >= 2 && outline.tokens[token - 2].is(auxiliary)) return false;  // it was called
  return speaker.end < token && (head.capital || head.is(pronoun | role)) && !head.is(names_work);
}

// Capitals as titles of works have them.
bool looks_like_title(const Words& words) {
  return words.count <= 9 && words.first_capital &&
         (words.capital * 2 > words.count ||
          (words.last_capital && words.capital + words.small == words.count));
}

bool is_title(const Place& place, const Words& words, char32_t last, const Attribution& attribution) {
  if (!looks_like_title(words) || !place.before || last == '!') return false;
  if (attribution.speaker && (place.as || place.to || place.wording)) return false;
  if (place.told || (place.names_something && !place.before->is(reports | reporting))) return true;
  const bool programme = place.before->possessive && place.before->capital;  // The Tide's “Today”
  if (place.set_off || (words.count < 2 && !programme) || place.before->is(auxiliary)) return false;
  if (attribution.evidence == Evidence::complement) return false;
  const bool inside = place.before->possessive || place.before->is(preposition | determiner | conjunction);
  return attribution.evidence != Evidence::clause || inside;
}

// `a film called “Two Boats”`, `the phrase “two boats”`, `the so-called “smart” lamps`. But "he refused to
// say the words “so it was”": somebody's words about words are words said.
bool is_name(std::string_view text, const Place& place, const Words& words, const Attribution& attribution,
             uint32_t token, const Outline& outline) {
  constexpr uint32_t longest_name = 6;  // words
  if (!place.before || place.set_off || words.count > longest_name) return false;
  const bool dubbed = place.lead->is(reports) && place.lead->is(names_work);  // called “X”, called the “X”
  if (dubbed) return !calls_actively(attribution, token, outline);
  const bool said = attribution.speaker && (place.wording || !looks_like_title(words)) &&
                    slice(text, place.before->range) != "so-called";
  return place.before->is(names_work) && !said;
}

constexpr uint32_t longest_term = 3;  // words

// A word or two inside of a sentence that nobody is said to speak.
bool is_term(const Place& place, const Words& words, char32_t last) {
  const bool inside = place.before ? !place.set_off : place.after && place.after->kind == TokenKind::word;
  const bool closes_clause =
      place.before && place.before->is(determiner) && (is_terminal(last) || last == ',');
  const bool exclaims = last == '!' || (is_terminal(last) && words.first_capital && words.count > 1);
  return words.count <= longest_term && inside && !closes_clause && !place.as && !exclaims;
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
  if (is_crosshead(blocks, quotes, quote, outline, words)) return {Kind::title, false};
  if (is_nickname(place, words)) return {Kind::nickname, false};
  if (is_title(place, words, last, attribution)) return {Kind::title, false};
  if (is_name(text, place, words, attribution, token, outline))
    return {looks_like_title(words) ? Kind::title : Kind::term, false};
  // Headlines leave out the verb: `Voss: ‘No bolts’ in bridge`.
  const bool headline = blocks[q.block].kind == STET_TITLE || blocks[q.block].kind == STET_HEADING;
  if (headline && attribution.weak && words.count <= longest_term) return {Kind::term, false};
  if (headline && attribution.speaker && place.after && !whole) return {Kind::part, false};
  switch (attribution.evidence) {
    case Evidence::clause: return {Kind::direct, whole};
    case Evidence::complement: return {Kind::direct, false};
    case Evidence::carried: return {whole || words.count > 3 ? Kind::direct : Kind::part, whole};
    case Evidence::fragment: return {whole ? Kind::direct : Kind::part, whole};
    case Evidence::none: break;
  }
  if (is_term(place, words, last)) return {Kind::term, false};
  return {whole ? Kind::direct : Kind::part, whole};
}

}  // namespace quote_attribution
