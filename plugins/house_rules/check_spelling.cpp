// One name, one spelling.
#include <algorithm>
#include <map>

#include "checks.hpp"
#include "message.hpp"
#include "words.hpp"

namespace house_rules {
namespace {

constexpr size_t most_counted = 100000;

// Of spellings that differ only in case several can match at one place: the one that is written there
// counts. Where the place may ask for a capital, or all letters are capitals, none does.
std::vector<Occurrence> one_for_each_place(const std::vector<Occurrence>& all, const Article& article) {
  std::vector<Occurrence> kept;
  for (auto first = all.begin(); first != all.end();) {
    const auto last =
        std::find_if(first, all.end(), [&](const auto& o) { return !(o.range == first->range); });
    const auto written = std::find_if(
        first, last, [&](const Occurrence& o) { return o.phrase->words == slice(article.text(), o.range); });
    if (std::next(first) == last)
      kept.push_back(*first);
    else if (written != last && !is_case_open(*first, article))
      kept.push_back(*written);
    first = last;
  }
  return kept;
}

void check_preferred(const Rule& rule, const Reading& reading, const std::vector<Occurrence>& all) {
  for (const auto& occurrence : all) {
    if (occurrence.phrase == &rule.phrases.front()) continue;
    const auto found = slice(reading.article.text(), occurrence.range);
    auto house = in_case_of(found, occurrence.phrase->words, rule.replacement);
    if (house == found) continue;
    auto message = "The house spelling of " + in_marks(found) + " is " + in_marks(house) + ".";
    if (!reading.findings.add(
            rule, remark_on(occurrence, rule, reading.article, std::move(message), std::move(house))))
      return;
  }
}

// The spelling that most of the article has, the earliest of several, and one finding for each other.
void check_consistent(const Rule& rule, const Reading& reading, const std::vector<Occurrence>& all) {
  std::map<const Phrase*, std::vector<Occurrence>> by_spelling;
  for (const auto& occurrence : all) by_spelling[occurrence.phrase].push_back(occurrence);
  if (by_spelling.size() < 2) return;
  const auto usual =
      std::min_element(by_spelling.begin(), by_spelling.end(), [](const auto& a, const auto& b) {
        if (a.second.size() != b.second.size()) return a.second.size() > b.second.size();
        return a.second.front().range.begin < b.second.front().range.begin;
      });
  for (const auto& [phrase, places] : by_spelling) {
    if (phrase == usual->first) continue;
    auto remark = remark_on(places.front(), rule, reading.article,
                            "The article spells this " + in_marks(phrase->words) + " " +
                                times(places.size()) + " and " + in_marks(usual->first->words) + " " +
                                times(usual->second.size()) + "; it should keep to one.",
                            "");
    remark.related.push_back(usual->second.front().range);
    for (size_t i = 1; i < places.size(); ++i) remark.related.push_back(places[i].range);
    reading.findings.add(rule, std::move(remark));
  }
}

}  // namespace

void check_spelling(const Rule& rule, const Reading& reading) {
  const auto all = one_for_each_place(occurrences(rule, reading, most_counted), reading.article);
  if (rule.replacement.empty())
    check_consistent(rule, reading, all);
  else
    check_preferred(rule, reading, all);
}

}  // namespace house_rules
