#include <algorithm>
#include <array>

#include "checks.hpp"

namespace {

constexpr std::size_t most_related = 20;

// A year and a month somewhere give "November 23" its year.
bool names_a_month_of_a_year(std::span<const Expression> all) {
  return std::any_of(all.begin(), all.end(),
                     [](const Expression& e) { return e.form == Form::calendar && e.year && e.month; });
}

bool lacks_year(const Expression& e) {
  return e.form == Form::calendar && e.month && e.day && !e.year && !e.year_is_relative;
}

// "Previously, " and "Earlier, " that open a paragraph: before what?
void add_ordering_words(std::string_view text, std::vector<stet_range>& out) {
  constexpr std::array<std::string_view, 2> words = {"\nPreviously,", "\nEarlier,"};
  for (const auto word : words)
    for (std::size_t at = text.find(word); at != text.npos && out.size() < most_related;
         at = text.find(word, at + 1))
      out.push_back({static_cast<uint32_t>(at + 1), static_cast<uint32_t>(at + word.size() - 1)});
}

}  // namespace

void check_anchor(std::string_view text, std::span<const Expression> all, const DocumentTime& time,
                  Findings& out) {
  if (time.has_date_line) return;
  stet::sdk::Finding f;
  const bool year_known = names_a_month_of_a_year(all);
  std::size_t count = 0;
  for (const auto& e : all) {
    if (!e.is_deictic() && (year_known || !lacks_year(e))) continue;
    if (count++ == 0)
      f.range = {e.begin, e.end};
    else if (f.related.size() < most_related)
      f.related.push_back({e.begin, e.end});
  }
  if (count == 0) return;
  const std::size_t before = f.related.size();
  add_ordering_words(text, f.related);
  count += f.related.size() - before;
  std::sort(f.related.begin(), f.related.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  f.check = "relative-without-anchor";
  f.message = "\"" + std::string(text.substr(f.range.begin, f.range.end - f.range.begin)) +
              "\" cannot be resolved: the document has no dateline, byline date or time of publication";
  f.message += count == 1 ? "."
                          : "; nor can " + std::to_string(count - 1) + " more such expression" +
                                (count == 2 ? "." : "s.");
  out.push_back(std::move(f));
}
