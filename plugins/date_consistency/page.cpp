#include "page.hpp"

#include <algorithm>

namespace {

char lower(char c) {
  return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool ends_sentence(const Reader& r, std::size_t i) {
  const Token& t = r[i];
  if (t.kind != Token::mark || (t.sign != '.' && t.sign != '?' && t.sign != '!')) return false;
  // "Nov. 23", "Mr. Weir": a full stop after a short word, and a small letter or a number after it.
  const Token& next = r[i + 1];
  return t.sign != '.' || !(i > 0 && r[i - 1].meaning->clipped) || next.has(Token::capital);
}

}  // namespace

bool same_word(std::string_view a, std::string_view word) {
  return a.size() == word.size() &&
         std::equal(a.begin(), a.end(), word.begin(), [](char x, char y) { return lower(x) == y; });
}

std::string lower_case(std::string_view word) {
  std::string out(word);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::size_t title_end(const Page& p) {
  for (uint32_t i = 0; i < p.document.node_count(); ++i) {
    const auto node = p.document.node(i);
    if (node.kind != STET_TITLE) continue;
    std::size_t at = 0;
    while (at < p.r.size() && p.r[at].begin < node.range.end) ++at;
    return p.r.size() && node.range.begin <= p.r[0].begin ? at : 0;
  }
  return 0;
}

bool any_in(const Page& p, std::size_t begin, std::size_t end, std::span<const std::string_view> words) {
  for (std::size_t i = begin; i < end; ++i)
    if (p.is_any(i, words)) return true;
  return false;
}

std::string_view Page::raw(std::size_t i) const {
  if (i >= r.size()) return {};
  return text.substr(r[i].begin, r[i].end - r[i].begin);
}

std::span<const Expression> Page::dates_from(std::size_t i) const {
  const auto first =
      std::partition_point(dates.begin(), dates.end(), [&](const Expression& e) { return e.limit <= i; });
  return dates.subspan(static_cast<std::size_t>(first - dates.begin()));
}

bool Page::is_word(std::size_t i, std::string_view lower) const {
  return same_word(raw(i), lower);
}

std::size_t Page::sentence_begin(std::size_t i) const {
  std::size_t at = i;
  for (std::size_t n = 0; at > 0 && n < sentence_reach; ++n, --at)
    if (r[at].has(Token::paragraph) || ends_sentence(r, at - 1)) break;
  return at;
}

std::size_t Page::sentence_end(std::size_t i) const {
  std::size_t at = i;
  for (std::size_t n = 0; at < r.size() && n < sentence_reach; ++n, ++at)
    if (ends_sentence(r, at) || (at > i && r[at].has(Token::paragraph))) break;
  return at;
}
