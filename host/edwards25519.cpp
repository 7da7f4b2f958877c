#include "edwards25519.hpp"

#include <algorithm>
#include <string>

namespace stet {
namespace {

using Wide = unsigned __int128;
using Long = std::array<uint64_t, 8>;

// -121665 / 121666, and twice that.
constexpr Field d{{0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff}};
constexpr Field d2{{0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff}};

constexpr Scalar order{0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000};
// What the order is more than 2^252.
constexpr std::array<uint64_t, 2> excess{0x5812631a5cf5d3ed, 0x14def9dea2f79cd6};

bool below(const Scalar& a, const Scalar& b) {
  return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

// Neither is as much as 2^253.
Scalar plus(const Scalar& a, const Scalar& b) {
  Scalar out;
  uint64_t carry = 0;
  for (size_t i = 0; i < 4; ++i) {
    const Wide here = Wide{a[i]} + b[i] + carry;
    out[i] = static_cast<uint64_t>(here);
    carry = static_cast<uint64_t>(here >> 64);
  }
  return out;
}

// a - b, which must not be negative.
Scalar minus(const Scalar& a, const Scalar& b) {
  Scalar out;
  uint64_t borrow = 0;
  for (size_t i = 0; i < 4; ++i) {
    const Wide here = Wide{a[i]} - b[i] - borrow;
    out[i] = static_cast<uint64_t>(here);
    borrow = static_cast<uint64_t>(here >> 64) & 1;
  }
  return out;
}

template <size_t N, size_t M>
Long product(const std::array<uint64_t, N>& a, const std::array<uint64_t, M>& b) {
  Long out{};
  for (size_t i = 0; i < N; ++i) {
    uint64_t carry = 0;
    for (size_t j = 0; j < M && i + j < 8; ++j) {
      const Wide here = Wide{a[i]} * b[j] + out[i + j] + carry;
      out[i + j] = static_cast<uint64_t>(here);
      carry = static_cast<uint64_t>(here >> 64);
    }
    if (i + M < 8) out[i + M] = carry;
  }
  return out;
}

// With h and l above and below the bit 252: h 2^252 + l is l less h times the excess.
Scalar remainder(const Long& number) {
  std::array<uint64_t, 5> high{};
  bool is_small = true;
  for (size_t i = 0; i < 5; ++i) {
    high[i] = number[i + 3] >> 60 | (i + 4 < 8 ? number[i + 4] << 4 : 0);
    is_small = is_small && high[i] == 0;
  }
  const Scalar low{number[0], number[1], number[2], number[3] & 0x0fffffffffffffff};
  if (is_small) return low;
  const Scalar less = remainder(product(high, excess));
  return below(low, less) ? minus(plus(low, order), less) : minus(low, less);
}

}  // namespace

Point operator+(const Point& p, const Point& q) {
  const Field a = (p.y - p.x) * (q.y - q.x), b = (p.y + p.x) * (q.y + q.x);
  const Field c = p.t * d2 * q.t, zz = p.z * q.z, e = zz + zz;
  const Field f = b - a, g = e - c, h = e + c, i = b + a;
  return {f * g, h * i, g * h, f * i};
}

Point operator-(const Point& p) {
  return {field_zero - p.x, p.y, p.z, field_zero - p.t};
}

Point doubled(const Point& p) {
  const Field a = square(p.x), b = square(p.y), zz = square(p.z);
  const Field h = a + b, e = h - square(p.x + p.y), g = a - b, f = zz + zz + g;
  return {e * f, g * h, f * g, e * h};
}

// x^2 = (y^2 - 1) / (d y^2 + 1)
std::optional<Point> point_from(std::string_view bytes) {
  const auto y = field_from(bytes);
  if (!y) return std::nullopt;
  const Field y2 = square(*y);
  auto x = root_of_ratio(y2 - field_one, d * y2 + field_one);
  const bool wants_odd = static_cast<unsigned char>(bytes[31]) >> 7;
  if (!x || (wants_odd && same(*x, field_zero))) return std::nullopt;
  if (is_odd(*x) != wants_odd) *x = field_zero - *x;
  return Point{*x, *y, field_one, *x * *y};
}

const Point& base_point() {
  static const Point base = [] {
    std::string bytes(32, '\x66');
    bytes[0] = '\x58';  // y = 4/5
    return *point_from(bytes);
  }();
  return base;
}

Scalar scalar_from(std::string_view bytes) {
  Long number{};
  for (size_t i = 0; i < std::min<size_t>(bytes.size(), 64); ++i)
    number[i / 8] |= uint64_t{static_cast<unsigned char>(bytes[i])} << i % 8 * 8;
  return remainder(number);
}

std::optional<Scalar> strict_scalar_from(std::string_view bytes) {
  if (bytes.size() != 32) return std::nullopt;
  Scalar number{};
  for (size_t i = 0; i < 32; ++i)
    number[i / 8] |= uint64_t{static_cast<unsigned char>(bytes[i])} << i % 8 * 8;
  if (!below(number, order)) return std::nullopt;
  return number;
}

Scalar scalar_sum(const Scalar& a, const Scalar& b) {
  const Scalar sum = plus(a, b);
  return below(sum, order) ? sum : minus(sum, order);
}

Scalar times(const Scalar& a, const Scalar& b) {
  return remainder(product(a, b));
}

Point times(const Scalar& factor, const Point& point) {
  Point sum;
  for (size_t bit = 256; bit-- > 0;) {
    sum = doubled(sum);
    if (factor[bit / 64] >> bit % 64 & 1) sum = sum + point;
  }
  return sum;
}

bool is_in_group(const Point& point) {
  return times(order, point).is_identity();
}

}  // namespace stet
