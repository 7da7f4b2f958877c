#include "block_quotes.hpp"

#include <stet/plugin.h>

#include <algorithm>

namespace quote_attribution {

namespace {

class Reader {
 public:
  Reader(const std::vector<Block>& blocks, const std::vector<Quote>& quotes, const Outline& outline,
         const Clauses& clauses)
      : blocks_(blocks), quotes_(quotes), outline_(outline), clauses_(clauses) {}

  // The blocks [first, end) of one block quote.
  std::optional<BlockQuote> read(uint32_t first, uint32_t end) const {
    if (has_marks(first, end) || is_empty(first)) return {};
    Attribution attribution = end > first + 1 ? clauses_.credit_line(end - 1) : Attribution{};
    if (attribution.speaker)
      --end;
    else
      attribution = led_in(first);
    if (!attribution.speaker) return {};
    const Span range{blocks_[first].range.begin, blocks_[end - 1].range.end};
    return BlockQuote{range, attribution, outline_.first_sentence_of_block[first]};
  }

 private:
  bool is_empty(uint32_t b) const {
    return outline_.first_sentence_of_block[b] == outline_.first_sentence_of_block[b + 1];
  }

  bool has_marks(uint32_t first, uint32_t end) const {
    const auto quote = std::lower_bound(quotes_.begin(), quotes_.end(), first,
                                        [](const Quote& q, uint32_t b) { return q.last_block < b; });
    return quote != quotes_.end() && quote->block < end;
  }

  Attribution led_in(uint32_t first) const {
    if (first == 0 || blocks_[first - 1].kind != STET_PARAGRAPH || is_empty(first - 1)) return {};
    return clauses_.leading(outline_.first_sentence_of_block[first] - 1);
  }

  const std::vector<Block>& blocks_;
  const std::vector<Quote>& quotes_;
  const Outline& outline_;
  const Clauses& clauses_;
};

}  // namespace

std::vector<BlockQuote> read_block_quotes(const std::vector<Block>& blocks, const std::vector<Quote>& quotes,
                                          const Outline& outline, const Clauses& clauses) {
  std::vector<BlockQuote> found;
  const Reader reader(blocks, quotes, outline, clauses);
  for (uint32_t b = 0; b < blocks.size();) {
    uint32_t end = b + 1;
    while (end < blocks.size() && blocks[b].quoted != 0 && blocks[end].quoted == blocks[b].quoted) ++end;
    if (blocks[b].quoted != 0)
      if (auto quote = reader.read(b, end)) found.push_back(*quote);
    b = end;
  }
  return found;
}

}  // namespace quote_attribution
