// Where the phrases of the rules stand in one article.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "article.hpp"
#include "pattern.hpp"
#include "rule.hpp"

namespace house_rules {

// Whether the phrase stands anywhere in `text`.
bool occurs(const Phrase& phrase, std::string_view text);

struct Occurrence {
  const Phrase* phrase;
  const Block* block;
  Span range;
};

// All arguments are borrowed.
class Search {
 public:
  // `phrases` holds the patterns of all phrases, by their numbers.
  Search(const PatternSet& phrases, const Article& article);

  // Calls `visit` for each occurrence in blocks that have one of the parts, in text order, until it gives
  // false.
  void each(const Phrase& phrase, Parts where, const std::function<bool(const Occurrence&)>& visit) const;
  bool occurs_in(const Phrase& phrase, const Block& block) const;
  std::optional<Occurrence> first(const Phrase& phrase, Parts where) const;

 private:
  const Article& article_;
  std::vector<std::vector<uint32_t>> blocks_of_;  // by phrase: blocks its pattern occurs in, ascending
};

}  // namespace house_rules
