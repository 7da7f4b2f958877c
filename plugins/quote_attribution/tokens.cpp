#include "tokens.hpp"

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

bool joins(std::string_view text, uint32_t at, uint32_t end, char32_t c) {
  if (!is_single_mark(c) && c != '-' && c != 0x2010 && c != 0x2011) return false;
  const Character here = character_at(text, at);
  const char32_t next = at + here.size < end ? character_at(text, at + here.size).code : no_character;
  return is_letter(next) || is_digit(next);
}

// U.S. and e.g.: single letters, each with its full stop.
bool is_dotted(std::string_view text, uint32_t at, uint32_t end, uint32_t word) {
  if (text[at] != '.' || at - word == 0) return false;
  const bool lone = at - word == 1 || (at >= word + 2 && (text[at - 2] == '.' || text[at - 2] == '-'));
  const bool more =
      at + 2 < end && is_letter(static_cast<unsigned char>(text[at + 1])) && text[at + 2] == '.';
  const bool last = at >= word + 3 && text[at - 2] == '.';
  return lone && (more || last);
}

uint32_t word_end(std::string_view text, uint32_t begin, uint32_t end) {
  uint32_t at = begin;
  while (at < end) {
    while (at < end && is_ascii_alphanumeric(text[at])) ++at;
    if (at == end || text[at] == ' ') break;
    const Character c = character_at(text, at);
    const bool inside = is_letter(c.code) || is_digit(c.code) || joins(text, at, end, c.code) ||
                        (c.code == '.' && is_dotted(text, at, end, begin));
    if (!inside) break;
    at += c.size;
  }
  return at;
}

TokenKind kind_of(char32_t c) {
  if (c == ',') return TokenKind::comma;
  if (c == ':') return TokenKind::colon;
  if (c == '.' || c == '!' || c == '?' || c == ';' || c == 0x2026) return TokenKind::stop;
  if (is_dash(c)) return TokenKind::dash;
  if (is_opening_bracket(c)) return TokenKind::open_bracket;
  if (c == ')' || c == ']' || c == '}') return TokenKind::close_bracket;
  return TokenKind::other;
}

class OutlineReader {
 public:
  OutlineReader(std::string_view text, const std::vector<Block>& blocks, const std::vector<Quote>& quotes)
      : text_(text), blocks_(blocks), quotes_(quotes) {
    outline_.token_of_quote.resize(quotes.size());
    outline_.tokens.reserve(text.size() / 7);
  }

  Outline read() {
    for (uint32_t b = 0; b < blocks_.size(); ++b) {
      outline_.first_sentence_of_block.push_back(static_cast<uint32_t>(outline_.sentences.size()));
      const uint32_t first = static_cast<uint32_t>(outline_.tokens.size());
      read_block(blocks_[b].range);
      for (uint32_t i = first; i < outline_.tokens.size(); ++i) tell_names(first, i);
      split(first, b);
    }
    outline_.first_sentence_of_block.push_back(static_cast<uint32_t>(outline_.sentences.size()));
    return std::move(outline_);
  }

 private:
  void read_block(Span block) {
    uint32_t at = block.begin;
    while (at < block.end) {
      if (next_quote_ < quotes_.size() && quotes_[next_quote_].range.begin <= at) {
        at = take_quote(block, at);
        continue;
      }
      if (text_[at] == ' ') {
        ++at;
        continue;
      }
      const Character c = character_at(text_, at);
      if (is_space(c.code))
        at += c.size;
      else if (is_letter(c.code) || is_digit(c.code))
        at = take_word(at, block.end, c.code);
      else
        at = take_mark(at, c);
    }
  }

  uint32_t take_quote(Span block, uint32_t at) {
    const Quote& quote = quotes_[next_quote_];
    if (at == quote.range.begin)
      outline_.token_of_quote[next_quote_] = static_cast<uint32_t>(outline_.tokens.size());
    const uint32_t end = std::min(quote.range.end, block.end);
    push({at, end}, TokenKind::quote, 0);
    outline_.tokens.back().quote = next_quote_;
    if (quote.range.end <= block.end) ++next_quote_;
    return end;
  }

  uint32_t take_word(uint32_t at, uint32_t limit, char32_t first) {
    if (next_quote_ < quotes_.size()) limit = std::min(limit, quotes_[next_quote_].range.begin);
    uint32_t end = word_end(text_, at, limit), stem = end;
    bool possessive = false;
    for (const std::string_view tail : {"'s", "’s"}) {
      if (end - at > tail.size() && slice(text_, {at, end}).substr(end - at - tail.size()) == tail) {
        stem = end - static_cast<uint32_t>(tail.size());
        possessive = true;
      }
    }
    if (possessive && (classes_of(slice(text_, {at, stem})) & pronoun) != 0)
      possessive = false;  // he's
    else if (!possessive)
      stem = without_contraction(at, stem);
    const Character next = end < limit ? character_at(text_, end) : Character{no_character, 1};
    if (!possessive && is_single_mark(next.code) && text_[end - 1] == 's') {
      possessive = true;
      end += next.size;
    }
    push({at, stem}, is_digit(first) ? TokenKind::number : TokenKind::word,
         classes_of(slice(text_, {at, stem})));
    outline_.tokens.back().capital = is_upper(first) || begins_with_article(at, stem);
    outline_.tokens.back().possessive = possessive;
    return end;
  }

