// Reads the quotations of a document and who said them, and checks the marks. The steps, each in a file
// of its own: marks -> outline (tokens) -> people and grammar -> attribution -> kind -> facts, findings.
#include <stet/json.hpp>
#include <stet/plugin.hpp>
#include <stet/text.hpp>

#include <string>
#include <vector>

#include "checks.hpp"

namespace quote_attribution {
namespace {

using stet::sdk::Document;
using stet::sdk::Host;
using stet::sdk::json_string;
using stet::sdk::JsonArray;
using stet::sdk::JsonObject;

bool is_quoted(const Document& document, stet::sdk::Node node) {
  while (node.kind != STET_BLOCK_QUOTE) {
    if (node.parent == STET_NO_PARENT) return false;
    node = document.node(node.parent);
  }
  return true;
}

std::vector<Block> read_blocks(const Document& document) {
  std::vector<Block> blocks;
  for (const auto& node : stet::sdk::blocks(document))
    blocks.push_back({{node.range.begin, node.range.end}, node.kind, is_quoted(document, node)});
  return blocks;
}

std::string speaker_json(std::string_view text, const Grammar& grammar, const People& people,
                         Phrase speaker) {
  const Span range = grammar.range(speaker);
  const std::string name = people.name_of(speaker);
  return JsonObject()
      .text("mention", slice(text, range))
      .json("name", name.empty() ? "null" : json_string(name))
      .json("range", JsonArray().number(range.begin).number(range.end).str())
      .str();
}

std::string fact_json(std::string_view text, const Grammar& grammar, const People& people,
                      const Attribution& found, Kind kind) {
  return JsonObject()
      .text("type", kind == Kind::direct ? "direct" : "mixed")
      .json("speaker", found.speaker ? speaker_json(text, grammar, people, *found.speaker) : "null")
      .json("cue", found.cue.empty() ? "null" : json_string(slice(text, found.cue)))
      .str();
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
    People people(text, blocks, outline, grammar);
    const auto attributions = attribute(text, blocks, marks.quotes, outline, grammar, people);
    std::vector<Reading> readings;
    for (uint32_t q = 0; q < marks.quotes.size(); ++q) {
      readings.push_back(read_kind(text, marks.quotes, q, outline, attributions[q]));
      if (!is_speech(readings[q].kind)) continue;
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
