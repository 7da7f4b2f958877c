#include "phrases.hpp"

#include <algorithm>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

constexpr uint32_t longest_phrase = 24;  // tokens
constexpr uint32_t longest_clause = 60;

bool is_word(const Token& t) {
  return t.kind == TokenKind::word;
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
    const bool plural = is_word(previous) && previous.is(role | statement) && word(i - 1).back() == 's';
    return modal || plural || (previous.is(pronoun) && !previous.is(masculine | feminine));
  }
  const bool noun_like = t.is(also_noun | role | statement | names_work | reports_base);
  if (noun_like && (previous.possessive || !may_be_subject(i))) return false;
  if (previous.is(determiner) && !previous.is(pronoun) && (noun_like || is_article(word(i - 1))))
    return false;
  return !(previous.is(preposition) && !previous.is(adverb)) || !noun_like;
}

// "the pundit claims that", not "baseless claims" or "50 states": what stands before a form that could as
// well be a plural noun.
bool Grammar::may_be_subject(uint32_t i) const {
  const Token& previous = token(i - 1);
  if (!is_word(previous)) return previous.kind != TokenKind::number;
  if (previous.is(place)) return leads_clause(i);
  const bool noun = previous.capital || previous.is(pronoun | role | group | statement | adverb | auxiliary |
                                                    conjunction | subordinator | time_word);
  return noun || leads_clause(i);
}

bool Grammar::leads_clause(uint32_t i) const {
  if (i + 1 >= outline_.tokens.size()) return false;
  const Token& next = token(i + 1);
  return next.kind == TokenKind::quote || next.kind == TokenKind::comma || next.kind == TokenKind::colon ||
         next.is(pronoun | subordinator) || word(i + 1) == "that";
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
  if (t.is(auxiliary) || is_report(i) || is_participle(i)) return true;
  if (t.is(subordinator) && !t.is(determiner)) return true;
  if (t.is(pronoun) && !t.is(determiner)) return true;
  if (t.is(time_word) && i > begin + 1 && !t.is(given_name)) return true;
  const bool more = i + 1 < limit && is_word(token(i + 1));
  if (t.is(conjunction)) return !(more && token(i - 1).capital && token(i + 1).capital);
  if (t.is(preposition)) return !(more && is_link(word(i)) && !token(i + 1).is(time_word));
  if (t.is(adverb) && !t.is(title)) return true;
  const std::string_view w = word(i);
  const bool acts = i > begin + 1 && more && t.classes == 0 && w.size() > 4 &&
                    w.substr(w.size() - 2) == "ed" && token(i + 1).is(determiner | pronoun | preposition);
  if (acts) return true;  // "the town released a statement"
  const bool adjective = i == begin + 1 && outline_.sentences[t.sentence].begin == begin &&
                         !token(begin).is(given_name) && more &&
                         (leads_to_noun(begin) || word(i + 1) == "of");
  if (adjective) return false;  // "Small groups of", "Senior officials"
  const Token& previous = token(i - 1);
  const bool after_name =
      previous.capital && !previous.possessive && !previous.is(title | place | group | role);
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
    if (t.is(conjunction) && !(i > floor && token(i - 1).capital && begin < end && token(begin).capital))
      break;
    if (t.is(preposition) && !is_link(word(i)) && word(i) != "in" && word(i) != "on") break;
    if (is_report(i) || (is_participle(i) && !t.capital)) break;
    begin = i;
    const bool linked = i > floor && token(i - 1).is(preposition);
    if (t.is(determiner) && !linked) break;
  }
  while (begin < end &&
         (token(begin).is(preposition | conjunction) || (token(begin).is(adverb) && !token(begin).is(title))))
    ++begin;
  if (begin == end) return {};
  return Phrase{begin, end};
}

