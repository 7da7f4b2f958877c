#include "subsequence.hpp"

#include <algorithm>
#include <chrono>
#include <random>

#include <catch2/catch.hpp>

using stet::CommonRun;

namespace {

using Sequence = std::vector<uint32_t>;

// The textbook table: slow, and right.
size_t longest_common(const Sequence& a, const Sequence& b) {
  std::vector<std::vector<size_t>> best(a.size() + 1, std::vector<size_t>(b.size() + 1, 0));
  for (size_t i = a.size(); i-- > 0;)
    for (size_t j = b.size(); j-- > 0;)
      best[i][j] = a[i] == b[j] ? best[i + 1][j + 1] + 1 : std::max(best[i + 1][j], best[i][j + 1]);
  return best[0][0];
}

// Elements in common; 0 and a failed check when a run does not hold.
size_t checked(const Sequence& a, const Sequence& b, const std::vector<CommonRun>& runs) {
  size_t common = 0;
  uint32_t i = 0, j = 0;
  bool sound = true;
  for (const CommonRun& run : runs) {
    sound = sound && run.size > 0 && run.before >= i && run.after >= j && run.before + run.size <= a.size() &&
            run.after + run.size <= b.size() &&
            std::equal(a.begin() + run.before, a.begin() + run.before + run.size, b.begin() + run.after);
    i = run.before + run.size;
    j = run.after + run.size;
    common += run.size;
  }
  CHECK(sound);
  return common;
}

Sequence random_sequence(std::mt19937& random, size_t size, uint32_t kinds) {
  Sequence s(size);
  for (auto& x : s) x = static_cast<uint32_t>(random() % kinds);
  return s;
}

}  // namespace

TEST_CASE("nothing has nothing in common") {
  CHECK(stet::common_runs({}, {}).empty());
  CHECK(stet::common_runs(Sequence{1, 2}, {}).empty());
  CHECK(stet::common_runs(Sequence{1, 2}, Sequence{3, 4}).empty());
}

TEST_CASE("equal sequences are one run") {
  const Sequence s{5, 5, 6, 7};
  CHECK(stet::common_runs(s, s) == std::vector<CommonRun>{{0, 0, 4}});
}

TEST_CASE("an element put in and one left out part the runs") {
  CHECK(stet::common_runs(Sequence{1, 2, 3, 4}, Sequence{1, 9, 2, 4}) ==
        std::vector<CommonRun>{{0, 0, 1}, {1, 2, 1}, {3, 3, 1}});
}

TEST_CASE("short sequences give the longest common subsequence") {
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    const auto kinds = 1 + static_cast<uint32_t>(random() % 6);
    const auto a = random_sequence(random, random() % 24, kinds),
               b = random_sequence(random, random() % 24, kinds);
    if (checked(a, b, stet::common_runs(a, b)) != longest_common(a, b))
      FAIL("not the longest in round " << round);
  }
}

TEST_CASE("beyond the limit of cost the runs still hold, in time that does not explode") {
  std::mt19937 random(12);
  for (const uint32_t kinds : {2u, 1000u}) {
    const auto a = random_sequence(random, 100000, kinds), b = random_sequence(random, 100000, kinds);
    const auto start = std::chrono::steady_clock::now();
    const auto runs = stet::common_runs(a, b);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    CHECK(checked(a, b, runs) > 1000);
  }
}

TEST_CASE("a few differences in a long sequence are found exactly") {
  std::mt19937 random(13);
  const auto a = random_sequence(random, 50000, 300);
  auto b = a;
  b.erase(b.begin() + 40000);
  b.insert(b.begin() + 100, 9999);
  CHECK(checked(a, b, stet::common_runs(a, b)) == a.size() - 1);
}
