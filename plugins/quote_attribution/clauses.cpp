#include "clauses.hpp"

#include <algorithm>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

constexpr uint32_t reach = 60;   // tokens looked at in one direction
constexpr uint32_t nearby = 14;  // tokens between a cue and the quotation it leads in

}  // namespace

uint32_t Clauses::sentence_end(uint32_t token) const {
  const Sentence& s = outline_.sentences[grammar_.token(token).sentence];
  uint32_t end = token + 1;
  while (end < s.end && end - token < reach && grammar_.token(end).kind != TokenKind::quote) {
    const bool stop = grammar_.token(end).kind == TokenKind::stop && grammar_.word(end) != ".";
    if (stop) break;
    ++end;
  }
  return end;
}

// said Jane Doe
Attribution Clauses::verb_first(uint32_t verb, uint32_t limit) const {
  const std::string_view w = grammar_.word(verb);
  if (w == "told" || w == "tells" || verb + 1 >= limit) return {};
  const Token& next = grammar_.token(verb + 1);
  if (next.is(time_word) && !next.is(given_name)) return {};
  const auto speaker = grammar_.phrase_from(verb + 1, limit);
  if (!speaker) return {};
  return {Evidence::clause, speaker, grammar_.token(verb).range};
}

// Jane Doe, the mayor of Springfield, told reporters
Attribution Clauses::subject_first(uint32_t begin, uint32_t limit) const {
  const auto subject = grammar_.phrase_from(begin, limit);
  if (!subject) return {};
  for (uint32_t i = subject->end; i < limit; ++i) {
    if (grammar_.is_report(i)) return {Evidence::clause, subject, grammar_.token(i).range};
    if (i == subject->end && grammar_.is_participle(i))
      return {Evidence::clause, subject, grammar_.token(i).range};
    if (grammar_.token(i).kind == TokenKind::colon) break;
  }
  return {};
}

// The clause directly behind a quotation. `attached`: the quotation ends in a way that a clause may follow.
Attribution Clauses::after(uint32_t token, bool attached) const {
  const uint32_t limit = sentence_end(token);
  uint32_t i = token + 1;
  bool comma = false;
  while (i < limit &&
         (grammar_.token(i).kind == TokenKind::comma || grammar_.token(i).kind == TokenKind::dash)) {
    comma = true;
    ++i;
  }
  if (i >= limit) return {};
  if (grammar_.is_according(i)) {
    const auto speaker = grammar_.phrase_from(i + 2, limit);
    if (speaker)
      return {Evidence::clause, speaker, {grammar_.token(i).range.begin, grammar_.token(i + 1).range.end}};
  }
  if (!attached && !comma) return {};
  while (i < limit && grammar_.token(i).is(adverb) && !grammar_.token(i).is(title)) ++i;
  if (i >= limit) return {};
  if (grammar_.token(i).is(subordinator) && grammar_.word(i) == "as") ++i;
  if (i >= limit) return {};
  if (grammar_.is_report(i)) return verb_first(i, limit);
  return subject_first(i, limit);
}

// ..., he said.   ..., according to Jane Doe.   at the end of a sentence that goes on behind the quotation
Attribution Clauses::trailing(uint32_t token, uint32_t limit) const {
  for (uint32_t i = token + 1; i + 1 < limit; ++i) {
    if (grammar_.token(i).kind != TokenKind::comma) continue;
    if (grammar_.is_according(i + 1)) {
      const auto speaker = grammar_.phrase_from(i + 3, limit);
      if (speaker)
        return {Evidence::fragment,
                speaker,
                {grammar_.token(i + 1).range.begin, grammar_.token(i + 2).range.end}};
    }
    const auto subject = grammar_.phrase_from(i + 1, limit);
    if (!subject || subject->end >= limit) continue;
    uint32_t verb = subject->end;
    while (verb < limit && grammar_.token(verb).is(adverb | auxiliary)) ++verb;
    if (verb < limit && grammar_.is_report(verb) && !grammar_.token(verb).is(weak_report))
      return {Evidence::fragment, subject, grammar_.token(verb).range};
  }
  return {};
}

