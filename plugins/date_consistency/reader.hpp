// Read access to the tokens of one stretch, for the grammar. Past the end stand empty tokens.
#pragma once

#include <span>

#include "tokens.hpp"

class Reader {
 public:
  explicit Reader(std::span<const Token> tokens) : tokens_(tokens) {}

  std::size_t size() const { return tokens_.size(); }
  const Token& operator[](std::size_t i) const { return i < tokens_.size() ? tokens_[i] : nothing(); }

  // Where the expression at hand begins: the one place where a paragraph may begin, too.
  void begin_at(std::size_t i) { origin_ = i; }

  // Not across the end of a paragraph: a token that begins one cannot continue an expression.
  const Token& next(std::size_t i) const {
    const Token& t = (*this)[i];
    return t.has(Token::paragraph) && i != origin_ ? nothing() : t;
  }
  const Word& word(std::size_t i) const { return *next(i).meaning; }
  Key key(std::size_t i) const { return word(i).key; }
  bool sign(std::size_t i, char c) const { return next(i).kind == Token::mark && next(i).sign == c; }
  bool touches(std::size_t i) const { return i < tokens_.size() && !tokens_[i].has(Token::spaced); }

  // A hyphen between two words without spaces: "third-quarter".
  bool hyphen(std::size_t i) const { return sign(i, '-') && touches(i) && touches(i + 1); }
  // i, or the token after it if it is such a hyphen.
  std::size_t skip_hyphen(std::size_t i) const { return hyphen(i) ? i + 1 : i; }

  // A weekday or month that is one beyond doubt: with a capital, or by a long name that is no other word.
  bool names_time(std::size_t i) const {
    const Token& t = next(i);
    const Word& w = *t.meaning;
    const bool other_word = w.month == 3 || w.month == 5 || w.month == 8;  // march, may, august
    return (w.weekday || w.month) && (t.has(Token::capital) || (!w.clipped && !other_word));
  }

  // A number written alone in digits: no money, percentage, fraction or part of a name.
  bool plain_number(std::size_t i) const {
    const Token& t = next(i);
    return t.kind == Token::number &&
           !(t.flags & (Token::grouped | Token::decimal | Token::glued | Token::decade));
  }

 private:
  static const Token& nothing() {
    static const Token none{0, 0, Token::mark, Token::spaced, 0, 0, false, &look_up({}), 0, 0};
    return none;
  }
  std::span<const Token> tokens_;
  std::size_t origin_ = 0;
};
