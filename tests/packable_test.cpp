#include "packable.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "delta.hpp"

using namespace stet;

namespace {

std::string noise(size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string text(size, ' ');
  for (auto& c : text) c = static_cast<char>(random() % 256);
  return text;
}

struct Ready {
  bool is_delta;
  size_t size;
};

Ready ready(decltype(make_packable)* make, const std::string& base, const std::string& target) {
  Deflater deflater(6);
  const auto base_id = object_id(ObjectType::blob, base);
  const auto made =
      make(object_id(ObjectType::blob, target), ObjectType::blob, target, DeltaBase{base_id, base}, deflater);
  std::string bytes;
  REQUIRE(Inflater().inflate(made.deflated, made.size, bytes) == made.deflated.size());
  CHECK((made.base ? apply_delta(base, bytes, 1u << 20) : bytes) == target);
  if (made.base) CHECK(*made.base == base_id);
  return {made.base.has_value(), made.deflated.size()};
}

}  // namespace

TEST_CASE("a delta of half of an object is not worth it in haste, and is for who has time") {
  const std::string frame = noise(88, 1), base = frame + noise(88, 2), target = frame + noise(88, 3);
  CHECK_FALSE(ready(make_packable, base, target).is_delta);
  const auto made = ready(make_small_packable, base, target);
  CHECK(made.is_delta);
  CHECK(made.size < 88 + 25);
}

TEST_CASE("what deflates well by itself stays whole, though a delta has fewer bytes") {
  std::string target = noise(64, 4);
  for (int i = 0; i < 60; ++i) target += "x" + target.substr(0, 20);
  const std::string base = target.substr(0, 400) + noise(400, 5);
  const auto whole = ready(make_small_packable, noise(10, 6), target);
  CHECK_FALSE(whole.is_delta);
  CHECK(ready(make_small_packable, base, target).size <= whole.size);
  CHECK_FALSE(ready(make_small_packable, noise(1000, 7), target).is_delta);
}

TEST_CASE("a small object is a delta only when it gets an eighth smaller") {
  const std::string name = "40000 0000", id = noise(20, 8), other = noise(20, 9);
  CHECK_FALSE(ready(make_small_packable, "4" + other, "4" + id).is_delta);
  CHECK(ready(make_small_packable, name + name + name + other, name + name + name + id).is_delta);
}
