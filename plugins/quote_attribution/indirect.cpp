#include "indirect.hpp"

#include <stet/plugin.h>

#include <algorithm>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

constexpr uint32_t shortest = 4;   // words of what was said
constexpr uint32_t reach = 60;     // tokens looked at
constexpr uint32_t audience = 12;  // tokens between "told" and "that"

class Reader {
 public:
  Reader(const Outline& outline, const Grammar& grammar, const Clauses& clauses)
      : outline_(outline), grammar_(grammar), clauses_(clauses) {}

  std::optional<IndirectSpeech> read(uint32_t sentence) const {
    const Sentence& s = outline_.sentences[sentence];
    if (s.end - s.begin < shortest + 2) return {};
    const uint32_t end = without_stop(s);
    if (grammar_.is_according(s.begin)) return according(sentence, end);
    for (uint32_t i = s.begin + 1; i + shortest < end && i - s.begin < reach; ++i) {
      if (!grammar_.is_report(i) || grammar_.token(i).is(weak_report)) continue;
      if (auto found = behind(i, sentence, end)) return found;
      break;
    }
    return before(sentence, end);
  }

 private:
  uint32_t without_stop(const Sentence& s) const {
    uint32_t end = s.end;
    while (end > s.begin + 1 && grammar_.token(end - 1).kind == TokenKind::stop) --end;
    return end;
  }

  std::optional<IndirectSpeech> made(uint32_t begin, uint32_t end, Attribution attribution,
                                     uint32_t sentence) const {
    if (begin + shortest > end || !attribution.speaker) return {};
    attribution.evidence = Evidence::fragment;
    return IndirectSpeech{grammar_.range({begin, end}), attribution, sentence};
  }

  // According to Jane Doe, the lamps were dark.
  std::optional<IndirectSpeech> according(uint32_t sentence, uint32_t end) const {
    const Sentence& s = outline_.sentences[sentence];
    const auto speaker = grammar_.phrase_from(s.begin + 2, end);
    if (!speaker || !grammar_.may_speak(*speaker)) return {};
    uint32_t comma = speaker->end;
    while (comma < end && grammar_.token(comma).kind != TokenKind::comma) ++comma;
    if (comma == end) return {};
    const Span cue{grammar_.token(s.begin).range.begin, grammar_.token(s.begin + 1).range.end};
    return made(comma + 1, end, {Evidence::fragment, speaker, cue}, sentence);
  }

  // Jane Doe said (that) the lamps were dark.   Jane Doe told the council that ...
  std::optional<IndirectSpeech> behind(uint32_t verb, uint32_t sentence, uint32_t end) const {
    const Sentence& s = outline_.sentences[sentence];
    const auto subject = grammar_.subject_of(verb, s.begin);
    if (!subject || !grammar_.may_speak(*subject) || subject->end > verb) return {};
    if (grammar_.word(subject->begin) == "it" || grammar_.word(subject->begin) == "It") return {};
    const Attribution attribution{Evidence::fragment, subject, grammar_.token(verb).range};
    for (uint32_t i = verb + 1; i < std::min(end, verb + audience); ++i) {
      if (grammar_.token(i).kind == TokenKind::comma) break;
      if (grammar_.word(i) != "that" || grammar_.token(i - 1).is(preposition)) continue;
      if (i + 1 < end && grammar_.token(i + 1).kind == TokenKind::comma) ++i;
      if (i + 1 < end && has_predicate(i + 1, end)) return made(i + 1, end, attribution, sentence);
      break;
    }
    const std::string_view w = grammar_.word(verb);
    constexpr std::string_view plain[] = {"said",   "says",   "say",      "added",  "adds",
                                          "stated", "states", "insisted", "insists"};
    const bool says = std::find(std::begin(plain), std::end(plain), w) != std::end(plain);
    uint32_t begin = verb + 1;
    while (begin < end && grammar_.token(begin).is(time_word | adverb) &&
           !grammar_.token(begin).is(given_name))
      ++begin;
    // "..., said Jane Doe, who has ...": the speaker, not what was said.
    const bool inverted =
        begin < end && grammar_.token(verb - 1).kind == TokenKind::comma && grammar_.token(begin).capital;
    if (!says || begin >= end || inverted || grammar_.token(begin).is(preposition | subordinator)) return {};
    if (!has_predicate(begin, end)) return {};
    return made(begin, end, attribution, sentence);
  }

  // A clause, not the object of a preposition or of a verb: a phrase and, soon, a finite verb.
  bool has_predicate(uint32_t begin, uint32_t end) const {
    const bool led = grammar_.token(begin).is(preposition | subordinator);  // "that as long as ..., they"
    const std::optional<Phrase> subject = led ? Phrase{begin, begin + 1} : grammar_.phrase_from(begin, end);
    if (!subject || grammar_.token(begin).is(conjunction)) return false;
    for (uint32_t i = subject->end; i < std::min(end, subject->end + 12); ++i) {
      const Token& t = grammar_.token(i);
      const std::string_view w = grammar_.word(i);
      const bool past = w.size() > 4 && w.substr(w.size() - 2) == "ed";
      if (t.is(auxiliary) || grammar_.is_report(i) || past) return true;
    }
    return false;
  }

  // The lamps were dark, Jane Doe said.
  std::optional<IndirectSpeech> before(uint32_t sentence, uint32_t end) const {
    const Sentence& s = outline_.sentences[sentence];
    const Attribution closing = clauses_.closing(sentence);
    if (!closing.speaker) return {};
    uint32_t comma = closing.speaker->begin;
    while (comma > s.begin && grammar_.token(comma).kind != TokenKind::comma) --comma;
    if (comma == s.begin || end - comma > reach / 2 || grammar_.token(end - 1).kind == TokenKind::colon)
      return {};
    if (!has_predicate(s.begin, comma)) return {};
    return made(s.begin, comma, closing, sentence);
  }

  const Outline& outline_;
  const Grammar& grammar_;
  const Clauses& clauses_;
};

}  // namespace

std::vector<IndirectSpeech> read_indirect(const std::vector<Block>& blocks, const Outline& outline,
                                          const Grammar& grammar, const Clauses& clauses) {
  std::vector<IndirectSpeech> found;
  const Reader reader(outline, grammar, clauses);
  for (uint32_t n = 0; n < outline.sentences.size(); ++n) {
    const Sentence& s = outline.sentences[n];
    const uint32_t kind = blocks[s.block].kind;
    if (kind != STET_PARAGRAPH && kind != STET_LIST_ITEM && kind != STET_BLOCK_QUOTE) continue;
    const auto quoted = [](const Token& t) { return t.kind == TokenKind::quote; };
    const auto first = outline.tokens.begin() + s.begin, last = outline.tokens.begin() + s.end;
    if (std::any_of(first, last, quoted)) continue;
    if (auto speech = reader.read(n)) found.push_back(*speech);
  }
  return found;
}

}  // namespace quote_attribution
