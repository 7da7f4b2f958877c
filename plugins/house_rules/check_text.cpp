// What must not stand in the text: terms and patterns.
#include "checks.hpp"
#include "message.hpp"
#include "words.hpp"

namespace house_rules {
namespace {

constexpr size_t most_terms = 100000;
// All that are listed and counted. Each search for a match may cost a whole block.
constexpr size_t most_matches = 100 + Findings::most_counted;

std::vector<std::string_view> groups_at(const Occurrence& occurrence, const Article& article) {
  const uint32_t offset = occurrence.block->range.begin;
  return occurrence.phrase->pattern.groups(article.words(*occurrence.block),
                                           {occurrence.range.begin - offset, occurrence.range.end - offset});
}

}  // namespace

void check_forbidden_term(const Rule& rule, const Reading& reading) {
  const auto& [article, search, findings] = reading;
  Span last;
  for (const auto& occurrence : occurrences(rule, reading, most_terms)) {
    if (occurrence.range == last) continue;
    last = occurrence.range;
    const auto found = slice(article.text(), occurrence.range);
    if (rule.replacement.empty()) {
      if (!findings.add(rule, remark_on(occurrence, rule, article,
                                        "The house does not use " + in_marks(found) + ".", "")))
        return;
      continue;
    }
    auto replacement = in_case_of(found, occurrence.phrase->words, rule.replacement);
    if (replacement == found || (equal_but_for_case(found, replacement) && is_case_open(occurrence, article)))
      continue;
    auto message = "Write " + in_marks(replacement) + " rather than " + in_marks(found) + ".";
    if (!findings.add(rule, remark_on(occurrence, rule, article, std::move(message), std::move(replacement))))
      return;
  }
}

void check_pattern(const Rule& rule, const Reading& reading) {
  for (const auto& occurrence : occurrences(rule, reading, most_matches)) {
    auto replacement =
        rule.replacement.empty() ? "" : fill(rule.replacement, groups_at(occurrence, reading.article));
    if (!rule.replacement.empty() && replacement == slice(reading.article.text(), occurrence.range)) continue;
    if (!reading.findings.add(rule, remark_on(occurrence, rule, reading.article, "", std::move(replacement))))
      return;
  }
}

}  // namespace house_rules
