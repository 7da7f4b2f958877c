#include "words.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "fold.hpp"

namespace stet {
namespace {

enum class Class : uint8_t { space, letter, digit, ideograph, mark, extends };

constexpr char32_t joiner = 0x200D;

Class class_of_other(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  if (is_invisible(c) || u_isUWhiteSpace(u)) return Class::space;
  const uint32_t mask = U_GET_GC_MASK(u);
  if (mask & (U_GC_M_MASK | U_GC_CF_MASK)) return Class::extends;
  if (c >= 0x1F3FB && c <= 0x1F3FF) return Class::extends;  // skin tones
  if (mask & U_GC_N_MASK) return Class::digit;
  if (!(mask & U_GC_L_MASK)) return Class::mark;
  switch (u_getIntPropertyValue(u, UCHAR_LINE_BREAK)) {
    case U_LB_IDEOGRAPHIC:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_NONSTARTER:
    case U_LB_COMPLEX_CONTEXT: return Class::ideograph;  // written without spaces, as is Thai
    default: return Class::letter;
  }
}

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Class class_of_ascii(unsigned char c) {
  if (c == ' ' || (c >= '\t' && c <= '\r')) return Class::space;
  if (c >= '0' && c <= '9') return Class::digit;
  if (is_ascii_letter(static_cast<char>(c))) return Class::letter;
  return Class::mark;
}

struct Character {
  char32_t code = 0;
  Class kind = Class::space;
  uint32_t end = 0;  // 0: there is none
};

Character character_at(std::string_view text, uint32_t at) {
  if (at >= text.size()) return {};
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, class_of_ascii(first), at + 1};
  UChar32 c;
  auto end = static_cast<int64_t>(at);
  U8_NEXT(text.data(), end, static_cast<int64_t>(text.size()), c);
  if (c < 0) return {0xFFFD, Class::mark, at + 1};
  return {static_cast<char32_t>(c), class_of_other(static_cast<char32_t>(c)), static_cast<uint32_t>(end)};
}

bool joins_letters(char32_t c) {
  return c == '\'' || c == U'’';
}

bool joins_digits(char32_t c) {
  return c == '.' || c == ',' || c == ':' || c == '/' || c == '-' || c == U'–' || c == U'−' ||
         joins_letters(c);
}

bool attaches(const Character& c) {
  return c.kind == Class::extends || is_invisible(c.code);
}

class Scanner {
 public:
  Scanner(std::string_view text, uint32_t offset) : text_(text), offset_(offset) {}

  std::vector<Word> scan(size_t most) {
    words_.reserve(std::min(text_.size() / 5, most));
    for (uint32_t at = 0; at < text_.size() && words_.size() < most;) {
      const Character c = character_at(text_, at);
      if (c.kind == Class::space) {
        at = c.end;
        continue;
      }
      const bool mark = c.kind == Class::mark || c.kind == Class::extends;
      const uint32_t end = mark                         ? end_of_mark(c)
                           : c.kind == Class::ideograph ? attached(c.end)
                                                        : end_of_word(c);
      words_.push_back({{offset_ + at, offset_ + end}, mark});
      at = end;
    }
    return std::move(words_);
  }

 private:
  uint32_t attached(uint32_t at) const {
    for (Character c = character_at(text_, at); c.end && attaches(c); c = character_at(text_, at)) at = c.end;
    return at;
  }

  uint32_t end_of_word(Character last) const {
    uint32_t at = last.end;
    for (;;) {
      while (last.kind == Class::letter && at < text_.size() && is_ascii_letter(text_[at])) ++at;
      const Character c = character_at(text_, at);
      if (!c.end) return at;
      if (attaches(c)) {
        at = c.end;
      } else if (c.kind == Class::letter || c.kind == Class::digit || joins(last, c)) {
        last = c.kind == Class::mark ? last : c;
        at = c.end;
      } else {
        return at;
      }
    }
  }

  // Whether `c` stands inside a word: an apostrophe between letters, a point between digits.
  bool joins(const Character& last, const Character& c) const {
    if (c.kind != Class::mark) return false;
    if (last.kind == Class::letter ? !joins_letters(c.code) : !joins_digits(c.code)) return false;
    return character_at(text_, c.end).kind == last.kind && character_at(text_, c.end).end;
  }

  // A row of dots is one mark, as the ellipsis is; emoji that are joined are one.
  uint32_t end_of_mark(const Character& first) const {
    uint32_t at = attached(first.end);
    if (first.code == '.')
      while (at < text_.size() && text_[at] == '.') ++at;
    for (char32_t last = last_of(at); last == joiner && at < text_.size(); last = last_of(at)) {
      const Character c = character_at(text_, at);
      if (c.kind != Class::mark) break;
      at = attached(c.end);
    }
    return at;
  }

