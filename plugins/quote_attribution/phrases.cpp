#include "phrases.hpp"

#include <algorithm>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

bool is_past(std::string_view word) {
  return word.size() > 4 && word.substr(word.size() - 2) == "ed";
}

bool is_link(std::string_view word) {
  return word == "of" || word == "for" || word == "from" || word == "at" || word == "with";
}

bool is_article(std::string_view word) {
  for (const std::string_view article :
       {"the", "a", "an", "this", "that", "any", "every", "no", "its", "their", "my", "our", "your", "his",
        "The", "A", "An", "This", "That", "Any", "Every", "No", "Its", "Their", "My", "Our", "Your", "His"})
    if (word == article) return true;
  return false;
}

}  // namespace

bool Grammar::is_report(uint32_t i) const {
  const Token& t = token(i);
  if (!is_word(t) || t.capital || !t.is(reports | reports_base)) return false;
  if (i == 0) return t.is(reports);
  const Token& previous = token(i - 1);
  if (t.is(reports_base) && !t.is(reports)) {
    const bool apart = previous.is(adverb) && i > 1;  // "would now ask"
    const Token& helper = token(apart ? i - 2 : i - 1);
    const bool modal = helper.is(auxiliary) && !helper.capital;
    const TokenKind next = i + 1 < outline_.tokens.size() ? token(i + 1).kind : TokenKind::stop;
    const bool leads_in = next == TokenKind::comma || next == TokenKind::colon;
    if (word(i - 1) == "to" && leads_in && !t.is(weak_report)) return true;  // "moved her to say: "
    const bool plural =
        is_word(previous) && previous.is(role | statement | speech_noun) && word(i - 1).back() == 's';
    return modal || plural || (previous.is(pronoun) && !previous.is(masculine | feminine));
  }
  if (previous.possessive) return false;  // "her mother's repeated calls"
  const bool noun_like =
      t.is(also_noun | role | statement | reports_base) || (t.is(names_work) && names_next(i));
  if (noun_like && !may_be_subject(i)) return false;
  const bool counts = previous.is(determiner) && !previous.is(pronoun);
  if (counts && (noun_like || is_article(word(i - 1)))) return false;
  return !(previous.is(preposition) && !previous.is(adverb)) || !noun_like;
}

// `a film called “Two Boats”`, `called the “Two Boats”`, not `called them “two boats”`
bool Grammar::names_next(uint32_t i) const {
  const uint32_t count = static_cast<uint32_t>(outline_.tokens.size());
  const uint32_t next = i + 1 < count && token(i + 1).is(determiner) ? i + 2 : i + 1;
  return next >= count || token(next).kind == TokenKind::quote || token(next).kind == TokenKind::comma;
}

// "the pundit claims that", not "baseless claims" or "50 states": what stands before a form that could as
// well be a plural noun.
bool Grammar::may_be_subject(uint32_t i) const {
  const Token& previous = token(i - 1);
  if (!is_word(previous)) return previous.kind != TokenKind::number;
  if (previous.is(place)) return leads_clause(i);
  if (previous.is(title) && previous.capital && (word(i - 1) == "Republican" || word(i - 1) == "Democrat"))
    return leads_clause(i);
  const bool noun = previous.capital || previous.is(pronoun | role | title | group | statement | adverb |
                                                    auxiliary | conjunction | subordinator | time_word);
  return noun || leads_clause(i);
}

bool Grammar::leads_clause(uint32_t i) const {
  if (i + 1 >= outline_.tokens.size()) return false;
  const Token& next = token(i + 1);
  const bool comma = next.kind == TokenKind::comma && i + 2 < outline_.tokens.size() &&
                     token(i + 2).kind == TokenKind::quote;
  return next.kind == TokenKind::quote || comma || next.kind == TokenKind::colon || next.is(pronoun) ||
         (next.is(subordinator) && word(i + 1) != "as") || word(i + 1) == "that";
}

bool Grammar::is_participle(uint32_t i) const {
  const Token& t = token(i);
  if (!is_word(t) || !t.is(reporting) || i == 0) return false;
  const Token& previous = token(i - 1);
  return !previous.is(determiner) && !previous.possessive;
}

