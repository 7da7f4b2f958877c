// The clause before a quotation, which leads it in or holds it. A part of clauses.hpp.
#include <algorithm>

#include "clauses.hpp"
#include "lexicon.hpp"

namespace quote_attribution {

namespace {

bool is_timing(std::string_view word) {
  for (const std::string_view w :
       {"when", "while", "after", "as", "since", "before", "until", "although", "though"})
    if (w == word) return true;
  return false;
}

}  // namespace

// Whether `cue` and what follows it lead directly into the quotation.
bool Clauses::leads_in(uint32_t token, uint32_t cue) const {
  if (token - cue > nearby) return false;
  const Token& last = grammar_.token(token - 1);
  if (last.kind == TokenKind::comma || last.kind == TokenKind::colon) return true;
  return cue + 1 == token || (cue + 2 == token && last.is(subordinator));
}

// was called by Jane Doe
std::optional<Phrase> Clauses::agent(uint32_t verb, uint32_t end) const {
  for (uint32_t i = verb + 1; i < std::min(end, verb + 4); ++i)
    if (grammar_.word(i) == "by") return grammar_.phrase_from(i + 1, end);
  return {};
}

bool Clauses::is_it(Phrase p) const {
  return p.end == p.begin + 1 && (grammar_.word(p.begin) == "it" || grammar_.word(p.begin) == "It");
}

// `The trouble, says Jane Doe, is`
std::optional<Phrase> Clauses::in_passing(uint32_t verb, uint32_t end) const {
  if (verb == 0 || verb + 1 >= end || grammar_.token(verb - 1).kind != TokenKind::comma ||
      !grammar_.token(verb + 1).capital || grammar_.token(verb).is(weak_report))
    return {};
  const auto speaker = verb_first(verb, end).speaker;
  const bool closed = speaker && speaker->end < end && grammar_.token(speaker->end).kind == TokenKind::comma;
  return closed && grammar_.may_speak(*speaker) ? speaker : std::nullopt;
}

// Whom the verb or participle at `i` makes the speaker of the quotation at `end`.
std::optional<Phrase> Clauses::speaker_by(uint32_t i, uint32_t end, uint32_t floor) const {
  std::optional<Phrase> speaker;
  if (grammar_.is_report(i)) {
    if (grammar_.word(i) == "asked" && i > floor && grammar_.token(i - 1).is(subordinator))
      return {};  // "when asked"
    const bool addressed = grammar_.word(i) == "asked" || grammar_.word(i) == "told";
    if ((addressed || grammar_.token(i).is(weak_report)) && grammar_.is_passive(i)) return agent(i, end);
    speaker = in_passing(i, end);
    if (!speaker) speaker = grammar_.subject_of(i, floor);
    if (!speaker) speaker = grammar_.main_subject(floor, i);
    // `"...," said Jane Doe, "..."`: the clause belongs to the quotation before as well.
    if (!speaker && i > 0 && i + 1 < end) speaker = verb_first(i, end).speaker;
  } else if (grammar_.is_participle(i)) {
    if (grammar_.word(i) == "reading" && grammar_.token(i - 1).kind == TokenKind::word)  // "a banner reading"
      speaker = grammar_.phrase_before(i, floor);
    if (!speaker && i > floor + 1 &&
        grammar_.token(i - 1).is(auxiliary | action))  // "is asking", "kept asking"
      speaker = grammar_.subject_of(grammar_.token(i - 1).is(action) ? i - 1 : i, floor);
    if (!speaker) speaker = grammar_.absolute_subject(i, floor);
    if (!speaker) speaker = reporter_before(i, floor);
    if (!speaker) speaker = grammar_.main_subject(floor, i);
    if (speaker && is_it(*speaker)) {  // "It helped that the mayor went about saying"
      uint32_t that = speaker->end;
      while (that < i && grammar_.word(that) != "that") ++that;
      if (const auto real = grammar_.main_subject(that + 1, i)) speaker = real;
    }
  }
  return speaker;
}

// `The lamps were dark, Jane Doe said, adding`: whoever the clause before the participle makes speak.
std::optional<Phrase> Clauses::reporter_before(uint32_t participle, uint32_t floor) const {
  uint32_t verbs = 0;
  for (uint32_t i = participle; i-- > floor + 1 && participle - i < nearby && verbs < 2;) {
    if (!grammar_.is_report(i) || grammar_.token(i).is(weak_report)) continue;
    ++verbs;
    auto speaker = grammar_.subject_of(i, floor);
    if (!speaker) speaker = verb_first(i, participle).speaker;
    const auto outer = outer_report(i, floor);
    const auto reporter = outer ? grammar_.subject_of(*outer, floor) : std::nullopt;
    if (speaker && reporter && reporter->end <= *outer && *outer < speaker->begin) speaker = reporter;
    if (speaker && grammar_.may_speak(*speaker)) return speaker;
  }
  return {};
}

// `said she thinks`, `said that the plan made them feel`: whether what `verb` says is part of a report
// further back, whose speaker it then is.
std::optional<uint32_t> Clauses::outer_report(uint32_t verb, uint32_t floor) const {
  for (uint32_t i = verb; i-- > floor;) {
    const Token& t = grammar_.token(i);
    const bool parted =
        t.kind == TokenKind::comma && i + 1 < verb && grammar_.token(i + 1).is(conjunction | subordinator);
    const bool timed = t.is(subordinator) && is_timing(grammar_.word(i));
    if (parted || timed || t.kind == TokenKind::stop || t.kind == TokenKind::colon ||
        t.kind == TokenKind::quote)
      return {};
    const bool says = (grammar_.is_report(i) || grammar_.is_participle(i)) && !t.is(weak_report);
    if (says) return i;
  }
  return {};
}

// Whether `as` or `as a` stands before the quotation: a name for something.
bool Clauses::led_by_as(uint32_t end, uint32_t floor) const {
  const uint32_t at = end > floor + 1 && grammar_.token(end - 1).is(determiner) ? end - 2 : end - 1;
  return at > floor && grammar_.word(at) == "as";
}

// `called the use of executive orders “a trick”`: a plural noun that looks like a verb.
bool Clauses::is_object(uint32_t verb, Phrase subject, uint32_t floor) const {
  if (subject.begin <= floor || subject.end != verb || !grammar_.token(verb).is(also_noun)) return false;
  uint32_t lead = subject.begin - 1;
  if (grammar_.token(lead).is(determiner) && lead > floor) --lead;
  return grammar_.token(lead).is(dubs) && (grammar_.is_report(lead) || grammar_.is_participle(lead));
}

// The report that what `speaker` says by `verb` is itself a part of, if there is one.
Attribution Clauses::holding(uint32_t verb, Phrase speaker, bool whole, uint32_t end, uint32_t floor) const {
  const Token& cue = grammar_.token(verb);
  const bool base = !cue.is(reports) && cue.is(reports_base);  // "would tell"
  const bool may_stand_alone = !cue.is(weak_report) && !base;
  if (may_stand_alone && whole) return {};
  const auto outer = outer_report(verb, floor);
  const auto reporter = outer ? speaker_by(*outer, end, floor) : std::nullopt;
  if (!reporter || *outer >= speaker.begin || reporter->end > *outer || !grammar_.may_speak(*reporter))
    return {};
  const uint32_t next = grammar_.word(*outer + 1) == "that" ? *outer + 2 : *outer + 1;
  if (may_stand_alone && next != speaker.begin) return {};  // but "said she told", "said that she told"
  return {Evidence::fragment, reporter, grammar_.token(*outer).range};
}

Attribution Clauses::before(uint32_t end, uint32_t floor) const {
  floor = std::max(floor, end > reach ? end - reach : 0);
  uint32_t verbs = 0;
  Attribution weak;  // what a verb that may report gives, should no better one stand further back
  for (uint32_t i = end; i-- > floor;) {
    if (grammar_.token(i).kind == TokenKind::quote && i + 1 == end) continue;
    if (auto source = according(i, end); source.speaker) return source;
    constexpr uint32_t near_noun = 8;
    if (end - i < near_noun)
      if (auto found = by_noun(i, end, floor, false); found.speaker) return found;
    if (!grammar_.is_report(i) && !grammar_.is_participle(i)) continue;
    if (++verbs > most_verbs) break;
    const auto speaker = speaker_by(i, end, floor);
    if (!speaker || is_object(i, *speaker, floor)) continue;
    const Token& cue = grammar_.token(i);
    const bool whole = leads_in(end, i);
    if (cue.is(action) && !whole) continue;  // reports only what it leads in
    const bool distant = end - i > 6 || (led_by_as(end, floor) && !cue.is(dubs));
    if (cue.is(weak_report) && !whole && distant) {
      if (!weak.speaker) weak = {Evidence::fragment, speaker, cue.range, true};
      continue;
    }
    if (cue.is(weak_report) && !whole && !grammar_.may_speak(*speaker)) continue;
    if (auto outer = holding(i, *speaker, whole, end, floor); outer.speaker) return outer;
    const Evidence evidence = whole                          ? Evidence::clause
                              : cue.is(dubs) && end - i <= 6 ? Evidence::complement
                                                             : Evidence::fragment;
    return {evidence, speaker, cue.range};
  }
  return weak;
}

// Whether the noun at `noun` tells what comes next: "claim that", "pledge to". `loosely`: also "remark
// about", where the words may as well be those of whoever speaks of the remark.
bool Clauses::leads_report(uint32_t noun, uint32_t end, bool loosely) const {
  constexpr uint32_t near = 5;
  if (noun + 1 == end) return loosely;
  if (grammar_.word(noun + 1) == "to") return true;
  const uint32_t last = grammar_.token(end - 1).kind == TokenKind::colon ? end - 1 : end;
  const bool is_it =
      noun + 2 == last && (grammar_.word(noun + 1) == "is" || grammar_.word(noun + 1) == "was");
  const bool worded = grammar_.token(noun).is(names_work) || grammar_.word(noun) == "message" ||
                      grammar_.word(noun) == "answer" || grammar_.word(noun) == "response";
  if (worded && is_it) return true;  // "her slogan is"
  for (const std::string_view link : {"about", "of", "on", "for"})
    if (loosely && grammar_.word(noun + 1) == link) return true;
  for (uint32_t i = noun + 1; i < std::min(end, noun + near) && !grammar_.token(i).is(auxiliary); ++i)
    if (grammar_.word(i) == "that") return true;
  return false;
}

// "her claim that", "Jane Doe's remark about"
Attribution Clauses::by_noun(uint32_t i, uint32_t end, uint32_t floor, bool loosely) const {
  const Token& t = grammar_.token(i);
  if (!t.is(speech_noun) || t.capital || !leads_report(i, end, loosely)) return {};
  const auto speaker = grammar_.possessor_of(i, floor);
  if (!speaker || !grammar_.may_speak(*speaker)) return {};
  return {Evidence::fragment, speaker, t.range};
}

// Those nouns; and "Jane Doe groused that", by a verb of no list.
Attribution Clauses::indirect(uint32_t end, uint32_t floor) const {
  floor = std::max(floor, end > nearby ? end - nearby : 0);
  for (uint32_t i = end; i-- > floor + 1;) {
    const Token& t = grammar_.token(i);
    if (t.kind == TokenKind::quote || t.kind == TokenKind::stop) break;
    if (auto found = by_noun(i, end, floor, true); found.speaker) return found;
    if (grammar_.word(i) != "that") continue;
    for (uint32_t verb = i; verb-- > floor + 1 && i - verb < 8;) {
      if (!grammar_.is_unknown_past(verb)) continue;
      const auto speaker = grammar_.subject_of(verb, floor);
      if (speaker && grammar_.may_speak(*speaker)) return {Evidence::fragment, speaker, t.range};
    }
  }
  return {};
}

}  // namespace quote_attribution
