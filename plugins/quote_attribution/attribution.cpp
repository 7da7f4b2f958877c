#include "attribution.hpp"

#include <stet/plugin.h>

#include <algorithm>

#include "clauses.hpp"
#include "lexicon.hpp"

namespace quote_attribution {

namespace {

class Attributor {
 public:
  Attributor(std::string_view text, const std::vector<Block>& blocks, const std::vector<Quote>& quotes,
             const Outline& outline, const Grammar& grammar, People& people)
      : text_(text),
        blocks_(blocks),
        quotes_(quotes),
        outline_(outline),
        grammar_(grammar),
        people_(people),
        clauses_(text, quotes, outline, grammar),
        found_(quotes.size()) {}

  std::vector<Attribution> all() {
    for (uint32_t q = 0; q < quotes_.size(); ++q) {
      found_[q] = clauses_.attribution(q);
      if (!found_[q].speaker && blocks_[quotes_[q].block].kind == STET_TITLE)
        found_[q] = clauses_.headline(q);
      if (!found_[q].speaker) found_[q] = continued(q);
      if (!found_[q].speaker) found_[q] = credit(q);
      if (!found_[q].speaker) found_[q] = carried(q);
      if (!found_[q].speaker && blocks_[quotes_[q].block].kind == STET_LIST_ITEM) found_[q] = list_lead(q);
      if (found_[q].speaker && found_[q].evidence != Evidence::carried)
        people_.note_speaker(*found_[q].speaker);
    }
    for (uint32_t q = static_cast<uint32_t>(quotes_.size()); q-- > 0;)
      if (!found_[q].speaker) found_[q] = from_next(q);
    return std::move(found_);
  }

 private:
  static constexpr auto spaces_of_term = 2;  // inside of words that may be no more than a term

  // Whether the quotation is a sentence by itself, so that somebody must have been named before it.
  bool is_sentence(uint32_t q) const {
    const Sentence& s = outline_.sentences[token_of(q).sentence];
    const uint32_t behind = outline_.token_of_quote[q] + 1;
    if (behind - 1 != s.begin) return false;
    return behind >= s.end || (behind + 1 == s.end && grammar_.token(behind).kind == TokenKind::stop);
  }

  const Token& token_of(uint32_t q) const { return outline_.tokens[outline_.token_of_quote[q]]; }

  Attribution carry(uint32_t from) const { return {Evidence::carried, found_[from].speaker, {}}; }

  bool same_sentence(uint32_t a, uint32_t b) const {
    return b < quotes_.size() && quotes_[b].block == quotes_[a].last_block &&
           token_of(a).sentence == token_of(b).sentence;
  }

  // `... “so,” she said. Adding, “...”`; `called it “this” and “that”`.
  Attribution continued(uint32_t q) const {
    const uint32_t begin = outline_.sentences[token_of(q).sentence].begin;
    const Token& first = outline_.tokens[begin];
    if (q > 0 && same_sentence(q - 1, q) && found_[q - 1].speaker)
      return {Evidence::fragment, found_[q - 1].speaker, found_[q - 1].cue};
    const bool goes_on = first.is(reporting) && first.capital && begin < outline_.token_of_quote[q];
    if (!goes_on || token_of(q).sentence == outline_.first_sentence_of_block[quotes_[q].block]) return {};
    const uint32_t before = token_of(q).sentence - 1;
    Attribution led = clauses_.closing(before);
    if (!led.speaker) led.speaker = subject_of_sentence(before);
    return {Evidence::clause, led.speaker, first.range};
  }

  // The quotation before `q` that goes on in it: the last one that is no mere fragment, if one is near.
  uint32_t last_speech(uint32_t q) const {
    constexpr uint32_t near = 4;
    for (uint32_t p = q; p-- > 0 && q - p <= near && quotes_[p].last_block == quotes_[q].block;) {
      const bool speech = found_[p].evidence == Evidence::clause || found_[p].evidence == Evidence::carried;
      if (speech && found_[p].speaker) return p;
    }
    return q - 1;
  }

