#include "nearest.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace house_rules {
namespace {

// Levenshtein's distance, row by row.
size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row.back();
}

// A word that was cut short is near, however much is missing.
size_t strangeness(std::string_view word, std::string_view meant) {
  return !word.empty() && meant.substr(0, word.size()) == word ? 1 : distance(word, meant);
}

}  // namespace

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& words) {
  word = word.substr(0, 64);
  return *std::min_element(words.begin(), words.end(), [&](std::string_view a, std::string_view b) {
    return strangeness(word, a) < strangeness(word, b);
  });
}

}  // namespace house_rules
