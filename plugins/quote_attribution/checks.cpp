#include "checks.hpp"

#include <algorithm>

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

using stet::sdk::Finding;

stet_range to_range(Span s) {
  return {s.begin, s.end};
}

Finding unclosed(std::string_view text, Span mark) {
  Finding f{"unbalanced-quote", to_range(mark), {}};
  f.message = "the quotation opened by " + std::string(slice(text, mark)) + " is never closed";
  return f;
}

// Where the sentence that ends in a stray closing mark begins: the likely place of the missing mark.
uint32_t sentence_begin(std::string_view text, Span block, uint32_t mark) {
  uint32_t at = mark;
  while (at > block.begin &&
         (text[at - 1] == '.' || text[at - 1] == '!' || text[at - 1] == '?' || text[at - 1] == ','))
    --at;
  for (; at > block.begin; --at) {
    const char c = text[at - 1];
    if ((c == '.' || c == '!' || c == '?') && at < mark && text[at] == ' ') return at + 1;
  }
  return block.begin;
}

Finding unopened(std::string_view text, const std::vector<Block>& blocks, Span mark) {
  Finding f{"unbalanced-quote", to_range(mark), {}};
  f.message = "the closing mark " + std::string(slice(text, mark)) + " has no opening mark in its paragraph";
  auto block = std::upper_bound(blocks.begin(), blocks.end(), mark.begin,
                                [](uint32_t at, const Block& b) { return at < b.range.begin; });
  if (block != blocks.begin()) {
    constexpr uint32_t longest = 600;  // bytes; further back is no hint
    Span within = (block - 1)->range;
    within.begin = std::max(within.begin, mark.begin > longest ? mark.begin - longest : 0);
    while (within.begin < mark.begin && (static_cast<unsigned char>(text[within.begin]) & 0xC0) == 0x80)
      ++within.begin;
    const uint32_t begin = sentence_begin(text, within, mark.begin);
    if (begin < mark.begin) f.related.push_back({begin, mark.begin});
  }
  return f;
}

Finding wrong_direction(std::string_view text, Span mark, bool closes) {
  Finding f{"wrong-direction-glyph", to_range(mark), {}};
  const std::string_view right = closes ? "”" : "“";
  f.message = "the " + std::string(closes ? "opening" : "closing") + " mark " +
              std::string(slice(text, mark)) +
              (closes ? " closes this quotation; it should be " : " opens this quotation; it should be ") +
              std::string(right);
  f.has_fix = true;
  f.fix_range = f.range;
  f.fix_text = right;
  return f;
}

Finding missing_space(std::string_view text, Span mark) {
  uint32_t begin = mark.begin - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  Finding f{
      "missing-space-before-quote", {begin, mark.end}, "there is no space before the opening quotation mark"};
  f.has_fix = true;
  f.fix_range = {mark.begin, mark.begin};
  f.fix_text = " ";
  return f;
}

}  // namespace

Finding finding_of(std::string_view text, const std::vector<Block>& blocks, const MarkDefect& defect) {
  switch (defect.defect) {
    case Defect::unclosed: return unclosed(text, defect.mark);
    case Defect::unopened: return unopened(text, blocks, defect.mark);
    case Defect::wrong_opener: return wrong_direction(text, defect.mark, false);
    case Defect::wrong_closer: return wrong_direction(text, defect.mark, true);
    case Defect::missing_space: break;
  }
  return missing_space(text, defect.mark);
}

namespace {

// Whether a block gives any hint at somebody who speaks: a person, a role, a reporting verb, a label, or
// another quotation, whose speaker may go on.
class Hints {
 public:
  Hints(const std::vector<Block>& blocks, const Outline& outline, const People& people,
        const Grammar& grammar)
      : hint_(blocks.size()) {
    for (uint32_t i = 0; i < outline.tokens.size(); ++i) {
      const Token& t = outline.tokens[i];
      const bool speaks = people.is_named(i) || t.is(role | reporting | statement | pronoun) ||
                          grammar.is_report(i) || grammar.is_according(i) || t.kind == TokenKind::colon ||
                          t.kind == TokenKind::dash;
      if (speaks) hint_[outline.sentences[t.sentence].block] = true;
    }
  }

  bool at(uint32_t block) const { return block < hint_.size() && hint_[block]; }

 private:
  std::vector<bool> hint_;
};

}  // namespace

std::vector<Finding> unattributed(std::string_view text, const std::vector<Block>& blocks,
                                  const std::vector<Quote>& quotes, const Outline& outline,
                                  const People& people, const Grammar& grammar,
                                  const std::vector<Attribution>& attributions,
                                  const std::vector<Reading>& readings) {
  std::vector<Finding> findings;
  const Hints hints(blocks, outline, people, grammar);
  for (uint32_t q = 0; q < quotes.size(); ++q) {
    const Quote& quote = quotes[q];
    const uint32_t b = quote.block;
    const bool plain = blocks[b].kind == STET_PARAGRAPH && !blocks[b].quoted && !quote.single;
    if (!plain || attributions[q].speaker || readings[q].kind != Kind::direct || !readings[q].whole) continue;
    const char32_t last = last_inside(text, quote);
    if (last == ',' || (b > 0 && blocks[b - 1].kind != STET_PARAGRAPH)) continue;
    const bool in_dialogue = (q > 0 && quotes[q - 1].last_block + 1 >= b) ||
                             (q + 1 < quotes.size() && quotes[q + 1].block <= quote.last_block + 1);
    const bool alone =
        blocks[b].range.end - blocks[b].range.begin <= quote.first_part.end - quote.first_part.begin + 2;
    if (!alone || in_dialogue || hints.at(b) || (b > 0 && hints.at(b - 1)) || hints.at(quote.last_block + 1))
      continue;
    findings.push_back(
        {"unattributed-quote", to_range(quote.range), "nothing near this quotation says who speaks"});
  }
  return findings;
}

}  // namespace quote_attribution