  // `“We go,” she said. “We have no time” for anything else.`
  bool goes_on(uint32_t q) const {
    if (q == 0 || quotes_[q - 1].last_block != quotes_[q].block || !found_[q - 1].speaker) return false;
    const uint32_t sentence = token_of(q).sentence;
    const std::string_view words = slice(text_, quotes_[q].inner);
    if (std::count(words.begin(), words.end(), ' ') <= spaces_of_term) return false;
    constexpr uint32_t near = 2;  // sentences
    return outline_.sentences[sentence].begin == outline_.token_of_quote[q] &&
           is_upper(character_at(text_, quotes_[q].inner.begin).code) &&
           sentence <= token_of(q - 1).sentence + near && found_[q - 1].evidence != Evidence::fragment;
  }

  // `The bolts failed, she said. The town had known “for more than a year”.`: what is told after a report, in
  // a sentence that names nobody else.
  Attribution told_on(uint32_t q) const {
    const uint32_t sentence = token_of(q).sentence;
    const Sentence& s = outline_.sentences[sentence];
    const std::string_view words = slice(text_, quotes_[q].inner);
    if (sentence == outline_.first_sentence_of_block[quotes_[q].block] ||
        std::count(words.begin(), words.end(), ' ') <= spaces_of_term)
      return {};
    for (uint32_t i = s.begin; i < outline_.token_of_quote[q]; ++i)
      if (people_.is_named(i)) return {};
    const auto subject = grammar_.main_subject(s.begin, outline_.token_of_quote[q]);
    if (subject && grammar_.may_speak(*subject) && !People::is_bare_pronoun(grammar_, *subject)) return {};
    const Attribution reported = clauses_.reported_in(sentence - 1);
    const Token& first = outline_.tokens[s.begin];
    if (reported.speaker && first.is(pronoun) && first.is(masculine | feminine))
      return {Evidence::carried, Phrase{s.begin, s.begin + 1}, {}};  // "He had known"
    if (reported.speaker) return {Evidence::carried, reported.speaker, {}};
    if (q > 0 && token_of(q - 1).sentence + 1 == sentence && quotes_[q - 1].last_block == quotes_[q].block &&
        found_[q - 1].speaker && found_[q - 1].evidence == Evidence::clause)
      return carry(q - 1);
    return {};
  }

  // Behind another quotation of the same paragraph, or behind a sentence about somebody.
  Attribution carried(uint32_t q) const {
    if (!is_sentence(q)) return goes_on(q) ? carry(last_speech(q)) : told_on(q);
    const uint32_t sentence = token_of(q).sentence;
    const uint32_t first = outline_.first_sentence_of_block[quotes_[q].block];
    const bool same_block = q > 0 && quotes_[q - 1].last_block == quotes_[q].block && found_[q - 1].speaker;
    const uint32_t quoted = same_block ? token_of(q - 1).sentence : first;
    for (uint32_t s = sentence; s > std::max(first, quoted) && s + 3 > sentence;) {
      --s;
      if (same_block && s == quoted) break;
      if (auto closing = clauses_.closing(s); closing.speaker)
        return {Evidence::carried, closing.speaker, {}};
      if (auto subject = subject_of_sentence(s)) return {Evidence::carried, subject, {}};
    }
    if (same_block) return carry(last_speech(q));
    return sentence == first ? from_paragraph_before(q) : Attribution{};
  }

  std::optional<Phrase> subject_of_sentence(uint32_t s) const {
    const Sentence& sentence = outline_.sentences[s];
    const auto subject = grammar_.main_subject(sentence.begin, sentence.end);
    if (!subject) return {};
    const Token& head = grammar_.token(subject->begin);
    const bool pronoun_person = People::is_bare_pronoun(grammar_, *subject) && head.is(masculine | feminine);
    for (uint32_t i = subject->begin; i < subject->end; ++i)
      if (people_.is_named(i) || grammar_.token(i).is(role)) return subject;
    return pronoun_person ? subject : std::optional<Phrase>();
  }

