#include "source_cursor.hpp"

#include <algorithm>

namespace stet {
namespace {

constexpr size_t longest_entity = 33;  // bytes: "&CounterClockwiseContourIntegral;"

bool is_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

}  // namespace

void SourceCursor::enter(Range block) {
  const auto size = static_cast<uint32_t>(source_.size());
  at_ = std::min(std::max(at_, block.begin), size);
  while (at_ < size && (static_cast<unsigned char>(source_[at_]) & 0xC0) == 0x80) ++at_;
  // The parser misplaces a table that ends a paragraph, and that paragraph.
  end_ = block.end > at_ ? std::min(block.end, size) : size;
  left_ += budget_;
  budget_ = std::min(uint64_t{16} * (end_ - at_) + 1024, left_);
  left_ -= budget_;
}

SourceCursor::Piece SourceCursor::entity_at(std::string_view literal, uint32_t at) const {
  const auto front = source_.substr(at, std::min<size_t>(longest_entity, end_ - at));
  const size_t size = front.find(';') + 1;
  if (size == 0) return {};
  const std::string decoded = decode_(front.substr(0, size));
  if (decoded.empty() || !literal.starts_with(decoded)) return {};
  return {static_cast<uint32_t>(decoded.size()), {at, at + static_cast<uint32_t>(size)}};
}

SourceCursor::Piece SourceCursor::next_piece(std::string_view literal, uint32_t at, Spelling spelling) const {
  const char here = source_[at], wanted = literal[0];
  const char next = at + 1 < end_ ? source_[at + 1] : '\0';
  // In a table a code span, too, escapes its vertical bars.
  const bool escapes = spelling == Spelling::escaped ? is_punctuation(next) : next == '|';
  if (here == '\\' && escapes && next == wanted) return {1, {at, at + 2}};
  if (here == '&' && spelling == Spelling::escaped)
    if (const Piece entity = entity_at(literal, at); entity.literal > 0) return entity;
  if (here == wanted) return {1, {at, at + 1}};
  if (here != '\n' || wanted != ' ' || spelling != Spelling::code) return {};
  // The marks of the blocks around it begin the next line.
  const size_t resumed = std::min<size_t>(source_.find_first_not_of(" \t>", at + 1), end_);
  return {1, {at, static_cast<uint32_t>(resumed)}};
}

bool SourceCursor::matches(std::string_view literal, uint32_t at, Spelling spelling) {
  pieces_.clear();
  while (!literal.empty()) {
    if (at >= end_) return false;
    if (budget_ > 0) --budget_;
    const Piece piece = next_piece(literal, at, spelling);
    if (piece.literal == 0) return false;
    const bool verbatim = piece.literal == 1 && piece.source.end - piece.source.begin == 1;
    Piece* last = pieces_.empty() ? nullptr : &pieces_.back();
    if (verbatim && last != nullptr && last->literal == last->source.end - last->source.begin) {
      ++last->literal;
      ++last->source.end;
    } else {
      pieces_.push_back(piece);
    }
    literal.remove_prefix(piece.literal);
    at = piece.source.end;
  }
  return true;
}

bool SourceCursor::find(std::string_view literal, std::optional<uint32_t> hint, Spelling spelling) {
  const auto stands_at = [&](uint32_t at) {
    // An address in angle brackets is not unescaped.
    return matches(literal, at, spelling) ||
           (spelling == Spelling::escaped && matches(literal, at, Spelling::code));
  };
  if (hint && *hint >= at_ && *hint < end_ && stands_at(*hint)) return true;
  for (uint32_t at = at_; at < end_ && (budget_ > 0 || at == at_); ++at) {
    if (budget_ > 0) --budget_;
    const char here = source_[at];
    if ((here == literal[0] || here == '\\' || here == '&' || here == '\n') && stands_at(at)) return true;
  }
  return false;
}

void SourceCursor::append(MappedText& out, std::string_view literal, std::optional<uint32_t> hint,
                          Spelling spelling) {
  if (literal.empty()) return;
  if (!find(literal, hint, spelling)) {
    out.append_lost(literal, at_);
    return;
  }
  for (const Piece& piece : pieces_) {
    const auto words = literal.substr(0, piece.literal);
    if (piece.literal == piece.source.end - piece.source.begin)
      out.append(words, piece.source.begin);
    else
      out.append_decoded(words, piece.source);
    literal.remove_prefix(piece.literal);
  }
  at_ = pieces_.back().source.end;
}

void SourceCursor::append_line_break(MappedText& out, std::string_view as) {
  const size_t at = source_.find('\n', at_);
  if (at >= end_) {
    out.append_lost(as, at_);
    return;
  }
  out.append(as, static_cast<uint32_t>(at));
  at_ = static_cast<uint32_t>(at) + 1;
}

void SourceCursor::append_line_end(MappedText& out, std::string_view words, Range line) {
  const auto size = static_cast<uint32_t>(words.size());
  const bool stands =
      source_.substr(line.begin, line.end - line.begin).ends_with(words) && line.end - size >= at_;
  if (stands) {
    out.append(words, line.end - size);
    at_ = line.end;
  } else if (!words.empty()) {
    out.append_lost(words, at_);
  }
}

Range SourceCursor::skip(std::string_view literal, std::optional<uint32_t> hint) {
  if (literal.empty() || !find(literal, hint, Spelling::code)) return {at_, at_};
  at_ = pieces_.back().source.end;
  return {pieces_.front().source.begin, at_};
}

}  // namespace stet
