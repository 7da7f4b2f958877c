#include "listing.hpp"

#include <algorithm>
#include <array>

namespace {

constexpr std::size_t longest_name = 5, longest_phrase = 3, longest_title = 14;  // tokens
constexpr std::size_t most_items = 100;

constexpr std::array<std::string_view, 7> inside_names = {"of", "de", "van", "von", "der", "al", "bin"};
// Words of a clause, and words that make one phrase of two.
constexpr std::array<std::string_view, 34> no_phrase = {
    "or",    "but",  "who",    "which", "that", "if",    "when", "where", "is",   "are", "was", "were",
    "be",    "will", "would",  "has",   "have", "had",   "can",  "could", "may",  "to",  "not", "both",
    "other", "it",   "others", "more",  "they", "there", "he",   "she",   "plus", "etc"};

bool may_be_people(std::string_view word) {
  constexpr std::array<std::string_view, 6> endings = {"an", "ese", "ish", "ch", "i", "ss"};
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return word.ends_with(e); });
}

bool is_name_word(const Page& p, std::size_t i) {
  const Token& t = p.r.next(i);
  return t.kind == Token::word && t.has(Token::capital) && !t.meaning->weekday && !t.meaning->month;
}

// The token after the name at `i`; `i` if none begins there.
std::size_t name_end(const Page& p, std::size_t i) {
  std::size_t at = p.r.key(i) == Key::the && is_name_word(p, i + 1) ? i + 1 : i;
  const std::size_t begin = at;
  while (at < begin + longest_name &&
         (is_name_word(p, at) || (at > begin && p.is_any(at, inside_names) && is_name_word(p, at + 1))))
    ++at;
  const bool possessive = p.r.sign(at, '\'') && p.r.touches(at);
  return at == begin || possessive || is_name_word(p, at) ? i : at;
}

// The token after the closing quotation mark of the title at `i`; `i` if there is none.
std::size_t title_end(const Page& p, std::size_t i) {
  if (!p.r.sign(i, '"')) return i;
  for (std::size_t at = i + 2; at < i + longest_title; ++at)
    if (p.r.sign(at, '"')) return at + 1;
  return i;
}

std::size_t item_end(const Page& p, std::size_t i, bool& title) {
  const std::size_t end = title_end(p, i);
  title = end > i;
  return title ? end : name_end(p, i);
}

void take(const Page& p, Listing& row, std::size_t begin, std::size_t end, bool title) {
  const std::size_t from = p.r.key(begin) == Key::the ? begin + 1 : begin;
  const bool full = end - from > 1;
  if (row.count > 0 && !title && full != row.all_full) row.even = false;
  ++row.count;
  row.limit = end;
  row.all_full &= full;
  row.has_titles |= title;
  row.all_people &= !full && may_be_people(p.raw(end - 1));
}

bool closes(const Page& p, std::size_t i) {
  const Token& t = p.r.next(i);
  return t.kind == Token::mark && (t.sign == '.' || t.sign == ')' || t.sign == 0 || t.sign == '!' ||
                                   (t.sign == '-' && t.has(Token::spaced)));
}

}  // namespace

std::optional<Listing> names_at(const Page& page, std::size_t i) {
  Reader r = page.r;
  r.begin_at(i);  // the row may open a paragraph
  const Page p{page.text, r, page.dates, page.time, page.document, page.gap};
  Listing row;
  row.first = i;
  for (std::size_t at = i; row.count < most_items;) {
    bool title = false;
    const std::size_t end = item_end(p, at, title);
    if (end == at) {
      row.joined = false;
      break;
    }
    take(p, row, at, end, title);
    if (row.joined) break;
    const bool comma = p.r.sign(end, ',') || (title && p.r.sign(end - 2, ','));  // "Dawn," and "Dusk"
    at = p.r.sign(end, ',') ? end + 1 : end;
    row.joined = p.r.key(at) == Key::and_;
    if (row.joined)
      ++at;
    else if (!comma)
      break;
  }
  if (row.joined && p.r.key(row.limit) == Key::and_) return std::nullopt;  // "A, B and C and D"
  if (row.count < 2) return std::nullopt;
  return row;
}

std::optional<Listing> phrases_at(const Page& p, std::size_t i) {
  Listing row;
  row.first = i;
  std::size_t words = 0;
  for (std::size_t at = i; row.count < most_items; ++at) {
    const bool and_ = p.r.key(at) == Key::and_, comma = p.r.sign(at, ',');
    if (and_ || comma || closes(p, at)) {
      const bool oxford = and_ && words == 0 && at > i && p.r.sign(at - 1, ',');
      if (words == 0 && !oxford) return std::nullopt;
      row.count += words > 0;
      words = 0;
      if (row.joined && (and_ || comma)) return std::nullopt;
      row.joined |= and_;
      row.limit = at;
      if (and_ || comma) continue;
      return row.joined ? std::optional(row) : std::nullopt;
    }
    const Token& t = p.r.next(at);
    const bool hyphen = p.r.hyphen(at);
    if (hyphen) continue;
    if (t.kind != Token::word || p.capital(at) || t.meaning->cardinal >= 0 || p.is_any(at, no_phrase) ||
        ++words > longest_phrase)
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Listing> clauses_at(const Page& p, std::size_t i) {
  Listing row;
  row.first = i;
  const std::size_t end = p.sentence_end(i);
  for (std::size_t at = i; at < end; ++at) {
    if (p.r.sign(at, ':')) return std::nullopt;
    if (!p.r.sign(at, ';')) continue;
    ++row.count;
    row.joined |= p.r.key(at + 1) == Key::and_;
  }
  if (!row.count || !row.joined) return std::nullopt;
  ++row.count;
  row.limit = end;
  return row;
}