  // A paragraph that begins with a quotation and says no more about it.
  Attribution from_paragraph_before(uint32_t q) const {
    const uint32_t b = quotes_[q].block;
    if (b == 0 || !is_running_text(b - 1)) return {};
    const uint32_t begin = outline_.first_sentence_of_block[b - 1], end = outline_.first_sentence_of_block[b];
    if (begin == end) return {};
    const Sentence& last = outline_.sentences[end - 1];
    if (outline_.tokens[last.end - 1].kind == TokenKind::colon) {
      Attribution led = clauses_.before(last.end - 1, last.begin);
      if (!led.speaker) led = {Evidence::carried, grammar_.main_subject(last.begin, last.end), {}};
      if (led.speaker) return led;
    }
    if (q > 0 && quotes_[q - 1].last_block == b - 1 && found_[q - 1].speaker && !is_question(q - 1))
      return carry(q - 1);
    if (const auto closing = clauses_.closing(end - 1); closing.speaker)
      return {Evidence::carried, closing.speaker, {}};
    const auto subject = subject_of_sentence(end - 1);
    return subject ? Attribution{Evidence::carried, subject, {}} : Attribution{};
  }

  // The sentence ending in a colon that a list stands under.
  Attribution list_lead(uint32_t q) const {
    constexpr uint32_t longest_list = 30;  // items looked back over
    uint32_t b = quotes_[q].block;
    for (uint32_t back = 0; b > 0 && back < longest_list && blocks_[b].kind == STET_LIST_ITEM; ++back) --b;
    if (blocks_[b].kind == STET_LIST_ITEM) return {};
    const uint32_t end = outline_.first_sentence_of_block[b + 1];
    if (b == quotes_[q].block || outline_.first_sentence_of_block[b] == end) return {};
    const Sentence& lead = outline_.sentences[end - 1];
    if (outline_.tokens[lead.end - 1].kind != TokenKind::colon) return {};
    Attribution led = clauses_.before(lead.end - 1, lead.begin);
    led.evidence = Evidence::fragment;
    return led;
  }

  bool is_running_text(uint32_t b) const {
    return blocks_[b].kind == STET_PARAGRAPH || blocks_[b].kind == STET_BLOCK_QUOTE;
  }

  bool is_question(uint32_t q) const { return last_inside(text_, quotes_[q]) == '?'; }

  // `"First." "Second," she said.`; `“This” is no “that,” she said`
  Attribution from_next(uint32_t q) const {
    if (q + 1 >= quotes_.size() || !found_[q + 1].speaker || quotes_[q + 1].block != quotes_[q].last_block)
      return {};
    const uint32_t token = outline_.token_of_quote[q], next = outline_.token_of_quote[q + 1];
    if (next == token + 1) return carry(q + 1);
    if (same_sentence(q, q + 1) && found_[q + 1].evidence != Evidence::carried)
      return {Evidence::fragment, found_[q + 1].speaker, found_[q + 1].cue};
    return {};
  }

  // A line of its own under a quotation: `- Jane Doe`, or a clause that a line break cut off.
  Attribution credit(uint32_t q) const {
    const uint32_t next = quotes_[q].last_block + 1;
    if (next >= blocks_.size() || quotes_[q].range.end != blocks_[quotes_[q].last_block].range.end) return {};
    const uint32_t s = outline_.first_sentence_of_block[next];
    if (s == outline_.first_sentence_of_block[next + 1]) return {};
    const Sentence& line = outline_.sentences[s];
    if (last_inside(text_, quotes_[q]) == ',') return clauses_.clause_at(line.begin, line.end);
    return clauses_.credit_line(next);
  }

  std::string_view text_;
  const std::vector<Block>& blocks_;
  const std::vector<Quote>& quotes_;
  const Outline& outline_;
  const Grammar& grammar_;
  People& people_;
  Clauses clauses_;
  std::vector<Attribution> found_;
};

}  // namespace

std::vector<Attribution> attribute(std::string_view text, const std::vector<Block>& blocks,
                                   const std::vector<Quote>& quotes, const Outline& outline,
                                   const Grammar& grammar, People& people) {
  return Attributor(text, blocks, quotes, outline, grammar, people).all();
}

}  // namespace quote_attribution
