// Points of the curve of Ed25519, and numbers modulo the order of its base point (RFC 8032). For verifying
// alone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "field25519.hpp"

namespace stet {

// (x / z, y / z), and t = x y / z.
struct Point {
  Field x = field_zero, y = field_one, z = field_one, t = field_zero;
  bool is_identity() const { return same(x, field_zero) && same(y, z); }
};

// Right for any two points. Hisil, Wong, Carter, Dawson 2008: Twisted Edwards Curves Revisited.
Point operator+(const Point& a, const Point& b);
Point operator-(const Point& a);
Point doubled(const Point& a);

// Of 32 bytes. Nothing for what is no point, and for a point in another form than the one that a signature
// has.
std::optional<Point> point_from(std::string_view bytes);
const Point& base_point();

// A number modulo 2^252 + 27742317777372353535851937790883648493, four digits of 64 bits, the least first.
using Scalar = std::array<uint64_t, 4>;

// Of up to 64 bytes, the least first: the remainder.
Scalar scalar_from(std::string_view bytes);
// Of 32 bytes; nothing if they are not their own remainder.
std::optional<Scalar> strict_scalar_from(std::string_view bytes);
Scalar scalar_sum(const Scalar& a, const Scalar& b);
Scalar times(const Scalar& a, const Scalar& b);

Point times(const Scalar& factor, const Point& point);
// Whether the point is a multiple of the base point: most are an eighth of one away.
bool is_in_group(const Point& point);

}  // namespace stet
