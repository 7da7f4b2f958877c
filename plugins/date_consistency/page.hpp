// One stretch of a document, with all that a check may ask of it. What a check compares stands within one
// stretch.
#pragma once

#include <span>
#include <string_view>

#include <stet/plugin.hpp>

#include "document_time.hpp"
#include "expression.hpp"
#include "reader.hpp"

struct Page {
  std::string_view text;  // of the whole document
  const Reader& r;
  std::span<const Expression> dates;
  const DocumentTime& time;
  const stet::sdk::Document& document;
  std::string_view gap;  // what divides paragraphs

  // The bytes of a token; empty past the end.
  std::string_view raw(std::size_t i) const;
  // Whether the token is this word, in any case. `lower` is lower case.
  // Most words differ in length or first letter: that much is asked here, where it costs no call.
  bool is(std::size_t i, std::string_view lower) const {
    const Token& t = r[i];
    return t.end - t.begin == lower.size() && (text[t.begin] | 0x20) == lower.front() && is_word(i, lower);
  }
  bool is_any(std::size_t i, std::span<const std::string_view> words) const {
    for (const auto word : words)
      if (is(i, word)) return true;
    return false;
  }

  // The first token of the sentence around `i`, and the token after its last; none looks further than
  // `sentence_reach` tokens.
  std::size_t sentence_begin(std::size_t i) const;
  std::size_t sentence_end(std::size_t i) const;
  static constexpr std::size_t sentence_reach = 80;

  // The expressions of time from the first that ends after token `i`, in the order of the text.
  std::span<const Expression> dates_from(std::size_t i) const;

  bool capital(std::size_t i) const { return r[i].kind == Token::word && r[i].has(Token::capital); }
  stet_range range(std::size_t first, std::size_t limit) const { return {r[first].begin, r[limit - 1].end}; }
  stet_range range(const Expression& e) const { return {e.begin, e.end}; }

 private:
  bool is_word(std::size_t i, std::string_view lower) const;
};

// The token after the title, if the stretch begins with it; else 0.
std::size_t title_end(const Page& p);

// Whether one of the words stands in tokens [begin, end).
bool any_in(const Page& p, std::size_t begin, std::size_t end, std::span<const std::string_view> words);

// Ignores the case of ASCII letters in `a`.
bool same_word(std::string_view a, std::string_view lower);
std::string lower_case(std::string_view word);
