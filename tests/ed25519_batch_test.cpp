#include "ed25519_batch.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "digest.hpp"
#include "edwards25519.hpp"

using namespace stet;

namespace {

std::string from_hex(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  return bytes;
}

std::string as_bytes(const Scalar& number) {
  std::string bytes(32, '\0');
  for (size_t i = 0; i < 32; ++i) bytes[i] = static_cast<char>(number[i / 8] >> i % 8 * 8);
  return bytes;
}

struct Signed {
  std::vector<std::string> messages, signatures;
  std::vector<SignedMessage> all() const {
    std::vector<SignedMessage> all;
    for (size_t i = 0; i < messages.size(); ++i) all.push_back({messages[i], signatures[i]});
    return all;
  }
};

Signed sign(const PrivateKey& key, size_t count) {
  Signed out;
  for (size_t i = 0; i < count; ++i) {
    out.messages.push_back("message " + std::to_string(i) + std::string(i % 300, 'x'));
    out.signatures.push_back(key.sign(out.messages.back()));
  }
  return out;
}

// Of order 8, 4 and 2, and the identity.
const std::vector<std::string> small_points{
    from_hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    from_hex("0000000000000000000000000000000000000000000000000000000000000000"),
    from_hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    from_hex("0100000000000000000000000000000000000000000000000000000000000000")};

}  // namespace

TEST_CASE("signatures that hold one by one hold together, however many") {
  const auto key = PrivateKey::generate();
  for (const size_t count : {0u, 1u, 2u, 3u, 17u, 300u}) {
    const auto made = sign(key, count);
    CHECK(all_verify(key.public_key(), made.all()));
  }
}

TEST_CASE("one that does not hold is noticed among many") {
  const auto key = PrivateKey::generate();
  const auto good = sign(key, 20);
  std::mt19937 random(1);
  for (int i = 0; i < 60; ++i) {
    auto bad = good;
    const size_t at = random() % bad.messages.size();
    if (random() % 4 == 0)
      bad.messages[at][random() % 9] ^= 1;
    else
      bad.signatures[at][random() % 64] ^= static_cast<char>(1 << random() % 8);
    REQUIRE_FALSE(all_verify(key.public_key(), bad.all()));
  }
  auto swapped = good;
  std::swap(swapped.signatures[3], swapped.signatures[4]);
  CHECK_FALSE(all_verify(key.public_key(), swapped.all()));
  CHECK_FALSE(all_verify(PrivateKey::generate().public_key(), good.all()));
  auto cut = good;
  cut.signatures[0].pop_back();
  CHECK_FALSE(all_verify(key.public_key(), cut.all()));
}

TEST_CASE("errors that make up for each other in a plain sum are noticed") {
  const auto key = PrivateKey::generate();
  auto made = sign(key, 2);
  // S of one plus 1, of the other minus 1.
  const Scalar one{1, 0, 0, 0},
      minus_one =
          times(*strict_scalar_from(as_bytes(one)),
                scalar_from(from_hex("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")));
  const auto s0 = *strict_scalar_from(std::string_view(made.signatures[0]).substr(32));
  const auto s1 = *strict_scalar_from(std::string_view(made.signatures[1]).substr(32));
  made.signatures[0].replace(32, 32, as_bytes(scalar_sum(s0, one)));
  made.signatures[1].replace(32, 32, as_bytes(scalar_sum(s1, minus_one)));
  CHECK_FALSE(all_verify(key.public_key(), made.all()));
}

TEST_CASE("an S that is not reduced is refused, as OpenSSL does") {
  const auto key = PrivateKey::generate();
  auto made = sign(key, 1);
  const std::string order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (size_t i = 0; i < 32; ++i) {
    const unsigned sum =
        static_cast<unsigned char>(made.signatures[0][32 + i]) + static_cast<unsigned char>(order[i]) + carry;
    made.signatures[0][32 + i] = static_cast<char>(sum);
    carry = sum >> 8;
  }
  CHECK_FALSE(key.public_key().verifies(made.messages[0], made.signatures[0]));
  CHECK_FALSE(all_verify(key.public_key(), made.all()));
}

TEST_CASE("keys and points outside the group are left to OpenSSL") {
  for (const auto& small : small_points) {
    const auto point = point_from(small);
    REQUIRE(point);
    CHECK(is_in_group(*point) == point->is_identity());
    const auto key = PublicKey::from_raw(small);
    // Of a key of small order, R = B and S = 1 hold for some messages.
    std::string signature = "\x58" + std::string(31, '\x66') + "\1" + std::string(31, '\0');
    for (int i = 0; i < 16; ++i) {
      const auto message = "m" + std::to_string(i);
      const SignedMessage one{message, signature};
      if (all_verify(key, {&one, 1})) CHECK(key.verifies(message, signature));
    }
  }
  CHECK(is_in_group(base_point()));
  CHECK_FALSE(is_in_group(base_point() + *point_from(small_points[0])));
}

TEST_CASE("forms of points that Ed25519 does not write are refused") {
  CHECK_FALSE(
      point_from(from_hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));  // y = p
  CHECK_FALSE(
      point_from(from_hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));  // y = p + 1
  CHECK_FALSE(
      point_from(from_hex("0100000000000000000000000000000000000000000000000000000000000080")));  // x = -0
  CHECK_FALSE(
      point_from(from_hex("0200000000000000000000000000000000000000000000000000000000000000")));  // no point
  CHECK_FALSE(point_from("short"));
}

TEST_CASE("scalars are added and multiplied modulo the order of the group") {
  const auto minus_one =
      scalar_from(from_hex("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"));
  CHECK(times(minus_one, minus_one) == Scalar{1, 0, 0, 0});
  CHECK(scalar_sum(minus_one, Scalar{1, 0, 0, 0}) == Scalar{});
  CHECK(scalar_from(from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")) ==
        Scalar{});
  // 2^512 - 1
  CHECK(as_bytes(scalar_from(std::string(64, '\xff'))) ==
        from_hex("000f9c44e31106a447938568a71b0ed065bef517d273ecce3d9a307c1b419903"));
  std::mt19937_64 random(7);
  for (int i = 0; i < 50; ++i) {
    std::string bytes(32, '\0');
    for (auto& byte : bytes) byte = static_cast<char>(random());
    const auto a = scalar_from(bytes), b = scalar_from(std::string(bytes.rbegin(), bytes.rend()));
    const auto sum = times(a, base_point()) + times(b, base_point()) + -times(scalar_sum(a, b), base_point());
    REQUIRE(sum.is_identity());
    REQUIRE((times(times(a, b), base_point()) + -times(a, times(b, base_point()))).is_identity());
  }
}
