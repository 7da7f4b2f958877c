#include "speech.hpp"

#include "lexicon.hpp"

namespace quote_attribution {

namespace {

struct Words {
  uint32_t count = 0, capital = 0;
  bool first_capital = false;
};

constexpr uint32_t enough_words = 12;  // more than any name has

Words count_words(std::string_view text, Span inner) {
  Words words;
  bool inside = false;
  for (uint32_t at = inner.begin; at < inner.end && words.count <= enough_words;) {
    const Character c = character_at(text, at);
    const bool letter = is_letter(c.code) || is_digit(c.code);
    if (letter && !inside) {
      if (words.count == 0) words.first_capital = is_upper(c.code);
      words.capital += is_upper(c.code) || is_digit(c.code);
      ++words.count;
    }
    inside = letter || (inside && is_single_mark(c.code));
    at += c.size;
  }
  return words;
}

bool is_terminal(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

}  // namespace

Reading read_kind(std::string_view text, const std::vector<Quote>& quotes, uint32_t quote,
                  const Outline& outline, const Attribution& attribution) {
  const Quote& q = quotes[quote];
  const Words words = count_words(text, q.inner);
  if (words.count == 0) return {Kind::none, false};
  const uint32_t token = outline.token_of_quote[quote];
  const Sentence& s = outline.sentences[outline.tokens[token].sentence];
  const Token* before = token > s.begin ? &outline.tokens[token - 1] : nullptr;
  const char32_t last = last_inside(text, q);
  const bool set_off = !before || before->kind == TokenKind::comma || before->kind == TokenKind::colon ||
                       before->kind == TokenKind::dash || before->kind == TokenKind::stop;
  const bool whole = set_off && words.first_capital && (is_terminal(last) || last == ',') && words.count >= 2;
  const bool title_like = words.count <= 8 && words.capital * 2 > words.count && words.first_capital;
  if (before && !set_off) {
    if (title_like && attribution.evidence != Evidence::clause) return {Kind::none, false};
    if (before->is(names_work) && words.count <= 6) return {Kind::none, false};
  }
  switch (attribution.evidence) {
    case Evidence::clause: return {Kind::direct, whole};
    case Evidence::complement: return {Kind::direct, false};
    case Evidence::carried: return {whole || words.count > 3 ? Kind::direct : Kind::mixed, whole};
    case Evidence::fragment: return {whole ? Kind::direct : Kind::mixed, whole};
    case Evidence::none: break;
  }
  return {whole && words.count >= 4 ? Kind::direct : Kind::mixed, whole};
}

}  // namespace quote_attribution