  // he'd, they’ve: the pronoun.
  uint32_t without_contraction(uint32_t at, uint32_t end) const {
    const std::string_view word = slice(text_, {at, end});
    for (const std::string_view mark : {std::string_view("'"), std::string_view("’")}) {
      const size_t cut = word.find(mark);
      if (cut == word.npos || cut < 1 || word.size() - cut > mark.size() + 2) continue;
      if (classes_of(word.substr(0, cut)) & pronoun) return at + static_cast<uint32_t>(cut);
    }
    return end;
  }

  // al-Anbari, el-Sisi
  bool begins_with_article(uint32_t at, uint32_t end) const {
    return at + 4 < end && text_[at + 2] == '-' && is_upper(static_cast<unsigned char>(text_[at + 3]));
  }

  // Capitalised words that only look like an adverb or an auxiliary: Reilly, Kelly; Will.
  void tell_names(uint32_t first, uint32_t i) {
    Token& token = outline_.tokens[i];
    if (!token.capital || !token.is(adverb | auxiliary) || token.is(determiner | preposition)) return;
    const Token* next = i + 1 < outline_.tokens.size() ? &outline_.tokens[i + 1] : nullptr;
    const bool leads = i == first || outline_.tokens[i - 1].kind == TokenKind::stop;
    const bool speaks = next && next->kind == TokenKind::word && !next->capital && next->is(reports);
    const std::string_view word = slice(text_, token.range);
    if (word == "Will" && (!leads || speaks || (next && next->capital)))
      token.classes = given_name | masculine;
    if (token.classes == adverb && word.size() > 4 && word.substr(word.size() - 2) == "ly" &&
        (!leads || speaks))
      token.classes = 0;
  }

  uint32_t take_mark(uint32_t at, Character c) {
    push({at, at + c.size}, kind_of(c.code), 0);
    return at + c.size;
  }

  void push(Span range, TokenKind kind, uint32_t classes) {
    outline_.tokens.push_back({range, kind, false, false, classes, 0, 0});
  }

  void split(uint32_t first, uint32_t block) {
    auto& tokens = outline_.tokens;
    const uint32_t count = static_cast<uint32_t>(tokens.size());
    uint32_t begin = first;
    for (uint32_t i = first; i < count; ++i) {
      tokens[i].sentence = static_cast<uint32_t>(outline_.sentences.size());
      if (i + 1 < count && !ends_sentence(first, i)) continue;
      outline_.sentences.push_back({begin, i + 1, block});
      begin = i + 1;
    }
  }

  bool ends_sentence(uint32_t first, uint32_t i) const {
    const Token& token = outline_.tokens[i];
    const Token& next = outline_.tokens[i + 1];
    const bool fresh = next.capital || next.kind == TokenKind::quote || next.kind == TokenKind::number;
    if (token.kind == TokenKind::quote) {
      const char32_t last = last_inside(text_, quotes_[token.quote]);
      return (last == '.' || last == 0x2026) && fresh;
    }
    if (token.kind != TokenKind::stop || !fresh) return false;
    if (text_[token.range.begin] != '.' || i == first) return text_[token.range.begin] != ';' || fresh;
    const Token& word = outline_.tokens[i - 1];
    if (word.range.end != token.range.begin || word.kind != TokenKind::word) return true;
    return !word.is(abbreviation) && !(word.capital && word.range.end - word.range.begin == 1);
  }

  std::string_view text_;
  const std::vector<Block>& blocks_;
  const std::vector<Quote>& quotes_;
  Outline outline_;
  uint32_t next_quote_ = 0;
};

}  // namespace

Outline read_outline(std::string_view text, const std::vector<Block>& blocks,
                     const std::vector<Quote>& quotes) {
  return OutlineReader(text, blocks, quotes).read();
}

char32_t last_inside(std::string_view text, const Quote& quote) {
  size_t end = quote.inner.end;
  while (end > quote.inner.begin) {
    const char32_t c = character_before(text, end);
    if (!is_space(c) && !is_single_mark(c)) return c;
    do --end;
    while (end > quote.inner.begin && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  }
  return no_character;
}

}  // namespace quote_attribution
