#include "unopened.hpp"

#include <algorithm>

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
                     sentence});
  }
  return found;
}

}  // namespace quote_attribution
