// The words outside of quotations, sentence by sentence, each quotation being one token. This is the
// sequence in which attributions are looked for.
#pragma once

#include <string_view>
#include <vector>

#include "marks.hpp"

namespace quote_attribution {

enum class TokenKind : uint8_t {
  word,
  number,
  comma,
  colon,
  stop,
  dash,
  open_bracket,
  close_bracket,
  quote,
  other
};

struct Token {
  Span range;  // without a possessive 's
  TokenKind kind;
  bool capital;      // begins with a capital letter
  bool possessive;   // 's or s' follows
  uint32_t classes;  // WordClass
  uint32_t quote;    // index of the quotation, for TokenKind::quote
  uint32_t sentence;

  bool is(uint32_t any_of) const { return (classes & any_of) != 0; }
};

inline bool is_word(const Token& t) {
  return t.kind == TokenKind::word;
}

struct Sentence {
  uint32_t begin, end;  // tokens
  uint32_t block;
};

struct Outline {
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<uint32_t> token_of_quote;           // its token in the first of its blocks
  std::vector<uint32_t> first_sentence_of_block;  // one more than there are blocks
};

Outline read_outline(std::string_view text, const std::vector<Block>& blocks,
                     const std::vector<Quote>& quotes);

// The last character inside of the marks that is no space.
char32_t last_inside(std::string_view text, const Quote& quote);

}  // namespace quote_attribution
