// Reads the quotations of a document and who said them, and checks the marks. The steps, each in a file
// of its own: marks -> outline (tokens) -> people and grammar -> attribution -> kind -> facts, findings.
#include <stet/plugin.hpp>

#include <string>
#include <vector>

#include "checks.hpp"
#include "json.hpp"

namespace quote_attribution {
namespace {

using stet::sdk::Document;
using stet::sdk::Host;

bool is_block(uint32_t kind) {
  return kind == STET_TITLE || kind == STET_BYLINE || kind == STET_HEADING || kind == STET_PARAGRAPH ||
         kind == STET_LIST_ITEM || kind == STET_BLOCK_QUOTE;
}

// The innermost blocks in text order, none overlapping another.
std::vector<Block> read_blocks(const Document& document) {
  std::vector<char> holds_blocks(document.node_count()), quoted(document.node_count());
  for (uint32_t i = 0; i < document.node_count(); ++i) {
    const auto node = document.node(i);
    if (!is_block(node.kind)) continue;
    quoted[i] = node.kind == STET_BLOCK_QUOTE;
    if (node.parent >= i) continue;
    holds_blocks[node.parent] = true;
    quoted[i] = quoted[i] || quoted[node.parent];
  }
  std::vector<Block> blocks;
  uint32_t end = 0;
  for (uint32_t i = 0; i < document.node_count(); ++i) {
    const auto node = document.node(i);
    if (!is_block(node.kind) || holds_blocks[i] || node.range.begin < end ||
        node.range.end <= node.range.begin)
      continue;
    blocks.push_back({{node.range.begin, node.range.end}, node.kind, quoted[i] != 0});
    end = node.range.end;
  }
  return blocks;
}

std::string speaker_json(std::string_view text, const Grammar& grammar, const People& people,
                         Phrase speaker) {
  const Span range = grammar.range(speaker);
  const std::string name = people.name_of(speaker);
  return "{\"mention\":" + quoted(slice(text, range)) +
         ",\"name\":" + (name.empty() ? "null" : quoted(name)) + ",\"range\":[" +
         std::to_string(range.begin) + "," + std::to_string(range.end) + "]}";
}

std::string fact_json(std::string_view text, const Grammar& grammar, const People& people,
                      const Attribution& found, Kind kind) {
  std::string json = "{\"type\":";
  json += kind == Kind::direct ? "\"direct\"" : "\"mixed\"";
  json += ",\"speaker\":";
  json += found.speaker ? speaker_json(text, grammar, people, *found.speaker) : "null";
  json += ",\"cue\":";
  json += found.cue.empty() ? "null" : quoted(slice(text, found.cue));
  return json + "}";
}

class QuoteAttribution {
 public:
  explicit QuoteAttribution(std::string_view) {}

  void verify(const Document& document, Host& host) {
    const std::string_view text = document.text();
    const std::vector<Block> blocks = read_blocks(document);
    const Marks marks = read_marks(text, blocks);
    for (const MarkDefect& defect : marks.defects) host.report(finding_of(text, blocks, defect));
    const Outline outline = read_outline(text, blocks, marks.quotes);
    const Grammar grammar(text, outline);
    People people(text, outline, grammar);
    const auto attributions = attribute(text, blocks, marks.quotes, outline, grammar, people);
    std::vector<Reading> readings;
    for (uint32_t q = 0; q < marks.quotes.size(); ++q) {
      readings.push_back(read_kind(text, marks.quotes, q, outline, attributions[q]));
      if (readings[q].kind == Kind::none) continue;
      const Span range = marks.quotes[q].range;
      host.state("quote", {range.begin, range.end},
                 fact_json(text, grammar, people, attributions[q], readings[q].kind));
    }
    for (const auto& finding :
         unattributed(text, blocks, marks.quotes, outline, people, grammar, attributions, readings))
      host.report(finding);
  }
};

}  // namespace
}  // namespace quote_attribution

STET_PLUGIN(quote_attribution::QuoteAttribution)
