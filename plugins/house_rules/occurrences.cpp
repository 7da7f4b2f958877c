#include <algorithm>

#include "checks.hpp"
#include "message.hpp"
#include "words.hpp"

namespace house_rules {
namespace {

// Whether the rule looks at a block at all. Asked block by block, in order, often for the same one.
class Conditions {
 public:
  Conditions(const Rule& rule, const Search& search) : rule_(rule), search_(search) {}

  bool hold(const Block& block) {
    if (&block != last_) holds_ = judge(block);
    last_ = &block;
    return holds_;
  }

 private:
  bool judge(const Block& block) const {
    // A block quote is a quotation, unless the rule asks for block quotes.
    const auto quote = part(STET_BLOCK_QUOTE);
    const bool asked_for = rule_.where != whole_text && (rule_.where & quote) != 0;
    if ((block.parts & quote) != 0 && !rule_.in_quotations && !asked_for) return false;
    const auto stands = [&](const Phrase& phrase) { return search_.occurs_in(phrase, block); };
    return (rule_.when.empty() || std::any_of(rule_.when.begin(), rule_.when.end(), stands)) &&
           std::none_of(rule_.unless.begin(), rule_.unless.end(), stands);
  }

  const Rule& rule_;
  const Search& search_;
  const Block* last_ = nullptr;
  bool holds_ = false;
};

bool is_left_alone(const Rule& rule, const Article& article, Span range) {
  return (!rule.in_quotations && article.is_quoted(range)) ||
         (!rule.in_addresses && article.is_in_address(range));
}

bool earlier_or_longer(const Occurrence& a, const Occurrence& b) {
  return a.range.begin != b.range.begin ? a.range.begin < b.range.begin : a.range.end > b.range.end;
}

// Without those that a longer one contains. `all` comes earliest first, longest first.
void drop_contained(std::vector<Occurrence>& all) {
  Span widest;  // the one that reaches furthest so far contains whatever any earlier one contains
  const auto dropped = [&](const Occurrence& occurrence) {
    if (widest.contains(occurrence.range) && !(widest == occurrence.range)) return true;
    if (occurrence.range.end > widest.end) widest = occurrence.range;
    return false;
  };
  std::vector<Occurrence> kept;
  std::copy_if(all.begin(), all.end(), std::back_inserter(kept), [&](const auto& o) { return !dropped(o); });
  all = std::move(kept);
}

}  // namespace

std::vector<Occurrence> occurrences(const Rule& rule, const Reading& reading, size_t most) {
  std::vector<Occurrence> all;
  for (const Phrase& phrase : rule.phrases) {
    Conditions conditions(rule, reading.search);
    size_t count = 0;
    reading.search.each(phrase, rule.where, [&](const Occurrence& found) {
      if (!conditions.hold(*found.block) || is_left_alone(rule, reading.article, found.range)) return true;
      all.push_back(found);
      return ++count < most;
    });
  }
  if (all.empty()) return all;
  const auto collect = [&](const Occurrence& found) {
    all.push_back(found);
    return true;
  };
  for (const Phrase& exception : rule.exceptions) reading.search.each(exception, rule.where, collect);
  std::stable_sort(all.begin(), all.end(), earlier_or_longer);
  drop_contained(all);
  const auto is_exception = [&](const Occurrence& o) {
    return std::any_of(rule.exceptions.begin(), rule.exceptions.end(),
                       [&](const Phrase& e) { return &e == o.phrase; });
  };
  all.erase(std::remove_if(all.begin(), all.end(), is_exception), all.end());
  return all;
}

bool is_case_open(const Occurrence& occurrence, const Article& article) {
  return (occurrence.block->parts & (part(STET_TITLE) | part(STET_HEADING))) != 0 ||
         may_begin_sentence(article.words(*occurrence.block),
                            occurrence.range.begin - occurrence.block->range.begin);
}

Remark remark_on(const Occurrence& occurrence, const Rule& rule, const Article& article,
                 std::string otherwise, std::string replacement) {
  Remark remark{occurrence.range, std::move(otherwise)};
  if (!rule.message.empty()) {
    const auto words = article.words(*occurrence.block);
    const uint32_t offset = occurrence.block->range.begin;
    const auto groups = occurrence.phrase->pattern.groups(
        words, {occurrence.range.begin - offset, occurrence.range.end - offset});
    std::vector<std::string> shown;
    std::transform(groups.begin(), groups.end(), std::back_inserter(shown), shortened);
    remark.message = fill(rule.message, {shown.begin(), shown.end()});
  }
  const bool quoted =
      article.is_quoted(occurrence.range) || (occurrence.block->parts & part(STET_BLOCK_QUOTE)) != 0;
  if (!quoted) remark.fix = std::move(replacement);
  return remark;
}

}  // namespace house_rules
