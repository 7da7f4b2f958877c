// Subjects: who does what a verb says, and what a sentence is about. A part of phrases.hpp.
#include <algorithm>

#include "lexicon.hpp"
#include "phrases.hpp"

namespace quote_attribution {

// "prompted" in "was prompted to say"
bool Grammar::is_moved(uint32_t i, uint32_t floor) const {
  const std::string_view w = word(i);
  return i > floor && w.size() > 4 && w.substr(w.size() - 2) == "ed" && token(i - 1).is(auxiliary) &&
         word(i + 1) == "to";
}

uint32_t Grammar::group_begin(uint32_t verb, uint32_t floor) const {
  uint32_t begin = verb;
  while (begin > floor && verb - begin < 8) {
    const Token& t = token(begin - 1);
    const std::string_view w = word(begin - 1);
    const bool helper = t.is(auxiliary) || (t.is(adverb) && !t.is(title)) || w == "then" || w == "quoted" ||
                        w == "as" || w == "to" || is_moved(begin - 1, floor) ||
                        (t.is(time_word) && t.is(adverb));
    if (!helper || (t.is(pronoun) && !t.is(adverb))) break;
    --begin;
  }
  return begin;
}

std::optional<Phrase> Grammar::subject_of(uint32_t verb, uint32_t floor) const {
  return subject_before(group_begin(verb, floor), floor, 2);
}

bool Grammar::is_relative(uint32_t i) const {
  const std::string_view w = word(i);
  if (i == 0 || (w != "who" && w != "which" && w != "that")) return false;
  const Token& previous = token(i - 1);
  if (previous.sentence != token(i).sentence) return false;
  if (w == "that")
    return is_word(previous) &&
           (previous.capital || previous.is(statement | group | role | names_work | speech_noun));
  return is_word(previous) || previous.kind == TokenKind::comma ||
         previous.kind == TokenKind::close_bracket || previous.kind == TokenKind::dash;
}

std::optional<Phrase> Grammar::antecedent(uint32_t relative) const {
  const uint32_t floor = outline_.sentences[token(relative).sentence].begin;
  uint32_t end = relative;
  if (end > floor && !is_word(token(end - 1)) && !is_name_stop(end - 1)) --end;
  const auto found = phrase_before(end, floor);
  if (!found) return {};
  const bool described = found->begin > floor + 1 && token(found->begin).is(determiner) &&
                         token(found->begin - 1).kind == TokenKind::comma;
  if (described)  // "Jane Doe, a baker who"
    if (const auto named = phrase_before(found->begin - 1, floor); named && token(named->end - 1).capital)
      return named;
  if (word(relative) != "who") return found;
  // "a reaction from Jane Doe, who": the people nearest to it, unless a person stands before the preposition.
  for (uint32_t i = found->begin; i < found->end; ++i) {
    if (token(i).is(role | given_name)) break;
    if (token(i).is(preposition) && i + 1 < found->end && may_speak({i + 1, found->end}))
      return Phrase{i + 1, found->end};
  }
  return found;
}

bool Grammar::is_date(uint32_t i) const {
  for (const std::string_view period :
       {"week", "weekend", "month", "year", "night", "morning", "afternoon", "evening"})
    if (word(i) == period)
      return i > 0 && (token(i - 1).is(time_word) || word(i - 1) == "this" || word(i - 1) == "that" ||
                       word(i - 1) == "This");
  return (token(i).is(time_word) && !token(i).is(given_name)) || token(i).kind == TokenKind::number;
}

// "Jane Doe shook her head and said": the subject of the nearest verb before the conjunction.
std::optional<Phrase> Grammar::subject_of_coordinate(uint32_t conjunction, uint32_t floor) const {
  constexpr uint32_t near = 24;  // tokens
  for (uint32_t i = conjunction; i-- > floor + 1 && conjunction - i < near;) {
    const Token& t = token(i);
    if (t.kind == TokenKind::stop || t.kind == TokenKind::colon) break;
    const bool acts = (t.is(action) && !t.capital) ||
                      (is_unknown_past(i) && (token(i - 1).capital || token(i - 1).is(pronoun)));
    if (!is_report(i) && !acts) continue;
    const uint32_t group = group_begin(i, floor);
    if (group <= floor || token(group - 1).is(quote_attribution::conjunction) || !is_word(token(group - 1)))
      continue;
    if (is_relative(group - 1) && !acts) return Phrase{group - 1, group};
    const auto found = phrase_before(group, floor);
    if (!found || !may_speak(*found) || is_date(found->end - 1)) continue;
    if (found->begin == floor) return found;
    // "said they found it and added": what they found belongs to what was said before.
    const uint32_t lead = word(found->begin - 1) == "that" ? found->begin - 2 : found->begin - 1;
    if (lead < floor || !is_report(lead)) return found;
  }
  return main_subject(floor, conjunction + 1);
}

// `Jane Doe, the mayor, said`, `Jane Doe (Liberal) said`, `Jane Doe - the mayor - said`.
std::optional<Phrase> Grammar::subject_before_comma(uint32_t group, uint32_t floor) const {
  const TokenKind closing = token(group - 1).kind;
  const TokenKind opening = closing == TokenKind::close_bracket ? TokenKind::open_bracket : closing;
  uint32_t open = group - 1;
  while (open > floor && closing == TokenKind::dash && token(open - 1).kind == TokenKind::dash) --open;  // --
  while (open > floor && group - open < longest_clause) {
    if (token(--open).kind != opening) continue;
    const auto found = phrase_before(open, floor);
    const bool coordinate = open + 1 < group && token(open + 1).is(conjunction);
    if (found && !coordinate) return before_apposition(before_relative(*found, floor), floor);
    break;
  }
  return main_subject(floor, group);
}

// `detours`: how many "in 2010", "on Monday" between the subject and its verb are stepped over.
std::optional<Phrase> Grammar::subject_before(uint32_t group, uint32_t floor, int detours) const {
  while (group > floor + 2 && is_date(group - 1) && (word(group - 2) == "on" || word(group - 2) == "in"))
    group -= 2;  // "the mayor on Tuesday"
  if (group > floor + 2 && is_date(group - 1) && is_word(token(group - 1)) && !token(group - 1).is(time_word))
    group -= 2;  // "last week"
  if (group <= floor) return {};
  const Token& before = token(group - 1);
  if (before.is(conjunction)) return subject_of_coordinate(group - 1, floor);
  if (is_relative(group - 1)) return Phrase{group - 1, group};
  if (before.kind == TokenKind::comma || before.kind == TokenKind::dash ||
      before.kind == TokenKind::close_bracket)
    return subject_before_comma(group, floor);
  const auto found = phrase_before(group, floor);
  if (!found || detours == 0 || !is_circumstance(*found, floor)) return found;
  const uint32_t lead = group_begin(found->begin - 1, floor);
  const auto further = subject_before(lead, floor, detours - 1);
  return further ? further : found;
}

// "Jane Doe, who lives outside of the county seat, Westhaven, said": whom the relative clause is about.
Phrase Grammar::before_relative(Phrase found, uint32_t floor) const {
  for (uint32_t i = found.begin; i-- > floor + 1 && found.begin - i < longest_phrase;) {
    if (token(i).kind == TokenKind::quote || is_report(i)) break;
    if ((word(i) != "who" && word(i) != "which") || token(i - 1).is(preposition)) continue;
    const auto about = phrase_before(token(i - 1).kind == TokenKind::comma ? i - 1 : i, floor);
    return about ? *about : found;
  }
  return found;
}

// "Jane Doe, head of the harbour, Port Office, said", "Jane Doe, at a meeting in Westhaven, said": what
// stands right before the commas may be no more than a part of what describes the subject.
Phrase Grammar::before_apposition(Phrase found, uint32_t floor) const {
  if (found.begin < floor + 2) return found;
  uint32_t comma = found.begin - 1;
  if (token(comma).is(preposition)) --comma;
  if (comma <= floor || token(comma).kind != TokenKind::comma) return found;
  const auto further = main_subject(floor, comma);
  if (!further || !token(further->end - 1).capital) return found;
  for (uint32_t i = further->end; i < comma; ++i) {  // "Jane Doe, 22, of Alder Lane, Westhaven, said"
    const Token& t = token(i);
    const bool address = t.kind == TokenKind::comma || t.kind == TokenKind::number ||
                         t.kind == TokenKind::stop || (t.capital && is_word(t)) || t.is(preposition);
    if (!address) return found;
  }
  return *further;
}

// "in 2010", "at a rally", "in the past": a preposition before it, and nobody in it.
bool Grammar::is_circumstance(Phrase p, uint32_t floor) const {
  if (p.begin <= floor + 1 || !token(p.begin - 1).is(preposition)) return false;
  const std::string_view w = word(p.begin - 1);
  const bool occasion = (w == "in" || w == "at" || w == "during" || w == "on" || w == "after") &&
                        token(p.begin).is(determiner) && !token(p.begin).is(masculine | feminine) &&
                        !token(p.end - 1).capital;
  return !may_speak(p) || (occasion && token(p.end - 1).is(statement));
}

std::optional<Phrase> Grammar::absolute_subject(uint32_t i, uint32_t floor) const {
  uint32_t end = i;
  while (end > floor + 1 && token(end - 1).is(adverb)) --end;
  const auto found = phrase_before(end, floor);
  if (!found || !may_speak(*found)) return {};
  if (found->begin > floor && word(found->begin - 1) == "with") return found;
  // "of Jane Doe privately saying", but not "she left Westhaven saying"
  const Token& head = token(found->end - 1);
  const bool led = found->begin > floor &&
                   (word(found->begin - 1) == "of" || token(found->begin - 1).is(conjunction | auxiliary) ||
                    !is_word(token(found->begin - 1)));
  const bool named = head.capital && !head.is(place | time_word | group) && led;
  return named ? found : std::optional<Phrase>();
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

// Behind what no subject begins with, from `i` on.
uint32_t Grammar::skip_lead(uint32_t i, uint32_t end) const {
  for (; i < end; ++i) {
    const Token& t = token(i);
    if (t.kind == TokenKind::open_bracket) {  // "WESTHAVEN (Tide) - The mayor"
      while (i + 1 < end && token(i).kind != TokenKind::close_bracket) ++i;
      continue;
    }
    const bool mark = t.kind != TokenKind::word && t.kind != TokenKind::number && t.kind != TokenKind::colon;
    const bool year = t.kind == TokenKind::number && i + 1 < end && !is_word(token(i + 1));
    const bool small =
        (t.is(conjunction | adverb) && !t.is(title | pronoun)) || (t.is(time_word) && !t.is(given_name));
    if (!mark && !year && !small && !is_report(i)) break;
  }
  return std::min(i, end);
}

bool Grammar::may_count(uint32_t i) const {
  const std::string_view w = word(i);
  return w == "about" || w == "over" || w == "About" || w == "Over" || w == "around" || w == "Around";
}

std::optional<Phrase> Grammar::main_subject(uint32_t begin, uint32_t end) const {
  uint32_t i = begin;
  end = std::min(end, begin + longest_clause);
  for (int leads = 0; leads < 6 && i < end; ++leads) {
    i = skip_lead(i, end);
    if (i >= end) return {};
    const bool counts = token(i).is(preposition) && i + 2 < end && token(i + 1).kind == TokenKind::number;
    if (counts && may_count(i)) i += 2;  // "about 200 protesters"
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
  // "Asked on Monday whether ..., Jane Doe said"
  const bool ed = w.size() > 4 && w.substr(w.size() - 2) == "ed" && token(i).capital &&
                  i + 1 < outline_.tokens.size() && outline_.sentences[token(i).sentence].begin == i &&
                  (token(i + 1).is(preposition | subordinator) || word(i + 1) == "whether") &&
                  !token(i).is(given_name);
  return ed || token(i).is(reporting) ||
         (ing && is_word(token(i)) && !(i + 1 < outline_.tokens.size() && is_report(i + 1)));
}

// "In Harbour City, Ohio, on Tuesday, ...": places and times between commas.
bool Grammar::only_sets_scene(Phrase p, uint32_t end) const {
  if (p.end >= end) return false;
  if (word(p.end) == "later" || word(p.end) == "ago" || word(p.end) == "earlier") return !may_speak(p);
  if (token(p.end).kind != TokenKind::comma) return false;
  if (is_date(p.end - 1) && is_word(token(p.end - 1))) return true;  // "Eight years ago," "Last week,"
  for (uint32_t i = p.begin; i < p.end; ++i) {
    const bool state = word(i).size() == 2 && is_upper(static_cast<unsigned char>(word(i)[1]));  // OH
    const bool scene =
        token(i).is(place | time_word | abbreviation) || state || token(i).kind == TokenKind::stop;
    if (!scene || token(i).is(given_name)) return false;
  }
  return true;
}

}  // namespace quote_attribution