bool Grammar::is_according(uint32_t i) const {
  return token(i).is(accords) && i + 1 < outline_.tokens.size() && word(i + 1) == "to";
}

bool Grammar::is_name_stop(uint32_t i) const {
  if (i == 0 || word(i) != ".") return false;
  const Token& previous = token(i - 1);
  if (previous.range.end != token(i).range.begin || !previous.capital) return false;
  return previous.is(title | abbreviation | suffix) || previous.range.end - previous.range.begin == 1;
}

bool Grammar::begins_phrase(uint32_t i) const {
  const Token& t = token(i);
  if (t.kind == TokenKind::number) return false;
  if (!is_word(t) || (t.is(subordinator) && !t.is(determiner))) return false;
  if (t.is(conjunction | auxiliary) && !t.is(pronoun)) return false;
  if (t.is(preposition) || (t.is(adverb) && !t.is(title))) return false;
  if (t.capital || t.is(determiner | pronoun | role | title | group | statement | place)) return true;
  if (t.is(reports | reports_base | reporting)) return false;
  if (word(i).size() > 3 && word(i).back() == 's') return true;
  return leads_to_noun(i);
}

// "undecided voter", "super PAC spokeswoman": adjectives before a noun for a person, or before a name.
bool Grammar::leads_to_noun(uint32_t i) const {
  for (uint32_t k = i + 1; k < i + 4 && k < outline_.tokens.size(); ++k) {
    const Token& t = token(k);
    if (!is_word(t) || t.sentence != token(i).sentence) return false;
    if (t.is(role | title)) return true;
    if (t.capital && (t.is(given_name) || (k + 1 < outline_.tokens.size() && token(k + 1).capital)))
      return true;
    if (t.capital && k + 1 < outline_.tokens.size() && is_report(k + 1)) return true;
    if (t.is(auxiliary | preposition | conjunction | subordinator | determiner | pronoun) || is_report(k))
      return false;
  }
  return false;
}

bool Grammar::ends_phrase(uint32_t i, uint32_t begin, uint32_t limit) const {
  const Token& t = token(i);
  if (is_name_stop(i)) return false;
  if (t.kind == TokenKind::number) return false;
  if (!is_word(t)) return true;
  if (t.is(auxiliary) || is_report(i) || is_participle(i) || (t.is(action) && !t.capital)) return true;
  if (t.is(subordinator) && !t.is(determiner)) return true;
  if (t.is(pronoun) && !t.is(determiner)) return true;
  if (t.is(time_word) && i > begin + 1 && !t.is(given_name)) return true;
  const bool more = i + 1 < limit && is_word(token(i + 1));
  if (t.is(conjunction)) return !(more && joins_names(i, i + 1));
  if (t.is(preposition)) return !(more && is_link(word(i)) && !token(i + 1).is(time_word));
  if (t.is(adverb) && !t.is(title)) return !token(i - 1).possessive;  // "Jane Doe's first critics"
  const bool acts = (i > begin + 1 || token(begin).is(several)) && more && t.classes == 0 &&
                    is_past(word(i)) && token(i + 1).is(determiner | pronoun | preposition);
  if (acts) return true;  // "the town released a statement"
  const bool adjective = i == begin + 1 && outline_.sentences[t.sentence].begin == begin &&
                         !token(begin).is(given_name) && more &&
                         (leads_to_noun(begin) || word(i + 1) == "of");
  if (adjective) return false;  // "Small groups of", "Senior officials"
  return ends_name(i);
}

// Whether a lower-case word follows a name that goes on no further: "Jane Doe walked", not "running mate Jane
// Doe".
bool Grammar::ends_name(uint32_t i) const {
  const Token& t = token(i);
  const Token& previous = token(i - 1);
  const std::string_view w = word(i);
  const bool after_name =
      previous.capital && !previous.possessive && !previous.is(title | place | group | role | determiner);
  if (after_name && !is_past(w) && w.back() != 's' && leads_to_noun(i)) return false;
  return after_name && !t.capital && !t.is(role | title | particle | group | statement);
}

