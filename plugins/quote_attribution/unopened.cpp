#include "unopened.hpp"

#include <algorithm>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

// Who is said to speak in the sentence, else in the one before it in its paragraph.
Attribution speaker_near(uint32_t sentence, const Outline& outline, const Grammar& grammar,
                         const Clauses& clauses) {
  for (uint32_t s = sentence + 1; s-- > 0 && s + 1 >= sentence;) {
    if (outline.sentences[s].block != outline.sentences[sentence].block) break;
    if (Attribution closing = clauses.closing(s); closing.speaker) return closing;
    if (s == sentence) continue;
    const auto subject = grammar.main_subject(outline.sentences[s].begin, outline.sentences[s].end);
    if (subject && grammar.may_speak(*subject)) return {Evidence::carried, subject, {}};
  }
  return {};
}

// `Jane Doe said so. And it must last.”`: a whole sentence without a report of its own, behind one that has
// its own words, or at the beginning of a paragraph.
bool is_certain(uint32_t begin, uint32_t last, uint32_t sentence, const Outline& outline,
                const Grammar& grammar, const Clauses& clauses) {
  const Sentence& s = outline.sentences[sentence];
  if (begin != s.begin || grammar.token(last).kind != TokenKind::stop || !grammar.token(begin).capital)
    return false;
  for (uint32_t i = begin; i < last; ++i)
    if (grammar.is_report(i) && !grammar.token(i).is(weak_report)) return false;
  const bool first = sentence == 0 || outline.sentences[sentence - 1].block != s.block;
  return first || clauses.reported_in(sentence - 1).speaker.has_value();
}

}  // namespace

std::vector<UnopenedQuote> read_unopened(const Marks& marks, const Outline& outline, const Grammar& grammar,
                                         const Clauses& clauses) {
  std::vector<UnopenedQuote> found;
  const auto& tokens = outline.tokens;
  for (const MarkDefect& defect : marks.defects) {
    if (defect.defect != Defect::unopened) continue;
    const auto behind = std::lower_bound(tokens.begin(), tokens.end(), defect.mark.begin,
                                         [](const Token& t, uint32_t at) { return t.range.begin < at; });
    if (behind == tokens.begin()) continue;
    const uint32_t last = static_cast<uint32_t>(behind - tokens.begin()) - 1;
    const uint32_t sentence = tokens[last].sentence;
    constexpr uint32_t longest = 200;  // tokens; further back is no hint
    uint32_t begin = std::max(outline.sentences[sentence].begin, last > longest ? last - longest : 0);
    for (uint32_t i = last; i > begin; --i)
      if (tokens[i].kind == TokenKind::quote) begin = i + 1;
    if (begin > last || tokens[begin].range.begin >= defect.mark.begin) continue;
    found.push_back({{tokens[begin].range.begin, defect.mark.end},
                     speaker_near(sentence, outline, grammar, clauses),
                     sentence,
                     is_certain(begin, last, sentence, outline, grammar, clauses)});
  }
  return found;
}

}  // namespace quote_attribution
