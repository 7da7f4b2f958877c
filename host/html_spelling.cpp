#include "html_spelling.hpp"

#include <algorithm>

#include "utf8.hpp"

namespace stet {
namespace {

bool is_name(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Goes through a text and its source in step.
class Pair {
 public:
  Pair(std::string_view text, std::string_view source, Range place)
      : text_(text), source_(source.substr(0, place.end)), from_(place.begin) {}

  void each(const std::function<void(std::string_view, Range)>& piece) {
    while (at_ < text_.size()) {
      if (const size_t size = equal_bytes(); size > 0)
        take(size, size, piece);
      else if (!pass_tag() && !take_reference(piece))
        return piece(text_.substr(at_), {from_, from_});
    }
  }

 private:
  using Piece = std::function<void(std::string_view, Range)>;

  void take(size_t decoded, size_t spelled, const Piece& piece) {
    const auto end = from_ + static_cast<uint32_t>(spelled);
    piece(text_.substr(at_, decoded), {from_, end});
    at_ += decoded;
    from_ = end;
  }

  // What text and source have in common from here, before the next character reference.
  size_t equal_bytes() const {
    size_t size = 0;
    while (at_ + size < text_.size() && from_ + size < source_.size() &&
           text_[at_ + size] == source_[from_ + size] && !begins_reference(from_ + size))
      ++size;
    return size;
  }

  // An ampersand before anything else is one.
  bool begins_reference(size_t from) const {
    return source_[from] == '&' && from + 1 < source_.size() &&
           (source_[from + 1] == '#' || is_name(source_[from + 1]));
  }

  bool pass_tag() {
    if (from_ >= source_.size() || source_[from_] != '<') return false;
    const size_t end = source_.find('>', from_);
    if (end == source_.npos) return false;
    from_ = static_cast<uint32_t>(end) + 1;
    return true;
  }

  // Behind the tags that begin at `from` and are not in the text at `at`; the source's end where one is not
  // closed within reason.
  size_t behind_tags(size_t at, size_t from) const {
    constexpr size_t longest_tag = 4096;
    while (from < source_.size() && source_[from] == '<' && (at >= text_.size() || text_[at] != '<')) {
      const size_t size = source_.substr(from, longest_tag).find('>');
      from = size == source_.npos ? source_.size() : from + size + 1;
    }
    return from;
  }

  // Whether the next bytes of the text are what follows in the source.
  bool agree(size_t at, size_t from) const {
    constexpr size_t enough = 8;
    for (size_t i = 0; i < enough; ++i, ++at, ++from) {
      from = behind_tags(at, from);
      if (from == source_.size()) return at >= text_.size();
      if (source_[from] == '&') return true;
      if (at >= text_.size() || text_[at] != source_[from]) return false;
    }
    return true;
  }

  // Of the 2,231 references that the parser knows some stand for two characters, and some of the others may
  // lack their semicolon. Whichever lets text and source go on alike is right.
  bool take_reference(const Piece& piece) {
    if (from_ >= source_.size() || source_[from_] != '&') return false;
    size_t end = from_ + 1;
    while (end < source_.size() && (is_name(source_[end]) || (end == from_ + 1 && source_[end] == '#')))
      ++end;
    if (const auto spelled = source_.substr(from_, end - from_);
        text_.substr(at_).starts_with(spelled) && agree(at_ + spelled.size(), end)) {
      take(spelled.size(), spelled.size(), piece);  // is none, or stands where none are read
      return true;
    }
    const size_t one = character_at(text_, at_).size;
    if (end < source_.size() && source_[end] == ';') {
      const size_t two = at_ + one < text_.size() ? one + character_at(text_, at_ + one).size : one;
      if (take_if_right(one, end + 1, piece) || take_if_right(two, end + 1, piece)) return true;
    }
    for (; end > from_ + 2; --end)
      if (take_if_right(one, end, piece)) return true;
    return text_[at_] == '&' && take_if_right(1, from_ + 1, piece);
  }

  bool take_if_right(size_t decoded, size_t end, const Piece& piece) {
    if (!agree(at_ + decoded, end)) return false;
    take(decoded, end - from_, piece);
    return true;
  }

  std::string_view text_, source_;
  size_t at_ = 0;
  uint32_t from_;
};

}  // namespace

void each_piece(std::string_view text, std::string_view source, Range place,
                const std::function<void(std::string_view decoded, Range source)>& piece) {
  Pair(text, source, place).each(piece);
}

}  // namespace stet
