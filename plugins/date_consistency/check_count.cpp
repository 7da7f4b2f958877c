// count-mismatch: "a ten-point list" and nine points, "three towns: Weir and Hale".
#include <algorithm>
#include <array>
#include <optional>

#include "checks.hpp"
#include "figure.hpp"

namespace {

constexpr double most_items = 100;
constexpr uint32_t gap_nodes = 4;  // blocks that may part the items of one list

struct Promise {
  int count = 0;
  std::size_t first = 0, limit = 0;  // tokens
};

constexpr std::array<std::string_view, 8> piece = {"point",    "item", "step",   "part",
                                                   "question", "rule", "demand", "stage"};
constexpr std::array<std::string_view, 14> listing = {
    "list",  "plan",   "program", "programme", "agenda",   "proposal", "checklist",
    "guide", "pledge", "roadmap", "platform",  "strategy", "package",  "formula"};
constexpr std::array<std::string_view, 8> partly = {"among", "including", "includes", "include",
                                                    "some",  "example",   "instance", "e.g"};

std::optional<Promise> whole_number(const Page& p, std::size_t i) {
  const auto f = read_figure(p, i);
  if (!f || !f->whole || f->money || f->percent || f->hedged || f->value < 2 || f->value > most_items)
    return std::nullopt;
  return Promise{static_cast<int>(f->value), f->first, f->limit};
}

// "ten-point list"
std::optional<Promise> point_list(const Page& p, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    const auto n = whole_number(p, i);
    if (!n || !p.r.hyphen(n->limit) || !p.is_any(n->limit + 1, piece)) continue;
    if (p.is_any(n->limit + 2, listing)) return Promise{n->count, n->first, n->limit + 3};
  }
  return std::nullopt;
}

bool is_plural(const Page& p, std::size_t i) {
  const auto word = p.raw(i);
  return p.r[i].kind == Token::word && word.size() > 3 && word.back() == 's' &&
         word[word.size() - 2] != 's' && p.r[i].meaning->unit == Unit::none;
}

