#include "quotations.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "words.hpp"

namespace house_rules {
namespace {

struct Mark {
  std::string_view glyph;
  bool single;
};
constexpr std::array<Mark, 10> marks = {{{"\"", false},
                                         {"“", false},
                                         {"”", false},
                                         {"„", false},
                                         {"«", false},
                                         {"»", false},
                                         {"``", false},
                                         {"''", false},
                                         {"‘", true},
                                         {"'", true}}};

const Mark* mark_at(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte != '"' && byte != '\'' && byte != '`' && byte != 0xe2 && byte != 0xc2) return nullptr;
  const auto rest = text.substr(at);
  const auto* found = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    return rest.substr(0, mark.glyph.size()) == mark.glyph;
  });
  return found == marks.end() ? nullptr : found;
}

bool is_space_at(std::string_view text, size_t at) {
  return at >= text.size() || static_cast<unsigned char>(text[at]) <= ' ';
}

// Which glyphs close what `opening` opened. Some habits point the marks inward, some use one for both.
bool closes(std::string_view opening, std::string_view glyph) {
  if (opening == "\"") return glyph == "\"";
  if (opening == "«") return glyph == "»";
  if (opening == "»") return glyph == "«" || glyph == "»";
  if (opening == "``") return glyph == "''" || glyph == "\"";
  return glyph == "”" || glyph == "“" || (opening != "“" && glyph == "\"");
}

// Reads one block.
class Reader {
 public:
  Reader(std::string_view words, uint32_t offset, std::vector<Span>& quotations)
      : words_(words), offset_(offset), quotations_(quotations) {}

  void read() {
    for (size_t at = 0; at < words_.size();) {
      const auto* mark = mark_at(words_, at);
      at = mark ? read_from(*mark, at) : at + 1;
    }
  }

 private:
  // Gives the place where reading goes on.
  size_t read_from(const Mark& mark, size_t at) {
    const size_t inner = at + mark.glyph.size();
    if (!opens(mark, at)) {
      if (mark.glyph == "”" || mark.glyph == "»") add(sentence_begin(at), at);
      return inner;
    }
    const auto end = mark.single ? single_end(inner) : double_end(inner, mark.glyph);
    if (!end) return inner;
    add(inner, *end);
    const auto* closing = *end < words_.size() ? mark_at(words_, *end) : nullptr;
    return *end + (closing ? closing->glyph.size() : 1);
  }

  void add(size_t begin, size_t end) {
    quotations_.push_back({offset_ + static_cast<uint32_t>(begin), offset_ + static_cast<uint32_t>(end)});
    last_end_ = end;
  }

  // Of the sentence that ends at `at`; not before the end of the last quotation.
  size_t sentence_begin(size_t at) const {
    for (size_t i = at; i > last_end_ + 1; --i)
      if (is_space_at(words_, i - 1) && std::string_view(".!?").find(words_[i - 2]) != std::string_view::npos)
        return i;
    return last_end_;
  }

  bool opens(const Mark& mark, size_t at) const {
    const size_t behind = at + mark.glyph.size();
    const bool attached_left = is_letter_or_digit_before(words_, at),
               space_right = is_space_at(words_, behind);
    if (mark.single) return !attached_left && is_letter_before_digit(behind);
    if (mark.glyph == "“" || mark.glyph == "„" || mark.glyph == "«" || mark.glyph == "``")
      return !space_right || mark.glyph == "«";
    if (mark.glyph == "''") return false;
    // " behind a digit measures inches; ” and » behind a word close what nothing opened.
    if (attached_left)
      return mark.glyph == "\"" && !is_digit_before(at) && is_letter_or_digit_at(words_, behind);
    return !space_right && !is_stop_before(at);
  }
  bool is_letter_before_digit(size_t at) const {
    return is_letter_or_digit_at(words_, at) && !(words_[at] >= '0' && words_[at] <= '9');
  }
  bool is_digit_before(size_t at) const { return at > 0 && words_[at - 1] >= '0' && words_[at - 1] <= '9'; }
  bool is_stop_before(size_t at) const {
    return at > 0 && std::string_view(".,!?").find(words_[at - 1]) != std::string_view::npos;
  }

  // A double quotation always ends: with its block if nothing closes it.
  std::optional<size_t> double_end(size_t from, std::string_view opening) const {
    for (size_t at = from; at < words_.size(); ++at) {
      const auto* mark = mark_at(words_, at);
      if (mark && !mark->single && closes(opening, mark->glyph) && is_closing_place(*mark, at)) return at;
    }
    return words_.size();
  }
  // “ closes only where it cannot open.
  bool is_closing_place(const Mark& mark, size_t at) const {
    if (mark.glyph != "“") return true;
    return !is_letter_or_digit_at(words_, at + mark.glyph.size()) && !is_space_at(words_, at - 1);
  }

  // The first mark that no word goes on behind. Behind an s it may be a plural's apostrophe: it counts
  // only when there is no better one.
  std::optional<size_t> single_end(size_t from) {
    if (from > last_single_) return std::nullopt;
    std::optional<size_t> after_s;
    for (size_t at = from; at < words_.size(); ++at) {
      const size_t size = words_[at] == '\'' ? 1 : words_.substr(at, 3) == "’" ? 3 : 0;
      if (size == 0 || at == from || is_letter_or_digit_at(words_, at + size) || is_space_at(words_, at - 1))
        continue;
      if (words_[at - 1] != 's' && words_[at - 1] != 'S') return at;
      if (!after_s) after_s = at;
    }
    if (!after_s) last_single_ = from;
    return after_s;
  }

  std::string_view words_;
  uint32_t offset_;
  std::vector<Span>& quotations_;
  size_t last_end_ = 0;
  size_t last_single_ = std::string_view::npos;  // behind it no single mark closes
};

}  // namespace

void find_quotations(std::string_view text, Span block, std::vector<Span>& quotations) {
  Reader(slice(text, block), block.begin, quotations).read();
}

}  // namespace house_rules
