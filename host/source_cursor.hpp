// Where text that was decoded from a source stands in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapped_text.hpp"

namespace stet {

// What an entity such as "&eacute;" decodes to; empty if it is none.
using DecodeEntity = std::string (*)(std::string_view entity);

// Goes through a Markdown source in step with the literals that a parser took from it, in source order,
// and finds each: where the parser says it stands, if it does, else directly behind the one before, else
// at the first place from there to the end of the block. A literal is found where the source spells it:
// byte for byte, or with backslash escapes and entities. The work is bounded by a multiple of the
// sizes of block and source; a literal that is not found by then is appended as lost near the cursor.
class SourceCursor {
 public:
  SourceCursor(std::string_view source, DecodeEntity decode)
      : source_(source), decode_(decode), left_(uint64_t{64} * source.size() + 4096) {}

  enum class Spelling {
    escaped,  // running text
    code      // as it stands; a space may be a line break
  };

  // The literals that follow stand in `block`.
  void enter(Range block);
  void append(MappedText& out, std::string_view literal, std::optional<uint32_t> hint, Spelling spelling);
  // Appends `as`, which stands for the next line break of the source.
  void append_line_break(MappedText& out, std::string_view as);
  // Appends `words` that stand at the end of `line`.
  void append_line_end(MappedText& out, std::string_view words, Range line);
  // Passes over source text that is not part of the text; returns where it stands, empty if not found.
  Range skip(std::string_view literal, std::optional<uint32_t> hint);

 private:
  struct Piece {
    uint32_t literal;  // bytes of the literal
    Range source;
  };
  bool matches(std::string_view literal, uint32_t at, Spelling spelling);
  Piece next_piece(std::string_view literal, uint32_t at, Spelling spelling) const;
  Piece entity_at(std::string_view literal, uint32_t at) const;
  bool find(std::string_view literal, std::optional<uint32_t> hint, Spelling spelling);

  std::string_view source_;
  DecodeEntity decode_;
  uint32_t at_ = 0, end_ = 0;
  uint64_t budget_ = 0;        // steps that searches in this block may still take
  uint64_t left_;              // steps for the blocks to come
  std::vector<Piece> pieces_;  // of the literal matched last
};

}  // namespace stet