std::optional<Phrase> Grammar::phrase_from(uint32_t i, uint32_t limit) const {
  if (i >= limit || !begins_phrase(i)) return {};
  if (token(i).is(pronoun) && !token(i).is(determiner)) return Phrase{i, i + 1};
  uint32_t end = i + 1;
  while (end < limit && end - i < longest_phrase && !ends_phrase(end, i, limit)) ++end;
  while (end > i + 1 && token(end - 1).is(preposition)) --end;
  if (end == i + 1 && token(i).is(determiner) && is_article(word(i))) return {};
  return Phrase{i, end};
}

// "Jane Doe and Mary Roe", "the activist and former mayor"
bool Grammar::joins_names(uint32_t i, uint32_t begin) const {
  if (token(i - 1).capital && token(begin).capital) return true;
  return word(i) == "and" && token(i - 1).is(role) && !token(i - 1).capital &&
         !token(begin).is(determiner | pronoun) && (token(begin).is(role | title) || leads_to_noun(begin));
}

std::optional<Phrase> Grammar::phrase_before(uint32_t end, uint32_t floor) const {
  if (end <= floor) return {};
  const Token& last = token(end - 1);
  if (last.is(pronoun) && !last.is(determiner)) return Phrase{end - 1, end};
  if (last.kind != TokenKind::word && last.kind != TokenKind::number && !is_name_stop(end - 1)) return {};
  uint32_t begin = end;
  while (begin > floor && end - begin < longest_phrase) {
    const uint32_t i = begin - 1;
    const Token& t = token(i);
    if (!is_name_stop(i) && t.kind != TokenKind::word && t.kind != TokenKind::number) break;
    if (t.is(auxiliary | subordinator) && (!t.is(determiner) || word(i) == "that")) break;
    if (t.is(pronoun) && !t.is(determiner)) break;
    if (t.is(conjunction) && !(i > floor && begin < end && joins_names(i, begin))) break;
    if (t.is(preposition) && !is_link(word(i)) && word(i) != "in" && word(i) != "on") break;
    if (is_report(i) || (is_participle(i) && !t.capital)) break;
    begin = i;
    const bool linked = i > floor && token(i - 1).is(preposition);
    if (t.is(determiner) && !linked) break;
  }
  while (begin < end &&
         (token(begin).is(preposition | conjunction) || (token(begin).is(adverb) && !token(begin).is(title))))
    ++begin;
  if (begin == end || (begin + 1 == end && token(begin).is(determiner) && is_article(word(begin)))) return {};
  return Phrase{begin, end};
}

bool Grammar::may_speak(Phrase p) const {
  for (uint32_t i = p.begin; i < p.end; ++i) {
    const Token& t = token(i);
    if (t.is(pronoun | role | group | statement) || (t.is(determiner) && t.is(masculine | feminine)))
      return true;
    if (t.capital && !t.is(determiner | time_word | place)) return true;
    if (t.is(determiner) && p.end == p.begin + 1 && !is_article(word(i))) return true;  // "another said"
  }
  return false;
}

bool Grammar::is_unknown_past(uint32_t i) const {
  const Token& t = token(i);
  const std::string_view w = word(i);
  return is_word(t) && !t.capital && t.classes == 0 && w.size() > 4 && w.substr(w.size() - 2) == "ed" &&
         i > 0 && (w.size() > 5 || token(i - 1).capital || token(i - 1).is(pronoun)) &&
         !token(i - 1).is(determiner | auxiliary) && !token(i - 1).possessive;
}

// A quotation that a comma closes: “Face the Harbour,”
bool Grammar::ends_in_comma(uint32_t i) const {
  if (token(i).kind != TokenKind::quote) return false;
  const std::string_view tail = word(i).substr(word(i).size() - std::min<size_t>(4, word(i).size()));
  return tail.find(',') != tail.npos;
}

Span Grammar::range(Phrase p) const {
  return {token(p.begin).range.begin, token(p.end - 1).range.end};
}

}  // namespace quote_attribution
