#include "ed25519_batch.hpp"

#include <sys/random.h>

#include <bit>
#include <stdexcept>
#include <string>
#include <vector>

#include "digest.hpp"
#include "edwards25519.hpp"

namespace stet {
namespace {

constexpr size_t factor_bytes = 16;
constexpr unsigned half_tables = 2, half_bits = 8;

std::string random_bytes(size_t size) {
  std::string bytes(size, '\0');
  for (size_t have = 0; have < size;) {
    const ssize_t n = getrandom(bytes.data() + have, size - have, 0);
    if (n < 0) throw std::runtime_error("the system gives no random numbers");
    have += static_cast<size_t>(n);
  }
  return bytes;
}

// Buckets' points, each times its number: bucket i counts i times.
Point weighted_sum(const std::vector<Point>& buckets) {
  Point running, sum;
  for (size_t i = buckets.size(); i-- > 1;) {
    running = running + buckets[i];
    sum = sum + running;
  }
  return sum;
}

// The `bits` bits of a number of factor_bytes bytes from bit `at` on.
size_t bits_of(std::string_view factor, size_t at, size_t bits) {
  size_t out = 0;
  for (size_t i = 0; i < bits && at + i < 8 * factor_bytes; ++i)
    out |= size_t{static_cast<unsigned char>(factor[(at + i) / 8]) >> (at + i) % 8 & 1u} << i;
  return out;
}

// The sum of all points, each times its factor: Pippenger's way.
Point sum_of(const std::vector<Point>& points, std::string_view factors) {
  const size_t bits = std::max(2, static_cast<int>(std::bit_width(points.size())) - 3);
  Point sum;
  for (size_t window = (8 * factor_bytes + bits - 1) / bits; window-- > 0;) {
    for (size_t i = 0; i < bits; ++i) sum = doubled(sum);
    std::vector<Point> buckets(size_t{1} << bits);
    for (size_t i = 0; i < points.size(); ++i) {
      auto& bucket = buckets[bits_of(factors.substr(i * factor_bytes, factor_bytes), window * bits, bits)];
      bucket = bucket + points[i];
    }
    sum = sum + weighted_sum(buckets);
  }
  return sum;
}

// Whether sums of random halves of the points lie in the group, eight halves at once: each point goes to the
// bucket that says by its bits in which of them it is.
bool are_in_group(const std::vector<Point>& points) {
  const auto random = random_bytes(points.size() * half_tables);
  for (unsigned table = 0; table < half_tables; ++table) {
    std::vector<Point> buckets(size_t{1} << half_bits);
    for (size_t i = 0; i < points.size(); ++i) {
      auto& bucket = buckets[static_cast<unsigned char>(random[i * half_tables + table])];
      bucket = bucket + points[i];
    }
    for (unsigned bit = 0; bit < half_bits; ++bit) {
      Point half;
      for (size_t i = 0; i < buckets.size(); ++i)
        if (i >> bit & 1) half = half + buckets[i];
      if (!is_in_group(half)) return false;
    }
  }
  return true;
}

}  // namespace

bool all_verify(const PublicKey& key, std::span<const SignedMessage> messages) {
  const auto a = point_from(key.raw());
  if (!a || !is_in_group(*a)) return false;
  const auto factors = random_bytes(messages.size() * factor_bytes);
  std::vector<Point> points;
  Scalar of_key{}, of_base{};
  for (size_t i = 0; i < messages.size(); ++i) {
    const auto& [message, signature] = messages[i];
    if (signature.size() != 64) return false;
    const auto r = point_from(signature.substr(0, 32));
    const auto s = strict_scalar_from(signature.substr(32));
    if (!r || !s) return false;
    points.push_back(*r);
    const Scalar factor = scalar_from(std::string_view(factors).substr(i * factor_bytes, factor_bytes));
    const Scalar h =
        scalar_from(sha512_raw(std::string(signature.substr(0, 32)).append(key.raw()).append(message)));
    of_key = scalar_sum(of_key, times(factor, h));
    of_base = scalar_sum(of_base, times(factor, *s));
  }
  const Point sum = sum_of(points, factors) + times(of_key, *a) + -times(of_base, base_point());
  return sum.is_identity() && are_in_group(points);
}

}  // namespace stet