  char32_t last_of(uint32_t end) const {
    return end >= 3 && text_.substr(end - 3, 3) == "\u200D" ? joiner : 0;
  }

  std::string_view text_;
  uint32_t offset_;
  std::vector<Word> words_;
};

bool is_edge(char32_t c, Class kind) {
  if (kind == Class::space) return true;
  constexpr std::u32string_view edges = U"\"'`.,;:!-“”„‟«»‘’‚‛‹›‐‑‒–—―−…";
  return edges.find(c) != edges.npos;
}

// The character that ends at `end`.
uint32_t begin_of_last(std::string_view text, uint32_t end) {
  do --end;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  return end;
}

uint64_t mixed(uint64_t a, uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// Of up to 7 bytes, none left out: two reads that overlap cost less than one of a size that is not known.
uint64_t last_bytes(std::string_view text) {
  const auto read = [&](auto number, size_t at) {
    std::memcpy(&number, text.data() + at, sizeof number);
    return uint64_t{number};
  };
  const size_t size = text.size();
  if (size >= 4) return read(uint32_t{}, 0) | read(uint32_t{}, size - 4) << 32;
  return read(uint8_t{}, 0) | read(uint8_t{}, size / 2) << 8 | read(uint8_t{}, size - 1) << 16;
}

std::array<uint64_t, 2> random_key() {
  std::random_device random;
  const auto word = [&] { return (uint64_t{random()} << 32 | random()) | 1; };
  return {word(), word()};
}

}  // namespace

std::vector<Word> words_of(std::string_view text, uint32_t offset, size_t most) {
  return Scanner(text, offset).scan(most);
}

bool ends_in_word(std::string_view text) {
  if (text.empty()) return false;
  const Character last = character_at(text, begin_of_last(text, static_cast<uint32_t>(text.size())));
  return last.end == text.size() && last.kind != Class::space;
}

Range without_edges(std::string_view text, Range range) {
  const auto size = static_cast<uint32_t>(text.size());
  uint32_t end = std::min(range.end, size);
  uint32_t begin = std::min(range.begin, end);
  const Range nothing{begin, begin};
  while (begin < end) {
    const Character c = character_at(text, begin);
    if (!is_edge(c.code, c.kind)) break;
    begin = std::min(c.end, end);
  }
  while (begin < end) {
    const uint32_t last = begin_of_last(text, end);
    const Character c = character_at(text, last);
    if (last < begin || !is_edge(c.code, c.kind)) break;
    end = last;
  }
  return begin < end ? Range{begin, end} : nothing;
}

size_t count_words(std::string_view text) {
  const auto words = words_of(text);
  return static_cast<size_t>(
      std::count_if(words.begin(), words.end(), [](const Word& w) { return !w.mark; }));
}

// Keyed anew in every process: whoever writes the articles cannot choose words that collide.
uint32_t Numbering::hash_of(std::string_view text) {
  static const auto key = random_key();
  uint64_t hash = key[0] ^ text.size();
  for (; text.size() >= 8; text.remove_prefix(8)) {
    uint64_t chunk;
    std::memcpy(&chunk, text.data(), sizeof chunk);
    hash = mixed(hash ^ chunk, key[1]);
  }
  if (!text.empty()) hash = mixed(hash ^ last_bytes(text), key[1]);
  return static_cast<uint32_t>(hash ^ hash >> 32);
}

Numbering::Slot& Numbering::slot(std::string_view text) {
  if (2 * used_ >= slots_.size()) grow();
  const uint32_t hash = hash_of(text);
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.number == none) slot.text = text, slot.hash = hash;
    if (slot.hash == hash && slot.text == text) return slot;
  }
}

void Numbering::grow() {
  constexpr size_t fewest = 128;
  std::vector<Slot> larger(std::max(fewest, 2 * slots_.size()));
  const size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.number == none) continue;
    size_t at = slot.hash & mask;
    while (larger[at].number != none) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

uint32_t Numbering::number_of(Slot& slot) {
  if (slot.number == none) slot.number = next_++, ++used_;
  return slot.number;
}

uint32_t Numbering::exact(std::string_view text) {
  return number_of(slot(text));
}

uint32_t Numbering::folded(std::string_view word) {
  if (Slot& found = slot(word); found.number != none || is_folded(word)) return number_of(found);
  std::string plain = fold(word);
  if (plain == word) return exact(word);
  uint32_t number = slot(plain).number;
  if (number == none) number = exact(kept_.emplace_back(std::move(plain)));
  slot(word).number = number;
  ++used_;
  return number;
}

}  // namespace stet
