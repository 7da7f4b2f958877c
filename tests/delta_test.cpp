#include "delta.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <stdexcept>

using namespace stet;
using namespace std::string_literals;
using Catch::Contains;

namespace {

constexpr size_t no_limit = 1u << 30;

std::string noise(size_t size, unsigned seed, unsigned letters = 256) {
  std::mt19937 random(seed);
  std::string text(size, '\0');
  for (auto& c : text) c = static_cast<char>(random() % letters);
  return text;
}

// The size of a delta that makes `target` of `base`.
size_t round_trip(const std::string& base, const std::string& target) {
  const auto delta = make_delta(base, target, no_limit);
  REQUIRE(delta);
  REQUIRE(apply_delta(base, *delta, no_limit) == target);
  return delta->size();
}

}  // namespace

TEST_CASE("a small edit takes a small delta, wherever it is") {
  const std::string base = noise(6000, 1, 26);
  for (const size_t at : {0u, 1u, 15u, 16u, 3000u, 5999u, 6000u}) {
    CHECK(round_trip(base, base.substr(0, at) + "new words" + base.substr(at)) < 40);
    CHECK(round_trip(base, base.substr(0, at) + base.substr(std::min<size_t>(at + 20, 6000))) < 30);
  }
  CHECK(round_trip(base, base) < 12);
  CHECK(round_trip(base, base + "appended") < 25);
}

TEST_CASE("several edits, moved and repeated parts are found between the first and the last") {
  const std::string base = noise(6000, 2, 26);
  std::string target = base;
  for (size_t at = 500; at < 6000; at += 500) target.replace(at, 3, "changed");
  CHECK(round_trip(base, target) < 11 * 20);
  CHECK(round_trip(base, base.substr(3000) + base.substr(0, 3000)) < 60);
  CHECK(round_trip(base, "x" + base + base + "y") < 60);
}

TEST_CASE("numbers that all changed cost little, where what stands between them did not") {
  const auto facts = [](size_t shift) {
    std::string text;
    for (unsigned i = 0; i < 40; ++i) {
      const size_t begin = 1000 + 173 * i + shift;
      text += "{\"kind\":\"quote\",\"range\":[" + std::to_string(begin) + ',' + std::to_string(begin + 61) +
              "],\"sentence\":[" + std::to_string(begin) + ',' + std::to_string(begin + 97) +
              "],\"speaker\":\"" + noise(12, i, 10) + "\"},";
    }
    return text;
  };
  CHECK(round_trip(facts(0), facts(15)) < 40 * 30);
  CHECK(round_trip(facts(15), facts(0)) < 40 * 30);
}

TEST_CASE("a copy is not taken when a much longer one begins a little later") {
  std::string starts, longs, target;
  for (unsigned i = 0; i < 20; ++i) {
    const std::string before = noise(2, 100 + i), longer = noise(40, 200 + i);
    starts += before + longer.substr(0, 6);  // eight bytes that the target has too
    longs += longer;
    target += noise(3, 300 + i) + before + longer;
  }
  CHECK(round_trip(starts + longs, target) < 10 + 20 * (1 + 5 + 4));  // 5 new bytes, one copy
}

TEST_CASE("texts of every small size and of sizes around the format's bounds come back") {
  for (size_t a = 0; a <= 40; ++a)
    for (size_t b = 0; b <= 40; ++b) round_trip(noise(a, 3, 2), noise(b, 4, 2));
  for (const size_t size : {126u, 127u, 128u, 129u, 254u, 255u, 65535u, 65536u, 65537u, 131072u, 200000u}) {
    const std::string base = noise(size, 5);
    round_trip(base, base);
    round_trip("", base);
    round_trip(base, "");
    round_trip(base, noise(size, 6));
    round_trip(base, noise(300, 7) + base + noise(300, 8));
  }
}

TEST_CASE("texts with few letters, edited at random, come back") {
  std::mt19937 random(9);
  for (int round = 0; round < 2000; ++round) {
    std::string base = noise(random() % 400, round, 1 + random() % 4), target = base;
    for (unsigned edits = random() % 5; edits > 0; --edits) {
      const size_t at = random() % (target.size() + 1);
      target = target.substr(0, at) + noise(random() % 30, random(), 3) +
               target.substr(std::min<size_t>(at + random() % 30, target.size()));
    }
    round_trip(base, target);
  }
}

TEST_CASE("a delta over its limit, or of texts that are too long, is none") {
  const std::string base = noise(1000, 10), target = noise(1000, 11);
  CHECK_FALSE(make_delta(base, target, 500));
  CHECK(make_delta(base, base + "x", 500));
  const std::string long_text(max_delta_bytes + 1, 'x');
  CHECK_FALSE(make_delta(long_text, "x", no_limit));
  CHECK_FALSE(make_delta("x", long_text, no_limit));
}

TEST_CASE("what repeats itself is found once and takes no longer than other text") {
  const std::string base(1 << 20, 'x');
  CHECK(round_trip("a" + base + "b", "c" + base + base + "d") < 400);
}

TEST_CASE("what is no delta is refused") {
  const std::string base = "abcdefgh";
  const auto apply = [&](const std::string& delta) { return apply_delta(base, delta, 100); };
  CHECK(apply("\x08\x02\x90\x02"s) == "ab");
  CHECK(apply("\x08\x01\x01x"s) == "x");
  CHECK(apply("\x08\x00"s).empty());
  CHECK_THROWS_WITH(apply("\x07\x01\x01x"s), Contains("another base"));
  CHECK_THROWS_WITH(apply("\x08\x65"s), Contains("beyond all measure"));
  for (const auto& bad :
       {""s, "\x08"s, "\x88"s, "\x08\x01"s, "\x08\x01\x00"s, "\x08\x01\x02x"s, "\x08\x01\x90"s,
        "\x08\x09\x90\x09"s, "\x08\x01\x91\x08\x01"s, "\x08\x01\x9f\xff\xff\xff\xff\x01"s,
        "\x08\x01\x01x\x01y"s, "\x08\x02\x01x"s, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s})
    CHECK_THROWS_WITH(apply(bad), Contains("delta"));
}
