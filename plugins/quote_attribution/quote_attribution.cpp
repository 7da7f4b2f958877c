// Reads the quotations of a document and who said them, and checks the marks. The steps, each in a file
// of its own: marks -> outline (tokens) -> people and grammar -> attribution -> kind -> facts, findings.
#include <stet/plugin.hpp>
#include <stet/text.hpp>

#include <string>
#include <vector>

#include "checks.hpp"
#include "facts.hpp"

namespace quote_attribution {
namespace {

using stet::sdk::Document;
using stet::sdk::Host;

// The block quote that `node` stands in, told from others by where it begins; 0 when there is none.
uint32_t block_quote_of(const Document& document, stet::sdk::Node node) {
  while (node.kind != STET_BLOCK_QUOTE) {
    if (node.parent == STET_NO_PARENT) return 0;
    node = document.node(node.parent);
  }
  return node.range.begin + 1;
}

std::vector<Block> read_blocks(const Document& document) {
  std::vector<Block> blocks;
  for (const auto& node : stet::sdk::blocks(document))
    blocks.push_back({{node.range.begin, node.range.end}, node.kind, block_quote_of(document, node)});
  return blocks;
}

class QuoteAttribution {
 public:
  explicit QuoteAttribution(std::string_view) {}

  void verify(const Document& document, Host& host) {
    const std::string_view text = document.text();
    const std::vector<Block> blocks = read_blocks(document);
    const Marks marks = read_marks(text, blocks);
    const Outline outline = read_outline(text, blocks, marks.quotes);
    const Grammar grammar(text, outline);
    People people(text, blocks, outline, grammar);
    const Clauses clauses(text, marks.quotes, outline, grammar);
    const std::vector<IndirectSpeech> indirect = read_indirect(blocks, outline, grammar, clauses);
    for (const IndirectSpeech& speech : indirect) people.note_speaker(*speech.attribution.speaker);
    const auto attributions = attribute(text, blocks, marks.quotes, outline, grammar, people);
    std::vector<Reading> readings;
    for (uint32_t q = 0; q < marks.quotes.size(); ++q)
      readings.push_back(read_kind(text, blocks, marks.quotes, q, outline, attributions[q]));
    const Article article{text, blocks, marks, outline, grammar, people, attributions, readings};
    std::vector<uint32_t> ambiguous;
    for (const auto& finding : findings_of(article)) {
      host.report(finding);
      if (finding.check == "ambiguous-speaker") ambiguous.push_back(finding.range.begin);
    }
    const FactWriter writer(text, outline, grammar, people, ambiguous);
    state_quotes(article, writer, host);
    for (const BlockQuote& quote : read_block_quotes(blocks, marks.quotes, outline, clauses))
      host.state("quote", {quote.range.begin, quote.range.end}, writer.block_quote(quote));
    for (const UnopenedQuote& quote : read_unopened(marks, outline, grammar, clauses))
      host.state(quote.certain ? "quote" : "unopened-quote", {quote.range.begin, quote.range.end},
                 writer.unopened(quote));
    for (const Turn& turn : read_turns(blocks, outline, grammar, people))
      host.state("interview-turn", {turn.range.begin, turn.range.end}, writer.turn(turn));
    for (const IndirectSpeech& speech : indirect)
      host.state("indirect-quote", {speech.range.begin, speech.range.end}, writer.indirect(speech));
  }

 private:
  static void state_quotes(const Article& article, const FactWriter& writer, Host& host) {
    for (uint32_t q = 0; q < article.marks.quotes.size(); ++q) {
      const Kind kind = article.readings[q].kind;
      const Quote& quote = article.marks.quotes[q];
      if (kind == Kind::none) continue;
      if (is_speech(kind))
        host.state("quote", {quote.range.begin, quote.range.end},
                   writer.quote(article.outline.token_of_quote[q], article.attributions[q], kind));
      else
        host.state("quoted-words", {quote.range.begin, quote.range.end}, writer.words(kind));
    }
  }
};

}  // namespace
}  // namespace quote_attribution

STET_PLUGIN(quote_attribution::QuoteAttribution)
