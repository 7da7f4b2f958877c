// Numbers modulo 2^255 - 19, the field of Ed25519 (RFC 8032). For verifying alone: the time that these take
// tells what they are given.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace stet {

// Five digits of 51 bits, the least first. Any of them may be a little larger, so that a number has several
// forms.
struct Field {
  std::array<uint64_t, 5> digit{};
};

inline constexpr Field field_zero{{0, 0, 0, 0, 0}}, field_one{{1, 0, 0, 0, 0}};

Field operator+(const Field& a, const Field& b);
Field operator-(const Field& a, const Field& b);
Field operator*(const Field& a, const Field& b);
Field square(const Field& a);
// Whether both are the same number.
bool same(const Field& a, const Field& b);
bool is_odd(const Field& a);
// Of 32 bytes, the least first, without the highest bit. Nothing for 2^255 - 19 and more, which have a
// smaller form.
std::optional<Field> field_from(std::string_view bytes);

// A root of u / v, if there is one; v must not be 0. RFC 8032, section 5.1.3.
std::optional<Field> root_of_ratio(const Field& u, const Field& v);

}  // namespace stet
