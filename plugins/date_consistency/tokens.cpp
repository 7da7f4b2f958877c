#include "tokens.hpp"

#include <array>

namespace {

enum Class : uint8_t { space, letter, digit, other };

constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> c{};
  for (size_t i = 0; i < 256; ++i) {
    if (i == ' ' || (i >= 9 && i <= 13))
      c[i] = space;
    else if ((i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') || i >= 0x80)
      c[i] = letter;
    else if (i >= '0' && i <= '9')
      c[i] = digit;
    else
      c[i] = other;
  }
  return c;
}
constexpr auto classes = make_classes();

class Scanner {
 public:
  Scanner(std::string_view text, uint32_t begin, uint32_t end, bool line_is_paragraph,
          std::vector<Token>& out)
      : text_(text.substr(0, end)), at_(begin), end_(end), lines_(line_is_paragraph), out_(out) {}

  void run() {
    while (skip_space(), at_ < end_) {
      if (const auto mark = wide_mark())
        take_mark(mark, 3);
      else if (class_at(at_) == digit)
        take_number();
      else if (class_at(at_) == letter)
        take_word();
      else
        take_mark(text_[at_], 1);
    }
  }

 private:
  unsigned char byte(uint32_t i) const { return i < end_ ? static_cast<unsigned char>(text_[i]) : 0; }
  Class class_at(uint32_t i) const {
    return i < end_ ? classes[static_cast<unsigned char>(text_[i])] : other;
  }

  void skip_space() {
    gap_ = 0;
    int breaks = 0;
    for (; at_ < end_;) {
      if (class_at(at_) == space) {
        breaks += text_[at_] == '\n';
        ++at_;
      } else if (byte(at_) == 0xC2 && byte(at_ + 1) == 0xA0) {
        at_ += 2;
      } else if (byte(at_) == 0xE2 && byte(at_ + 1) == 0x80 &&
                 (byte(at_ + 2) <= 0x8A || byte(at_ + 2) == 0xAF)) {
        at_ += 3;
      } else {
        break;
      }
      gap_ = Token::spaced;
    }
    if (breaks > 1 || (breaks == 1 && lines_)) gap_ |= Token::paragraph;
  }

  // The ASCII form of a mark of U+2010..203A, or 0.
  char wide_mark() const { return mark_at(at_); }
  char mark_at(uint32_t i) const {
    if (byte(i) != 0xE2 || byte(i + 1) != 0x80) return 0;
    const auto third = byte(i + 2);
    if (third >= 0x90 && third <= 0x95) return '-';
    if (third == 0x98 || third == 0x99) return '\'';
    if (third == 0x9C || third == 0x9D) return '"';
    return third == 0xA6 ? '.' : third >= 0x96 && third < 0xC0 ? '*' : 0;
  }

  void push(Token::Kind kind, uint32_t begin, uint8_t flags, const Word* meaning = &look_up({})) {
    out_.push_back({begin, at_, kind, static_cast<uint8_t>(flags | gap_), 0, 0, false, meaning, 0, 0});
  }

  void take_mark(char ascii, uint32_t width) {
    const uint32_t begin = at_;
    at_ += width;
    // A run of one mark, such as "....." or "-----", is one token.
    if (width == 1)
      while (at_ < end_ && text_[at_] == ascii) ++at_;
    push(Token::mark, begin, 0);
    const bool alone = at_ - begin == width || ascii == '\'' || (ascii == '-' && at_ - begin == 2);
    out_.back().sign = alone ? ascii : '*';
  }

  bool letter_at(uint32_t i) const {
    return class_at(i) == letter && !mark_at(i) && !(byte(i) == 0xC2 && byte(i + 1) == 0xA0) &&
           !(byte(i) == 0xE2 && byte(i + 1) == 0x80 && byte(i + 2) <= 0x8A);
  }

  void take_word() {
    const uint32_t begin = at_;
    std::array<char, longest_word + 1> lower;
    size_t size = 0;
    const auto add = [&](char c) {
      if (size < lower.size()) lower[size++] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    };
    for (; letter_at(at_); ++at_) add(text_[at_]);
    if (at_ == begin) add(text_[at_++]);
    if (size == 1) take_dotted(begin, add);
    const bool capital = text_[begin] >= 'A' && text_[begin] <= 'Z';
    push(Token::word, begin, capital ? Token::capital : 0, &look_up({lower.data(), size}));
    out_.back().past_form = at_ - begin > 3 && text_[at_ - 1] == 'd' && text_[at_ - 2] == 'e';
    if (class_at(at_) == digit) glue_next_ = true;
  }

  // "p.m." and "U.S." are words of one letter a full stop apart.
  template <class Add>
  void take_dotted(uint32_t begin, Add& add) {
    uint32_t i = begin + 1;
    int parts = 1;
    while (byte(i) == '.' && class_at(i + 1) == letter && byte(i + 1) < 0x80 && class_at(i + 2) != letter &&
           parts < 4) {
      add(text_[i + 1]);
      i += 2;
      ++parts;
    }
    if (parts == 1) return;
    if (byte(i) == '.') ++i;
    at_ = i;
  }

  void take_number() {
    const uint32_t begin = at_;
    uint8_t flags = 0;
    int64_t value = read_digits();
    const uint32_t whole = at_ - begin;
    while (whole <= 3 && byte(at_) == ',' && three_digits(at_ + 1)) {
      ++at_;
      value = value < 0 ? -1 : value * 1000 + read_digits();
      if (value > 2000000000) value = -1;
      flags |= Token::grouped;
    }
    uint16_t fraction = 0;
    for (int dots = 0; byte(at_) == '.' && class_at(at_ + 1) == digit; ++dots) {
      fraction = static_cast<uint16_t>((byte(at_ + 1) - '0') * 10 +
                                       (class_at(at_ + 2) == digit ? byte(at_ + 2) - '0' : 0));
      ++at_;
      read_digits();
      flags |= Token::decimal;
    }
    flags |= suffix();
    if (glue_next_ || after_money(begin) || byte(at_) == '%') flags |= Token::glued;
    glue_next_ = false;
    push(Token::number, begin, flags);
    out_.back().value = static_cast<int32_t>(value);
    out_.back().digits = static_cast<uint8_t>(whole > 250 ? 250 : whole);
    out_.back().fraction = fraction;
  }

  int64_t read_digits() {
    int64_t value = 0;
    for (; class_at(at_) == digit; ++at_)
      value = value < 0 || value > 200000000 ? -1 : value * 10 + (text_[at_] - '0');
    return value;
  }

  bool three_digits(uint32_t i) const {
    return class_at(i) == digit && class_at(i + 1) == digit && class_at(i + 2) == digit &&
           class_at(i + 3) != digit;
  }

  // "7th", "1990s", "1990's"; any other letters are a token of their own ("5pm").
  uint8_t suffix() {
    const auto low = [&](uint32_t i) { return static_cast<char>(byte(i) | 0x20); };
    const uint32_t quote = byte(at_) == '\'' ? 1 : mark_at(at_) == '\'' ? 3 : 0;
    if (low(at_ + quote) == 's' && class_at(at_ + quote + 1) != letter &&
        class_at(at_ + quote + 1) != digit) {
      at_ += quote + 1;
      return Token::decade;
    }
    const char a = low(at_), b = low(at_ + 1);
    if (((a == 's' && b == 't') || (a == 'n' && b == 'd') || (a == 'r' && b == 'd') ||
         (a == 't' && b == 'h')) &&
        class_at(at_ + 2) != letter) {
      at_ += 2;
      return Token::ordinal;
    }
    return 0;
  }

  bool after_money(uint32_t begin) const {
    if (begin == 0) return false;
    const auto b = static_cast<unsigned char>(text_[begin - 1]);
    return b == '$' || b == '#' || b == '@' || b == '_' || (b >= 0x80 && gap_ == 0 && !before_is_mark(begin));
  }
  bool before_is_mark(uint32_t begin) const { return begin >= 3 && mark_at(begin - 3); }

  std::string_view text_;
  uint32_t at_, end_;
  bool lines_;
  std::vector<Token>& out_;
  uint8_t gap_ = 0;
  bool glue_next_ = false;
};

}  // namespace

void tokenise(std::string_view text, uint32_t begin, uint32_t end, bool line_is_paragraph,
              std::vector<Token>& out) {
  Scanner(text, begin, end, line_is_paragraph, out).run();
}