// "the following five steps", "has three aims", with nothing but the noun before the colon at `colon`.
std::optional<Promise> counted_noun(const Page& p, std::size_t begin, std::size_t colon) {
  for (std::size_t words = 1; words <= 3 && begin + words < colon; ++words) {
    const auto n = whole_number(p, colon - words - 1);
    if (!n || n->limit != colon - words) continue;
    const bool part_of_number =
        n->first > begin && (p.r[n->first - 1].kind == Token::number || p.r.sign(n->first - 1, '-') ||
                             p.r.sign(n->first - 1, '#'));
    if (part_of_number || !is_plural(p, colon - 1)) return std::nullopt;
    for (std::size_t i = n->limit; i < colon; ++i)
      if (p.r[i].kind != Token::word || p.capital(i)) return std::nullopt;
    return Promise{n->count, n->first, colon};
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 20> listed = {
    "ways",      "steps",   "things",     "reasons", "tips",  "rules",          "points",
    "questions", "lessons", "principles", "demands", "goals", "proposals",      "options",
    "phases",    "stages",  "factors",    "facts",   "myths", "recommendations"};

// "Here are five ways to save the mill:" and "a list of ten demands:", in the sentence that ends at `colon`.
std::optional<Promise> listed_noun(const Page& p, std::size_t begin, std::size_t colon) {
  for (std::size_t i = begin; i < colon; ++i) {
    const auto n = whole_number(p, i);
    if (!n) continue;
    const std::size_t noun = p.is_any(n->limit, listed) ? n->limit : n->limit + 1;
    const bool opens = n->first == begin || p.is(n->first - 1, "are") || p.is(n->first - 1, "following") ||
                       (n->first > begin + 1 && p.is(n->first - 1, "of") && p.is(n->first - 2, "list"));
    if (opens && noun < colon && p.is_any(noun, listed)) return Promise{n->count, n->first, noun + 1};
    i = n->limit - 1;
  }
  return std::nullopt;
}

std::size_t paragraph_begin(const Page& p, std::size_t i) {
  std::size_t at = i;
  for (std::size_t n = 0; at > 0 && n < 3 * Page::sentence_reach && !p.r[at].has(Token::paragraph); ++n) --at;
  return at;
}

struct Items {
  std::size_t count = 0;
  bool goes_on = false;  // more items follow after a paragraph or two
  stet_range first{0, 0};
  uint32_t end = 0;
};

void report(const Page& p, const Promise& promise, stet_range items, std::size_t count, Findings& out) {
  stet::sdk::Finding f;
  f.check = "count-mismatch";
  f.range = p.range(promise.first, promise.limit);
  f.related = {items};
  f.message = "\"" + std::string(p.text.substr(f.range.begin, f.range.end - f.range.begin)) +
              "\" is followed by " + std::to_string(count) + ", not " + std::to_string(promise.count) + ".";
  out.push_back(std::move(f));
}

// The first token at or after a byte.
std::size_t token_at(const Page& p, uint32_t byte) {
  std::size_t low = 0, high = p.r.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (p.r[middle].begin < byte)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// Past the bullet or the number of a list item, backwards.
std::size_t before_bullet(const Page& p, std::size_t i) {
  std::size_t at = i;
  const auto sign = [&](char c) {
    return at > 0 && p.r[at - 1].kind == Token::mark && p.r[at - 1].sign == c;
  };
  while (sign('-') || sign('*')) --at;
  if ((sign('.') || sign(')')) && at > 1 && p.r[at - 2].kind == Token::number) at -= 2;
  return at;
}

void check_list(const Page& p, const Items& items, Findings& out) {
  std::size_t at = token_at(p, items.first.begin);
  while (at > 0 && at < p.r.size() && p.r[at - 1].end > items.first.begin) --at;
  at = before_bullet(p, at);
  if (at == 0 || at >= p.r.size() || (p.r[at - 1].sign != ':' && p.r[at - 1].sign != '.')) return;
  const bool announced =
      p.r[at - 1].sign == ':';  // after a full stop only "Here are five things" promises a list
  const std::size_t begin = paragraph_begin(p, at - 1);
  auto promise = announced ? point_list(p, begin, at - 1) : std::nullopt;
  if (!promise && announced) promise = counted_noun(p, begin, at - 1);
  if (!promise) promise = listed_noun(p, p.sentence_begin(at - 1), at - 1);
  if (!promise && announced && begin > 0) promise = point_list(p, paragraph_begin(p, begin - 1), begin);
  if (!promise || items.count == static_cast<std::size_t>(promise->count)) return;
  const bool some =
      any_in(p, begin, at - 1, partly) || any_in(p, p.sentence_begin(promise->first), promise->limit, partly);
  const std::size_t wanted = static_cast<std::size_t>(promise->count);
  const bool nearly_all = wanted >= 5 && items.count + 1 == wanted;  // "among": nine of ten look like a slip
  if (items.count < wanted && (items.goes_on || (some && !nearly_all))) return;
  report(p, *promise, {items.first.begin, items.end}, items.count, out);
  if (some && items.count < wanted) out.back().severity = stet::sdk::Severity::note;
}

// Whether the blocks from node `i` on still belong to the list: items after a paragraph, or one that looks
// like an item.
bool goes_on(const stet::sdk::Document& d, uint32_t i) {
  for (uint32_t next = i; next < std::min(i + gap_nodes, d.node_count()); ++next) {
    const auto node = d.node(next);
    const auto text = d.text(node.range);
    if (node.kind == STET_LIST_ITEM) return true;
    if (node.kind == STET_LINK || text.empty()) continue;
    if (node.kind == STET_HEADING || text.back() == ':') return false;
    if (text.size() > 2 && text[0] >= '0' && text[0] <= '9' && (text[1] == '.' || text[1] == ')'))
      return true;
  }
  return false;
}

// Runs of list items that stand side by side.
void check_lists(const Page& p, Findings& out) {
  const auto& d = p.document;
  for (uint32_t i = 0; i < d.node_count();) {
    if (d.node(i).kind != STET_LIST_ITEM) {
      ++i;
      continue;
    }
    Items items;
    items.first = d.node(i).range;
    const uint32_t parent = d.node(i).parent;
    for (; i < d.node_count(); ++i) {
      const auto node = d.node(i);
      if (node.kind == STET_LIST_ITEM && node.parent == parent) {
        ++items.count;
        items.end = node.range.end;
      } else if (node.range.begin >= items.end) {
        break;
      }
    }
    items.goes_on = goes_on(d, i);
    const bool here = p.r.size() && items.first.begin >= p.r[0].begin && items.end <= p.r[p.r.size() - 1].end;
    if (here && items.count > 1) check_list(p, items, out);
  }
}

// "First," and "Second," open sentences: which of them does the one at `i`? 0 if none.
int opens_as(const Page& p, std::size_t i) {
  constexpr std::array<std::string_view, 7> words = {"first", "second", "third",  "fourth",
                                                     "fifth", "sixth",  "seventh"};
  constexpr std::array<std::string_view, 7> adverbs = {"firstly", "secondly", "thirdly",  "fourthly",
                                                       "fifthly", "sixthly",  "seventhly"};
  if (!p.capital(i) || !p.r.sign(i + 1, ',')) return 0;
  for (std::size_t n = 0; n < words.size(); ++n)
    if (p.is(i, words[n]) || p.is(i, adverbs[n])) return static_cast<int>(n) + 1;
  return 0;
}

// "The report names three faults. First, ... Fourth, ...": more than promised; fewer may be told otherwise.
void check_ordinals(const Page& p, std::size_t i, Findings& out) {
  const std::size_t stop = i > 0 && opens_as(p, i) == 1 ? i - 1 : 0;
  if (!stop || p.r[i].has(Token::paragraph)) return;
  const std::size_t begin = p.sentence_begin(stop > 0 ? stop - 1 : 0);
  const auto promise = counted_noun(p, begin, stop);
  if (!promise) return;
  int told = 1;
  std::size_t limit = i;
  for (std::size_t at = i + 1; at < p.r.size() && at < i + 8 * Page::sentence_reach; ++at) {
    if (p.r[at].has(Token::paragraph)) break;
    if (opens_as(p, at) != told + 1) continue;
    ++told;
    limit = at + 1;
  }
  if (told > promise->count) report(p, *promise, p.range(i, limit), static_cast<std::size_t>(told), out);
}

}  // namespace

void check_counts(const Page& p, Findings& out) {
  check_lists(p, out);
  for (std::size_t i = 1; i < p.r.size(); ++i)
    if (p.capital(i) && (p.r[i].meaning->ordinal == 1 || p.is(i, "firstly"))) check_ordinals(p, i, out);
}