uint32_t Grammar::group_begin(uint32_t verb, uint32_t floor) const {
  uint32_t begin = verb;
  while (begin > floor && verb - begin < 8) {
    const Token& t = token(begin - 1);
    const std::string_view w = word(begin - 1);
    const bool helper = t.is(auxiliary) || (t.is(adverb) && !t.is(title)) || w == "then" || w == "quoted" ||
                        w == "as" || w == "to" || (t.is(time_word) && t.is(adverb));
    if (!helper || (t.is(pronoun) && !t.is(adverb))) break;
    --begin;
  }
  return begin;
}

std::optional<Phrase> Grammar::subject_of(uint32_t verb, uint32_t floor) const {
  return subject_before(group_begin(verb, floor), floor, 2);
}

bool Grammar::is_date(uint32_t i) const {
  return (token(i).is(time_word) && !token(i).is(given_name)) || token(i).kind == TokenKind::number;
}

// `detours`: how many "in 2010", "on Monday" between the subject and its verb are stepped over.
std::optional<Phrase> Grammar::subject_before(uint32_t group, uint32_t floor, int detours) const {
  while (group > floor + 2 && is_date(group - 1) && (word(group - 2) == "on" || word(group - 2) == "in"))
    group -= 2;  // "the mayor on Tuesday"
  if (group <= floor) return {};
  const Token& before = token(group - 1);
  if (before.is(conjunction)) return main_subject(floor, group);
  if (word(group - 1) == "who" || word(group - 1) == "which") {
    const bool comma = group >= floor + 2 && token(group - 2).kind == TokenKind::comma;
    return phrase_before(group - 1 - (comma ? 1 : 0), floor);
  }
  if (before.kind == TokenKind::comma || before.kind == TokenKind::dash ||
      before.kind == TokenKind::close_bracket) {
    const bool bracket = before.kind == TokenKind::close_bracket;
    uint32_t open = group - 1;
    while (open > floor && group - open < longest_clause) {
      --open;
      const TokenKind kind = token(open).kind;
      if (bracket ? kind == TokenKind::open_bracket : kind == before.kind) {
        if (const auto found = phrase_before(open, floor)) {
          const bool coordinate = open + 1 < group && token(open + 1).is(conjunction);
          if (!coordinate) return before_apposition(*found, floor);
        }
        break;
      }
    }
    return main_subject(floor, group);
  }
  const auto found = phrase_before(group, floor);
  if (!found || detours == 0 || !is_circumstance(*found, floor)) return found;
  const uint32_t lead = group_begin(found->begin - 1, floor);
  const auto further = subject_before(lead, floor, detours - 1);
  return further ? further : found;
}

// "Jane Doe, head of the harbour, Port Office, said", "Jane Doe, at a meeting in Westhaven, said": what
// stands right before the commas may be no more than a part of what describes the subject.
Phrase Grammar::before_apposition(Phrase found, uint32_t floor) const {
  if (found.begin < floor + 2) return found;
  uint32_t comma = found.begin - 1;
  if (token(comma).is(preposition)) --comma;
  if (comma <= floor || token(comma).kind != TokenKind::comma) return found;
  const auto further = main_subject(floor, comma);
  const bool named = further && further->end == comma && token(further->end - 1).capital;
  return named ? *further : found;
}

// "in 2010", "at a rally", "in the past": a preposition before it, and nobody in it.
bool Grammar::is_circumstance(Phrase p, uint32_t floor) const {
  return p.begin > floor + 1 && token(p.begin - 1).is(preposition) && !may_speak(p);
}

bool Grammar::may_speak(Phrase p) const {
  for (uint32_t i = p.begin; i < p.end; ++i) {
    const Token& t = token(i);
    if (t.is(pronoun | role | group | statement) || (t.is(determiner) && t.is(masculine | feminine)))
      return true;
    if (t.capital && !t.is(determiner | time_word | place)) return true;
  }
  return false;
}

