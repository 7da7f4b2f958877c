#include "search.hpp"

#include <algorithm>

#include "words.hpp"

namespace house_rules {
namespace {

size_t behind_character(std::string_view text, size_t at) {
  for (++at; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;) ++at;
  return at;
}

// The next occurrence from `from` on; moves `from` to where the search goes on.
std::optional<Span> next_occurrence(const Phrase& phrase, std::string_view text, size_t& from) {
  while (const auto match = phrase.pattern.find(text, from)) {
    from = match->end;
    if (!phrase.whole_words || stands_alone(text, *match)) return match;
    // A term within another word may overlap one that stands alone. The length of a term is bounded;
    // that of a pattern's match is not, and there this would take quadratic time.
    if (!phrase.words.empty()) from = behind_character(text, match->begin);
  }
  return std::nullopt;
}

}  // namespace

bool occurs(const Phrase& phrase, std::string_view text) {
  size_t from = 0;
  return next_occurrence(phrase, text, from).has_value();
}

Search::Search(const PatternSet& phrases, const Article& article)
    : article_(article), blocks_of_(phrases.size()) {
  std::vector<int> numbers;
  const auto& blocks = article.blocks();
  for (uint32_t i = 0; i < blocks.size(); ++i) {
    phrases.occurring(article.words(blocks[i]), numbers);
    for (const int number : numbers) blocks_of_[static_cast<size_t>(number)].push_back(i);
  }
}

void Search::each(const Phrase& phrase, Parts where,
                  const std::function<bool(const Occurrence&)>& visit) const {
  for (const uint32_t i : blocks_of_[phrase.number]) {
    const Block& block = article_.blocks()[i];
    if ((block.parts & where) == 0) continue;
    const auto words = article_.words(block);
    for (size_t from = 0; const auto match = next_occurrence(phrase, words, from);)
      if (!visit({&phrase, &block, {block.range.begin + match->begin, block.range.begin + match->end}}))
        return;
  }
}

bool Search::occurs_in(const Phrase& phrase, const Block& block) const {
  const auto& known = blocks_of_[phrase.number];
  const auto number = static_cast<uint32_t>(&block - article_.blocks().data());
  return std::binary_search(known.begin(), known.end(), number) && occurs(phrase, article_.words(block));
}

std::optional<Occurrence> Search::first(const Phrase& phrase, Parts where) const {
  std::optional<Occurrence> found;
  each(phrase, where, [&](const Occurrence& occurrence) {
    found = occurrence;
    return false;
  });
  return found;
}

}  // namespace house_rules
