#include "block_marks.hpp"

namespace quote_attribution {

namespace {

constexpr char32_t twin = 0x2033;

bool opens_towards(char32_t before) {
  return is_space(before) || is_opening_bracket(before) || is_dash(before) || before == '/' ||
         is_double_mark(before) || is_single_mark(before) || before == '*' || before == '_' ||
         before == '=' || before == '>';
}

bool is_closing_punctuation(char32_t c) {
  return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == ']' ||
         c == '}';
}

// 6'2" and 5’11”
bool follows_feet(std::string_view text, Span block, uint32_t at) {
  uint32_t digits = at;
  while (digits > block.begin && at - digits < 2 && is_digit(static_cast<unsigned char>(text[digits - 1])))
    --digits;
  if (digits == at || digits == block.begin) return false;
  const char32_t mark = character_before(text, digits);
  return mark == '\'' || mark == 0x2019 || mark == 0x2032;
}

Mark make_mark(std::string_view text, Span block, Span range, char32_t code) {
  Mark mark{range, code, no_character, no_character, false, false, false};
  if (range.begin > block.begin) mark.before = character_before(text, range.begin);
  if (range.end < block.end) mark.after = character_at(text, range.end).code;
  mark.looks_open =
      opens_towards(mark.before) && !is_space(mark.after) && !is_closing_punctuation(mark.after);
  const bool nested = is_dash(mark.before) && is_single_mark(mark.after);  // —"'Harbour' to open,"
  mark.looks_close = !is_space(mark.before) && !is_letter(mark.after) && !is_digit(mark.after) && !nested;
  mark.measures_inches = follows_feet(text, block, range.begin);
  return mark;
}

// Length of a mark made of two ASCII characters at `at`, or 0. Three in a row are a double and a
// single one: the double stands outside, so first when opening, last when closing.
uint32_t twin_size(std::string_view text, Span block, uint32_t at, char c) {
  uint32_t run = 0;
  while (run < 4 && at + run < block.end && text[at + run] == c) ++run;
  if (run == 2) return 2;
  if (run != 3 || c == '`') return 0;
  const bool opening = at == block.begin || is_space(character_before(text, at));
  return opening ? 2 : 0;
}

// ``so'' quotes; `` alone is code.
bool closes_backticks(std::string_view block) {
  const size_t opening = block.find("``");
  return opening != block.npos && block.find("''", opening) != block.npos;
}

// Leftover markup: <a href="...">. Its marks are no quotation marks.
class TagSkipper {
 public:
  TagSkipper(std::string_view text, Span block) : text_(text), end_(block.end), close_(block.begin) {}

  // Where to go on behind the '<' at `at`: behind the tag, if it is one.
  uint32_t past(uint32_t at) {
    constexpr uint32_t longest_tag = 1000;
    const bool named =
        at + 1 < end_ && (is_letter(static_cast<unsigned char>(text_[at + 1])) || text_[at + 1] == '/');
    if (!named) return at + 1;
    while (close_ < end_ && (close_ < at || text_[close_] != '>')) ++close_;
    return close_ < end_ && close_ - at < longest_tag ? close_ + 1 : at + 1;
  }

 private:
  std::string_view text_;
  uint32_t end_;
  uint32_t close_;  // never goes back, so that many '<' cost no more than one
};

}  // namespace

void scan_marks(std::string_view text, Span block, BlockMarks& marks) {
  marks.doubles.clear();
  marks.singles.clear();
  const bool backticks_quote = closes_backticks(slice(text, block));
  TagSkipper tags(text, block);
  for (uint32_t at = block.begin; at < block.end;) {
    const unsigned char byte = static_cast<unsigned char>(text[at]);
    if (byte == '<') {
      at = tags.past(at);
      continue;
    }
    if (byte < 0x80 && byte != '"' && byte != '\'' && byte != '`') {
      ++at;
      continue;
    }
    if (byte == '\'' || byte == '`') {
      const uint32_t size = byte == '`' && !backticks_quote ? 0 : twin_size(text, block, at, text[at]);
      if (size != 0) {
        marks.doubles.push_back(make_mark(text, block, {at, at + size}, byte == '`' ? 0x201C : twin));
        at += size;
        continue;
      }
    }
    const Character c = character_at(text, at);
    if (is_double_mark(c.code)) marks.doubles.push_back(make_mark(text, block, {at, at + c.size}, c.code));
    if (is_single_mark(c.code)) marks.singles.push_back(make_mark(text, block, {at, at + c.size}, c.code));
    at += c.size;
  }
}

}  // namespace quote_attribution