std::optional<Phrase> Grammar::absolute_subject(uint32_t i, uint32_t floor) const {
  const auto found = phrase_before(i, floor);
  if (!found || found->begin == floor || word(found->begin - 1) != "with" || !may_speak(*found)) return {};
  return found;
}

std::optional<Phrase> Grammar::possessor_of(uint32_t noun, uint32_t floor) const {
  for (uint32_t k = noun; k-- > floor && noun - k < 4;) {
    const Token& t = token(k);
    if (!is_word(t)) return {};
    if (t.is(determiner) && t.is(masculine | feminine)) return Phrase{k, k + 1};
    if (t.possessive && !t.capital) return phrase_before(k + 1, floor);
    if (t.possessive) {
      uint32_t begin = k;
      while (begin > floor && (token(begin - 1).capital || is_name_stop(begin - 1))) --begin;
      return Phrase{begin, k + 1};
    }
    if (t.is(determiner | preposition | conjunction | auxiliary)) return {};
  }
  return {};
}

// "was called", "had been described".
bool Grammar::is_passive(uint32_t verb) const {
  uint32_t i = verb;
  while (i > 0 && verb - i < 3 && token(i - 1).is(adverb)) --i;
  if (i == 0 || word(verb).back() == 's') return false;
  const std::string_view helper = word(i - 1);
  for (const std::string_view form :
       {std::string_view("was"), std::string_view("were"), std::string_view("been"),
        std::string_view("being"), std::string_view("is"), std::string_view("are")})
    if (helper == form) return true;
  return false;
}

bool Grammar::is_unknown_past(uint32_t i) const {
  const Token& t = token(i);
  const std::string_view w = word(i);
  return is_word(t) && !t.capital && t.classes == 0 && w.size() > 5 && w.substr(w.size() - 2) == "ed" &&
         i > 0 && !token(i - 1).is(determiner | auxiliary) && !token(i - 1).possessive;
}

std::optional<Phrase> Grammar::main_subject(uint32_t begin, uint32_t end) const {
  uint32_t i = begin;
  end = std::min(end, begin + longest_clause);
  for (int leads = 0; leads < 4 && i < end; ++leads) {
    while (i < end) {
      const Token& t = token(i);
      const bool skip =
          t.kind == TokenKind::comma || t.kind == TokenKind::quote || t.kind == TokenKind::dash ||
          t.kind == TokenKind::other || t.kind == TokenKind::stop || is_report(i) ||
          (t.is(conjunction | adverb) && !t.is(title | pronoun)) || (t.is(time_word) && !t.is(given_name));
      if (!skip) break;
      ++i;
    }
    if (i >= end) return {};
    const bool led = token(i).is(preposition | subordinator) && !token(i).is(determiner);
    if (!led && !is_leading_participle(i)) {
      const auto found = phrase_from(i, end);
      if (!found || !only_sets_scene(*found, end)) return found;
    }
    while (i < end && token(i).kind != TokenKind::comma && token(i).kind != TokenKind::dash &&
           !ends_in_comma(i))
      ++i;
  }
  return {};
}

bool Grammar::is_leading_participle(uint32_t i) const {
  const std::string_view w = word(i);
  const bool ing =
      w.size() > 5 && w.substr(w.size() - 3) == "ing" && !token(i).is(role | group | title | determiner);
  return token(i).is(reporting) ||
         (ing && is_word(token(i)) && !(i + 1 < outline_.tokens.size() && is_report(i + 1)));
}

// "In Harbour City, Ohio, on Tuesday, ...": places and times between commas.
bool Grammar::only_sets_scene(Phrase p, uint32_t end) const {
  if (p.end >= end || token(p.end).kind != TokenKind::comma) return false;
  for (uint32_t i = p.begin; i < p.end; ++i)
    if (!token(i).is(place | time_word | abbreviation) || token(i).is(given_name)) {
      const bool stop = token(i).kind == TokenKind::stop;
      if (!stop) return false;
    }
  return true;
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
