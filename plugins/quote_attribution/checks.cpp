#include "checks.hpp"

#include <algorithm>

#include "lexicon.hpp"
#include "speaker_checks.hpp"

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

Finding finding_of(std::string_view text, const std::vector<Block>& blocks, const MarkDefect& defect) {
  if (defect.defect == Defect::unclosed) return unclosed(text, defect.mark);
  if (defect.defect == Defect::unopened) return unopened(text, blocks, defect.mark);
  return wrong_direction(text, defect.mark, defect.defect == Defect::wrong_closer);
}

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

bool is_in_dialogue(const std::vector<Quote>& quotes, uint32_t q) {
  const bool before = q > 0 && quotes[q - 1].last_block + 1 >= quotes[q].block;
  return before || (q + 1 < quotes.size() && quotes[q + 1].block <= quotes[q].last_block + 1);
}

// Whole sentences in marks that fill a paragraph of running text.
bool stands_alone(const Article& article, uint32_t q) {
  const Quote& quote = article.marks.quotes[q];
  const Block& block = article.blocks[quote.block];
  if (block.kind != STET_PARAGRAPH || block.quoted || quote.single) return false;
  if (article.readings[q].kind != Kind::direct || !article.readings[q].whole) return false;
  if (quote.block > 0 && article.blocks[quote.block - 1].kind != STET_PARAGRAPH) return false;
  const uint32_t rest = block.range.end - block.range.begin - (quote.first_part.end - quote.first_part.begin);
  return last_inside(article.text, quote) != ',' && rest <= 2;
}

void find_unattributed(const Article& article, std::vector<Finding>& findings) {
  const Hints hints(article.blocks, article.outline, article.people, article.grammar);
  const auto& quotes = article.marks.quotes;
  for (uint32_t q = 0; q < quotes.size(); ++q) {
    const uint32_t b = quotes[q].block;
    if (article.attributions[q].speaker || !stands_alone(article, q) || is_in_dialogue(quotes, q)) continue;
    if (hints.at(b) || (b > 0 && hints.at(b - 1)) || hints.at(quotes[q].last_block + 1)) continue;
    findings.push_back(
        {"unattributed-quote", to_range(quotes[q].range), "nothing near this quotation says who speaks"});
  }
}

// A label that the fix takes away needs no space behind it.
void find_missing_space(const Article& article, Span mark, std::vector<Finding>& findings) {
  const auto& quotes = article.marks.quotes;
  const auto quote = std::lower_bound(quotes.begin(), quotes.end(), mark.begin,
                                      [](const Quote& q, uint32_t at) { return q.range.begin < at; });
  findings.push_back(missing_space(article.text, mark));
  if (quote == quotes.end() || quote->range.begin != mark.begin) return;
  const uint32_t q = static_cast<uint32_t>(quote - quotes.begin());
  const auto label = glued_label(article, q);
  if (!label) return;
  if (label_is_repeated(article, q, *label)) findings.back().has_fix = false;
  findings.push_back(glued_speaker(article, q, *label));
}

}  // namespace

std::vector<Finding> findings_of(const Article& article) {
  std::vector<Finding> findings;
  for (const MarkDefect& defect : article.marks.defects) {
    if (defect.defect == Defect::missing_space)
      find_missing_space(article, defect.mark, findings);
    else
      findings.push_back(finding_of(article.text, article.blocks, defect));
  }
  find_unattributed(article, findings);
  for (auto& finding : ambiguous_speakers(article)) findings.push_back(std::move(finding));
  for (auto& finding : name_variants(article)) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace quote_attribution
