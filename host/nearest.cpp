#include "nearest.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace stet {
namespace {

constexpr size_t longest_compared = 100;  // the time is the product of both lengths

// Optimal string alignment distance: Damerau-Levenshtein without a second edit inside a swap.
size_t edits(std::string_view a, std::string_view b) {
  std::vector<size_t> before_last, last, row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    before_last = std::exchange(last, row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  std::string best;
  size_t fewest = longest_compared;
  word = word.substr(0, longest_compared);
  for (const auto& candidate : candidates) {
    if (candidate.size() > longest_compared) continue;
    const size_t distance = edits(word, candidate);
    if (distance >= fewest || 2 * distance > std::max(word.size(), candidate.size())) continue;
    fewest = distance;
    best = candidate;
  }
  return best;
}

std::string nearest_hint(std::string_view word, std::span<const std::string> candidates) {
  if (candidates.empty()) return "; there are none";
  if (const auto best = nearest(word, candidates); !best.empty()) return "; did you mean \"" + best + "\"?";
  std::string all;
  for (const auto& candidate : candidates) all += (all.empty() ? "\"" : ", \"") + candidate + "\"";
  return "; there are " + all;
}

}  // namespace stet
