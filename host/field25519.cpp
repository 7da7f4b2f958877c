#include "field25519.hpp"

namespace stet {
namespace {

using Wide = unsigned __int128;

constexpr uint64_t mask = (uint64_t{1} << 51) - 1;

// 2^((p - 1) / 4), a root of -1.
constexpr Field root_of_minus_one{
    {0x61b274a0ea0b0, 0x0d5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d}};

Field carried(const std::array<Wide, 5>& sum) {
  Field out;
  Wide carry = 0;
  for (size_t i = 0; i < 5; ++i) {
    const Wide here = sum[i] + carry;
    out.digit[i] = static_cast<uint64_t>(here) & mask;
    carry = here >> 51;
  }
  // 2^255 is 19.
  const Wide first = out.digit[0] + carry * 19;
  out.digit[0] = static_cast<uint64_t>(first) & mask;
  out.digit[1] += static_cast<uint64_t>(first >> 51);
  return out;
}

// The one form whose digits are below 2^51 and which is below 2^255 - 19.
Field reduced(Field a) {
  for (int pass = 0; pass < 2; ++pass) {
    uint64_t carry = 0;
    for (auto& digit : a.digit) {
      digit += carry;
      carry = digit >> 51;
      digit &= mask;
    }
    a.digit[0] += 19 * carry;
  }
  // It is below 2^255 + 19 now. With 19 more, it overflows exactly if it is 2^255 - 19 or more.
  uint64_t carry = 19;
  for (const auto digit : a.digit) carry = (digit + carry) >> 51;
  carry *= 19;
  for (auto& digit : a.digit) {
    digit += carry;
    carry = digit >> 51;
    digit &= mask;
  }
  return a;
}

Field squared(Field a, unsigned times) {
  for (; times > 0; --times) a = square(a);
  return a;
}

// a^(2^252 - 3)
Field power(const Field& a) {
  const Field a2 = square(a), a9 = a * squared(a2, 2), a11 = a2 * a9;
  const Field x5 = a9 * square(a11);      // 2^5 - 1
  const Field x10 = x5 * squared(x5, 5);  // 2^10 - 1
  const Field x20 = x10 * squared(x10, 10);
  const Field x40 = x20 * squared(x20, 20);
  const Field x50 = x10 * squared(x40, 10);
  const Field x100 = x50 * squared(x50, 50);
  const Field x200 = x100 * squared(x100, 100);
  const Field x250 = x50 * squared(x200, 50);
  return a * squared(x250, 2);
}

}  // namespace

Field operator+(const Field& a, const Field& b) {
  Field out;
  for (size_t i = 0; i < 5; ++i) out.digit[i] = a.digit[i] + b.digit[i];
  return out;
}

// Four times the modulus is added first, which is more than any factor's digits.
Field operator-(const Field& a, const Field& b) {
  constexpr uint64_t first = 4 * (mask - 18), other = 4 * mask;
  std::array<Wide, 5> sum;
  for (size_t i = 0; i < 5; ++i) sum[i] = a.digit[i] + (i == 0 ? first : other) - b.digit[i];
  return carried(sum);
}

Field operator*(const Field& x, const Field& y) {
  const auto& a = x.digit;
  const auto& b = y.digit;
  const uint64_t b1 = 19 * b[1], b2 = 19 * b[2], b3 = 19 * b[3], b4 = 19 * b[4];
  return carried(
      {Wide{a[0]} * b[0] + Wide{a[1]} * b4 + Wide{a[2]} * b3 + Wide{a[3]} * b2 + Wide{a[4]} * b1,
       Wide{a[0]} * b[1] + Wide{a[1]} * b[0] + Wide{a[2]} * b4 + Wide{a[3]} * b3 + Wide{a[4]} * b2,
       Wide{a[0]} * b[2] + Wide{a[1]} * b[1] + Wide{a[2]} * b[0] + Wide{a[3]} * b4 + Wide{a[4]} * b3,
       Wide{a[0]} * b[3] + Wide{a[1]} * b[2] + Wide{a[2]} * b[1] + Wide{a[3]} * b[0] + Wide{a[4]} * b4,
       Wide{a[0]} * b[4] + Wide{a[1]} * b[3] + Wide{a[2]} * b[2] + Wide{a[3]} * b[1] + Wide{a[4]} * b[0]});
}

Field square(const Field& x) {
  const auto& a = x.digit;
  const uint64_t twice0 = 2 * a[0], twice1 = 2 * a[1], twice2 = 2 * a[2];
  const uint64_t a3 = 19 * a[3], a4 = 19 * a[4];
  return carried({Wide{a[0]} * a[0] + Wide{twice1} * a4 + Wide{twice2} * a3,
                  Wide{twice0} * a[1] + Wide{twice2} * a4 + Wide{a[3]} * a3,
                  Wide{twice0} * a[2] + Wide{a[1]} * a[1] + Wide{2 * a[3]} * a4,
                  Wide{twice0} * a[3] + Wide{twice1} * a[2] + Wide{a[4]} * a4,
                  Wide{twice0} * a[4] + Wide{twice1} * a[3] + Wide{a[2]} * a[2]});
}

bool same(const Field& a, const Field& b) {
  return reduced(a).digit == reduced(b).digit;
}

bool is_odd(const Field& a) {
  return reduced(a).digit[0] & 1;
}

std::optional<Field> field_from(std::string_view bytes) {
  if (bytes.size() != 32) return std::nullopt;
  Field out;
  for (size_t bit = 0; bit < 255; ++bit) {
    const uint64_t set = static_cast<unsigned char>(bytes[bit / 8]) >> bit % 8 & 1;
    out.digit[bit / 51] |= set << bit % 51;
  }
  if (reduced(out).digit != out.digit) return std::nullopt;
  return out;
}

std::optional<Field> root_of_ratio(const Field& u, const Field& v) {
  const Field v3 = square(v) * v, v7 = square(v3) * v;
  const Field root = u * v3 * power(u * v7), check = v * square(root);
  if (same(check, u)) return root;
  if (same(check, field_zero - u)) return root * root_of_minus_one;
  return std::nullopt;
}

}  // namespace stet
