#include "clauses.hpp"

#include <algorithm>

#include "lexicon.hpp"

namespace quote_attribution {

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

// according to Jane Doe
Attribution Clauses::according(uint32_t i, uint32_t limit) const {
  const auto speaker = grammar_.is_according(i) ? grammar_.phrase_from(i + 2, limit) : std::nullopt;
  if (!speaker) return {};
  return {Evidence::fragment, speaker, {grammar_.token(i).range.begin, grammar_.token(i + 1).range.end}};
}

// said Jane Doe
Attribution Clauses::verb_first(uint32_t verb, uint32_t limit) const {
  const std::string_view w = grammar_.word(verb);
  if (w == "told" || w == "tells" || verb + 1 >= limit) return {};
  const Token& next = grammar_.token(verb + 1);
  if ((next.is(time_word) && !next.is(given_name)) || grammar_.word(verb + 1) == "that") return {};
  const bool counted = next.kind == TokenKind::number;  // "said 9/11 widow Jane Doe"
  uint32_t first = verb + 1;
  while (counted && first < limit && grammar_.token(first).kind != TokenKind::word) ++first;
  const auto speaker = grammar_.phrase_from(first, limit);
  if (!speaker || (counted && !grammar_.may_speak(*speaker))) return {};
  return {Evidence::clause, speaker, grammar_.token(verb).range};
}

// Jane Doe, the mayor of Springfield, told reporters
Attribution Clauses::subject_first(uint32_t begin, uint32_t limit) const {
  const auto subject = grammar_.phrase_from(begin, limit);
  if (!subject || grammar_.word(begin) == "that") return {};
  for (uint32_t i = subject->end; i < limit; ++i) {
    if (grammar_.is_report(i)) return {Evidence::clause, subject, grammar_.token(i).range};
    if (i == subject->end && grammar_.is_participle(i))
      return {Evidence::clause, subject, grammar_.token(i).range};
    if (grammar_.token(i).kind == TokenKind::colon) break;
  }
  return {};
}

// “...” – Jane Doe, harbour master.
Attribution Clauses::signature(uint32_t i, uint32_t limit) const {
  constexpr uint32_t longest_signature = 12;  // tokens
  const auto speaker = grammar_.phrase_from(i, limit);
  if (!speaker || !grammar_.token(i).capital || !grammar_.may_speak(*speaker) ||
      limit - i > longest_signature)
    return {};
  for (uint32_t k = i; k < limit; ++k)
    if (grammar_.is_report(k) || grammar_.token(k).is(auxiliary | conjunction | subordinator)) return {};
  return {Evidence::clause, speaker, grammar_.token(i - 1).range};
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
  if (auto source = according(i, limit); source.speaker) {
    source.evidence = Evidence::clause;
    return source;
  }
  if (!attached && !comma) return {};
  while (i < limit && grammar_.token(i).is(adverb) && !grammar_.token(i).is(title)) ++i;
  if (i >= limit) return {};
  if (grammar_.token(i).is(subordinator) && grammar_.word(i) == "as") ++i;
  if (i >= limit) return {};
  if (grammar_.is_report(i)) return verb_first(i, limit);
  const bool dash = grammar_.token(i - 1).kind == TokenKind::dash;
  if (auto signed_by = dash ? signature(i, limit) : Attribution{}; signed_by.speaker) return signed_by;
  return subject_first(i, limit);
}

// `according to Jane Doe`, `said Jane Doe`, `Jane Doe, the mayor, said` at `i`, and nothing weaker.
Attribution Clauses::clause_at(uint32_t i, uint32_t limit) const {
  if (i >= limit) return {};
  if (grammar_.is_according(i)) return according(i, limit);
  if (grammar_.is_report(i) && !grammar_.token(i).is(weak_report)) {
    Attribution inverted = verb_first(i, limit);
    if (!inverted.speaker || !grammar_.may_speak(*inverted.speaker)) return {};
    inverted.evidence = Evidence::fragment;
    return inverted;
  }
  const auto subject = grammar_.phrase_from(i, limit);
  if (!subject) return {};
  uint32_t verb = subject->end;
  if (verb < limit && grammar_.token(verb).kind == TokenKind::comma) {  // an apposition
    ++verb;
    while (verb < limit && verb - subject->end < nearby && grammar_.token(verb).kind != TokenKind::comma)
      ++verb;
    ++verb;
  }
  while (verb < limit && grammar_.token(verb).is(adverb | auxiliary)) ++verb;
  if (verb >= limit || !grammar_.is_report(verb) || grammar_.token(verb).is(weak_report)) return {};
  return {Evidence::fragment, subject, grammar_.token(verb).range};
}

// ..., he said.   ..., according to Jane Doe.   at the end of a sentence that goes on behind the quotation
Attribution Clauses::trailing(uint32_t token, uint32_t limit) const {
  for (uint32_t i = token; i + 1 < limit; ++i) {
    const Token& t = grammar_.token(i);
    if (t.kind == TokenKind::stop && grammar_.word(i) != ".") break;
    if (t.kind != TokenKind::comma && (i == token || !grammar_.ends_in_comma(i))) continue;
    if (auto found = clause_at(i + 1, limit); found.speaker) return found;
  }
  return {};
}

Attribution Clauses::closing(uint32_t sentence) const {
  const Sentence& s = outline_.sentences[sentence];
  Attribution last;
  for (uint32_t i = std::max(s.begin, s.end > reach ? s.end - reach : 0); i + 1 < s.end; ++i) {
    if (grammar_.token(i).kind != TokenKind::comma && !grammar_.ends_in_comma(i)) continue;
    if (auto found = clause_at(i + 1, s.end); found.speaker && s.end - found.speaker->end < nearby)
      last = found;
  }
  return last;
}

// Jane Doe: "..."   Jane Doe, The Daily Tide: "..."   More from the report: "..."
Attribution Clauses::label(uint32_t end, uint32_t floor) const {
  if (end == floor || grammar_.token(end - 1).kind != TokenKind::colon) return {};
  const uint32_t colon = end - 1;
  if (colon - floor > reach) return {};
  uint32_t begin = floor;
  for (uint32_t i = floor; i < colon; ++i) {
    const bool dash = grammar_.token(i).kind == TokenKind::dash;
    if (dash || grammar_.word(i) == "from" || grammar_.word(i) == "From" || grammar_.word(i) == "Here")
      begin = i + 1;
    if (grammar_.is_according(i)) begin = i + 2;
  }
  const auto speaker = grammar_.phrase_from(begin, colon);
  if (!speaker || !grammar_.may_speak(*speaker) || grammar_.token(begin).is(adverb)) return {};
  uint32_t rest = speaker->end;
  const bool appended =
      rest < colon && grammar_.token(begin).capital &&
      (grammar_.token(rest).kind == TokenKind::comma || grammar_.token(rest).is(preposition));
  while (appended && rest < colon && !grammar_.is_report(rest) &&
         !grammar_.token(rest).is(auxiliary | pronoun))
    ++rest;
  if (rest != colon) return {};
  return {Evidence::clause, speaker, grammar_.token(colon).range};
}

// Jane Doe had an answer for them: "..."
Attribution Clauses::colon(uint32_t end, uint32_t floor) const {
  if (end == floor || grammar_.token(end - 1).kind != TokenKind::colon) return {};
  const auto subject = grammar_.main_subject(floor, end - 1);
  if (!subject || !grammar_.may_speak(*subject) || grammar_.token(subject->begin).is(adverb)) return {};
  const Token& owner = grammar_.token(subject->begin);
  if (subject->end + 1 == end && owner.is(determiner) && owner.is(masculine | feminine))  // "Her answer: "
    return {Evidence::clause, Phrase{subject->begin, subject->begin + 1}, grammar_.token(end - 1).range};
  if (is_it(*subject)) return {};
  return {Evidence::clause, subject, grammar_.token(end - 1).range};
}

Attribution Clauses::credit_line(uint32_t block) const {
  const uint32_t s = outline_.first_sentence_of_block[block];
  if (s == outline_.first_sentence_of_block[block + 1]) return {};
  const Sentence& line = outline_.sentences[s];
  constexpr uint32_t longest_credit = 14;  // tokens
  if (grammar_.token(line.begin).kind != TokenKind::dash || line.end - line.begin > longest_credit) return {};
  const auto speaker = grammar_.phrase_from(line.begin + 1, line.end);
  if (!speaker || !grammar_.token(line.begin + 1).capital) return {};
  return {Evidence::clause, speaker, grammar_.token(line.begin).range};
}

Attribution Clauses::leading(uint32_t sentence) const {
  const Sentence& s = outline_.sentences[sentence];
  if (grammar_.token(s.end - 1).kind != TokenKind::colon) return {};
  Attribution led = before(s.end - 1, s.begin);
  if (!led.speaker) led = label(s.end, s.begin);
  if (!led.speaker) led = colon(s.end, s.begin);
  led.evidence = Evidence::clause;
  return led;
}

Attribution Clauses::reported_in(uint32_t sentence) const {
  const Sentence& s = outline_.sentences[sentence];
  if (Attribution last = closing(sentence); last.speaker) return last;
  const Attribution led = before(s.end, s.begin);
  const bool subject = led.speaker && !led.cue.empty() && led.speaker->begin <= s.begin + 2;
  return subject && is_plain_report(led) ? led : Attribution{};
}

// `Calling it “a mess,” Jane Doe left.`
Attribution Clauses::led_by_participle(uint32_t token, const Sentence& s) const {
  uint32_t i = s.begin;
  while (i < token && i - s.begin < nearby &&
         grammar_.token(i).is(preposition | subordinator | adverb | conjunction))
    ++i;
  if (i == token || !grammar_.token(i).is(reporting)) return {};
  const auto subject = grammar_.main_subject(token + 1, s.end);
  if (!subject || !grammar_.may_speak(*subject)) return {};
  return {Evidence::fragment, subject, grammar_.token(i).range};
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

// Whether `found` has a verb that cannot but report.
bool Clauses::is_plain_report(const Attribution& found) const {
  return found.speaker && grammar_.may_speak(*found.speaker) &&
         (classes_of(slice(text_, found.cue)) & weak_report) == 0;
}

Attribution Clauses::attribution(uint32_t q) const {
  const uint32_t token = outline_.token_of_quote[q];
  const Sentence& s = outline_.sentences[grammar_.token(token).sentence];
  const bool last_of_sentence = token + 1 >= s.end;
  const char32_t last = last_inside(text_, quotes_[q]);
  if (auto labelled = label(token, s.begin); labelled.speaker) return labelled;
  Attribution lead = token > s.begin ? before(token, s.begin) : Attribution{};
  // `He cannot say that “it was so,” Doe added`: a clause behind the comma says more than one that leads in.
  if (lead.speaker && lead.evidence != Evidence::complement && !last_of_sentence && last == ',')
    if (auto behind = after(token, true); is_plain_report(behind)) return behind;
  if (lead.speaker && lead.evidence == Evidence::clause) return lead;
  const bool object = lead.speaker && lead.evidence == Evidence::complement &&
                      grammar_.token(token - 1).kind == TokenKind::word;
  if (object) return lead;
  if (!last_of_sentence) {
    const bool attached =
        last == ',' || last == '?' || last == '!' || is_dash(last) || last == 0x2026 || token == s.begin;
    const auto behind = after(token, attached);
    const bool better = behind.speaker && (!lead.speaker || lead.weak || is_plain_report(behind));
    if (better) return behind;
  }
  if (lead.speaker && !lead.weak) return lead;
  if (!last_of_sentence) {
    if (auto behind = trailing(token, sentence_end(token)); behind.speaker) return behind;
    if (auto behind = trailing(token, std::min(s.end, token + reach)); behind.speaker) return behind;
  }
  return lead.speaker || token == s.begin ? lead : loosest(token, s);
}

// What attributes less plainly than any clause: a participle, a colon, a noun.
Attribution Clauses::loosest(uint32_t token, const Sentence& s) const {
  if (auto led = led_by_participle(token, s); led.speaker) return led;
  const Attribution led = colon(token, s.begin);
  return led.speaker ? led : indirect(token, s.begin);
}

}  // namespace quote_attribution
