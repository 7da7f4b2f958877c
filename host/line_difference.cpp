#include "line_difference.hpp"

#include <unordered_map>

#include "subsequence.hpp"

namespace stet {
namespace {

using Numbers = std::unordered_map<std::string, uint32_t>;

std::vector<uint32_t> numbered(const std::vector<std::string>& lines, Numbers& numbers) {
  std::vector<uint32_t> all;
  for (const auto& line : lines)
    all.push_back(numbers.try_emplace(line, static_cast<uint32_t>(numbers.size())).first->second);
  return all;
}

}  // namespace

std::vector<LineDifference> line_difference(const std::vector<std::string>& expected,
                                            const std::vector<std::string>& found) {
  Numbers numbers;
  const auto before = numbered(expected, numbers), after = numbered(found, numbers);
  std::vector<LineDifference> all;
  uint32_t b = 0, a = 0;
  const auto up_to = [&](uint32_t before_end, uint32_t after_end) {
    while (b < before_end) all.push_back({false, b++});
    while (a < after_end) all.push_back({true, a++});
  };
  for (const auto& run : common_runs(before, after)) {
    up_to(run.before, run.after);
    b += run.size;
    a += run.size;
  }
  up_to(static_cast<uint32_t>(before.size()), static_cast<uint32_t>(after.size()));
  return all;
}

}  // namespace stet
