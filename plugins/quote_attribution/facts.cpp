#include "facts.hpp"

#include <stet/json.hpp>

#include <algorithm>

namespace quote_attribution {

namespace {

using stet::sdk::json_string;
using stet::sdk::JsonArray;
using stet::sdk::JsonObject;

std::string range_json(Span range) {
  return JsonArray().number(range.begin).number(range.end).str();
}

}  // namespace

std::string FactWriter::speaker(Phrase speaker, const std::string& name) const {
  const Span range = grammar_.range(speaker);
  return JsonObject()
      .text("mention", slice(text_, range))
      .json("name", name.empty() ? "null" : json_string(name))
      .json("range", range_json(range))
      .str();
}

std::string FactWriter::fields(std::string_view type, const Attribution& attribution, uint32_t sentence,
                               bool part) const {
  const Sentence& s = outline_.sentences[sentence];
  JsonObject fact;
  fact.text("type", type);
  std::string name;
  const bool doubtful = attribution.speaker && std::binary_search(ambiguous_.begin(), ambiguous_.end(),
                                                                  grammar_.range(*attribution.speaker).begin);
  if (attribution.speaker && !doubtful) name = people_.name_of(*attribution.speaker);
  fact.json("speaker", attribution.speaker ? speaker(*attribution.speaker, name) : "null");
  fact.json("cue", attribution.cue.empty() ? "null" : json_string(slice(text_, attribution.cue)));
  fact.json("sentence", range_json(grammar_.range({s.begin, s.end})));
  if (part) fact.json("part", "true");
  if (!attribution.speaker)
    fact.text("unknown", "nobody near it is said to speak");
  else if (doubtful)
    fact.text("unknown", "two people fit the name");
  else if (name.empty())
    fact.text("unknown", "nobody before it fits the pronoun");
  return fact.str();
}

std::string FactWriter::quote(uint32_t token, const Attribution& attribution, Kind kind) const {
  return fields("direct", attribution, outline_.tokens[token].sentence, kind == Kind::part);
}

std::string FactWriter::indirect(const IndirectSpeech& speech) const {
  return fields("indirect", speech.attribution, speech.sentence, false);
}

std::string FactWriter::block_quote(const BlockQuote& quote) const {
  return fields("direct", quote.attribution, quote.sentence, false);
}

std::string FactWriter::unopened(const UnopenedQuote& quote) const {
  return fields("direct", quote.attribution, quote.sentence, false);
}

std::string FactWriter::turn(const Turn& turn) const {
  const Sentence& s = outline_.sentences[turn.sentence];
  return JsonObject()
      .text("type", "direct")
      .json("speaker", speaker(turn.label, std::string(people_.person(turn.person).name)))
      .json("sentence", range_json(grammar_.range({s.begin, s.end})))
      .str();
}

std::string FactWriter::words(Kind kind) const {
  const std::string_view type = kind == Kind::title ? "title" : kind == Kind::nickname ? "nickname" : "term";
  return JsonObject().text("type", type).str();
}

}  // namespace quote_attribution
