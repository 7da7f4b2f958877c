// A document as rules see it: blocks of words, the parts that are somebody else's words, addresses.
#pragma once

#include <stet/plugin.hpp>

#include <string_view>
#include <utility>
#include <vector>

#include "addresses.hpp"
#include "json.hpp"
#include "span.hpp"

namespace house_rules {

// Sets of parts, one bit each: 1 << STET_TITLE and so on; and what only the metadata can hold.
using Parts = uint32_t;
inline constexpr Parts part_published = 1u << 29, part_modified = 1u << 30;
constexpr Parts part(uint32_t kind) {
  return 1u << kind;
}
inline constexpr Parts whole_text = part(STET_TITLE) | part(STET_BYLINE) | part(STET_HEADING) |
                                    part(STET_PARAGRAPH) | part(STET_LIST_ITEM) | part(STET_BLOCK_QUOTE);

// A piece of text that no pattern crosses. Its parts are its own kind and those of what it stands in.
struct Block {
  Span range;
  Parts parts;
};

// Something that a rule may demand: a node, or a value of the metadata, which has an empty range.
struct Section {
  Span range;
  std::string_view words;
};

// Borrows the document's text; valid as long as that.
class Article {
 public:
  explicit Article(const stet::sdk::Document& document);

  std::string_view text() const { return text_; }
  // In text order. Datelines come again as blocks of their own, with no other part.
  const std::vector<Block>& blocks() const { return blocks_; }
  std::string_view words(const Block& block) const { return slice(text_, block.range); }

  // The title and the byline of the metadata stand for nodes only where there is none.
  std::vector<Section> sections(Parts part_bit) const;

  // Within a pair of quotation marks of one block, or behind an opening one that the block never closes.
  bool is_quoted(Span range) const;
  // Within a web or mail address, a domain or a hashtag, without covering what makes it one.
  bool is_in_address(Span range) const;

 private:
  void read_nodes(const stet::sdk::Document& document);

  std::string_view text_;
  std::vector<Block> blocks_;
  std::vector<std::pair<uint32_t, Span>> nodes_;  // kind and range
  std::vector<Span> quotations_;                  // between the marks, ascending
  std::vector<Address> addresses_;
  Metadata metadata_;
};

}  // namespace house_rules