// Whether `cue` and what follows it lead directly into the quotation.
bool Clauses::leads_in(uint32_t token, uint32_t cue) const {
  if (token - cue > nearby) return false;
  const Token& last = grammar_.token(token - 1);
  if (last.kind == TokenKind::comma || last.kind == TokenKind::colon) return true;
  return cue + 1 == token || (cue + 2 == token && last.is(subordinator));
}

Attribution Clauses::before(uint32_t end, uint32_t floor) const {
  floor = std::max(floor, end > reach ? end - reach : 0);
  Attribution weak;  // what a verb that may report gives, should no better one stand further back
  for (uint32_t i = end; i-- > floor;) {
    if (grammar_.token(i).kind == TokenKind::quote && i + 1 == end) continue;
    if (grammar_.is_according(i)) {
      const auto speaker = grammar_.phrase_from(i + 2, end);
      if (speaker)
        return {
            Evidence::fragment, speaker, {grammar_.token(i).range.begin, grammar_.token(i + 1).range.end}};
    }
    std::optional<Phrase> speaker;
    if (grammar_.is_report(i)) {
      speaker = grammar_.subject_of(i, floor);
      if (!speaker) speaker = grammar_.main_subject(floor, i);
      // `"...," said Jane Doe, "..."`: the clause belongs to the quotation before as well.
      if (!speaker && i > 0 && i + 1 < end) speaker = verb_first(i, end).speaker;
    } else if (grammar_.is_participle(i)) {
      speaker = grammar_.main_subject(floor, i);
    }
    if (!speaker) continue;
    const Token& cue = grammar_.token(i);
    const bool whole = leads_in(end, i);
    if (cue.is(weak_report) && !whole && end - i > 6) {
      if (!weak.speaker) weak = {Evidence::fragment, speaker, cue.range};
      continue;
    }
    const Evidence evidence = whole                          ? Evidence::clause
                              : cue.is(dubs) && end - i <= 6 ? Evidence::complement
                                                             : Evidence::fragment;
    return {evidence, speaker, cue.range};
  }
  return weak;
}

// Jane Doe: "..."
Attribution Clauses::label(uint32_t end, uint32_t floor) const {
  if (end == floor || grammar_.token(end - 1).kind != TokenKind::colon) return {};
  const auto speaker = grammar_.phrase_before(end - 1, floor);
  if (!speaker || speaker->begin != floor) return {};
  return {Evidence::clause, speaker, grammar_.token(end - 1).range};
}

Attribution Clauses::headline(uint32_t q) const {
  const uint32_t token = outline_.token_of_quote[q];
  const Sentence& s = outline_.sentences[grammar_.token(token).sentence];
  if (auto labelled = label(token, s.begin); labelled.speaker) return labelled;
  const uint32_t floor = std::max(token + 1, s.end > reach ? s.end - reach : 0);
  for (uint32_t i = s.end; i-- > floor;) {
    if (grammar_.token(i).kind != TokenKind::dash || i + 1 >= s.end) continue;
    const Span mark = grammar_.token(i).range;
    if (!is_space(character_before(text_, mark.begin))) continue;
    const auto speaker = grammar_.phrase_from(i + 1, s.end);
    if (speaker && speaker->end == s.end && grammar_.token(s.end - 1).capital)
      return {Evidence::fragment, speaker, mark};
    break;
  }
  return {};
}

Attribution Clauses::attribution(uint32_t q) const {
  const uint32_t token = outline_.token_of_quote[q];
  const Sentence& s = outline_.sentences[grammar_.token(token).sentence];
  const bool last_of_sentence = token + 1 >= s.end;
  const char32_t last = last_inside(text_, quotes_[q]);
  Attribution lead = token > s.begin ? before(token, s.begin) : Attribution{};
  if (lead.speaker && lead.evidence == Evidence::clause) return lead;
  if (auto labelled = label(token, s.begin); labelled.speaker) return labelled;
  if (!last_of_sentence) {
    const bool attached =
        last == ',' || last == '?' || last == '!' || is_dash(last) || last == 0x2026 || token == s.begin;
    if (auto behind = after(token, attached); behind.speaker) return behind;
  }
  if (lead.speaker) return lead;
  return last_of_sentence ? Attribution{} : trailing(token, sentence_end(token));
}

}  // namespace quote_attribution
