#include "sodium.hpp"

#include <catch2/catch.hpp>

#include "signature.hpp"

using namespace stet;

namespace {

// The order of the group, little-endian (RFC 8032 section 5.1).
const std::string order =
    "\xed\xd3\xf5\x5c\x1a\x63\x12\x58\xd6\x9c\xf7\xa2\xde\xf9\xde\x14" + std::string(15, '\0') + "\x10";

std::string plus_order(std::string s) {
  unsigned carry = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    carry += static_cast<unsigned char>(s[i]) + static_cast<unsigned char>(order[i]);
    s[i] = static_cast<char>(carry);
    carry >>= 8;
  }
  return s;
}

}  // namespace

TEST_CASE("a signature that holds is sure to, and none that was altered is") {
  const auto key = PrivateKey::generate();
  const auto raw = key.public_key().raw();
  for (const std::string message :
       {"", "a", "a longer message of more than one block of the digest, SHA-512"}) {
    const auto signature = key.sign(message);
    CHECK(surely_verifies(raw, message, signature));
    CHECK(key.public_key().verifies(message, signature));
    for (const size_t at : {size_t{0}, size_t{31}, size_t{32}, size_t{63}}) {
      auto altered = signature;
      altered[at] = static_cast<char>(altered[at] ^ 1);
      CHECK(!surely_verifies(raw, message, altered));
      CHECK(!key.public_key().verifies(message, altered));
    }
    CHECK(!surely_verifies(raw, message + "b", signature));
    CHECK(!surely_verifies(raw, message, signature.substr(1)));
    CHECK(!surely_verifies(raw.substr(1), message, signature));
  }
}

TEST_CASE("a second writing of the same signature does not hold") {
  const auto key = PrivateKey::generate();
  const auto signature = key.sign("message");
  const auto second = signature.substr(0, 32) + plus_order(signature.substr(32));
  REQUIRE(second != signature);
  CHECK(!surely_verifies(key.public_key().raw(), "message", second));
  CHECK(!key.public_key().verifies("message", second));
}

TEST_CASE("a key under which one signature holds over everything is none") {
  // The neutral element as key and as R, and S = 0: the equation holds for every message.
  const std::string neutral = "\x01" + std::string(31, '\0');
  const std::string signature = neutral + std::string(32, '\0');
  CHECK(!surely_verifies(neutral, "message", signature));
  CHECK(!is_sound_key(neutral));
  CHECK(!is_sound_key(std::string(32, '\0')));  // of order 4
  CHECK(!is_sound_key(std::string(32, '\xff')));
  CHECK(!is_sound_key("short"));
  CHECK(is_sound_key(PrivateKey::generate().public_key().raw()));
}
