#include "sodium.hpp"

#include <sodium.h>

namespace stet {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

bool surely_verifies(std::string_view key, std::string_view message, std::string_view signature) {
  // Chooses what this processor does best, once; without it the plain way is taken.
  static const bool is_ready = sodium_init() >= 0;
  return is_ready && key.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(), bytes_of(key)) ==
             0;
}

bool is_sound_key(std::string_view key) {
  return key.size() == crypto_core_ed25519_BYTES && crypto_core_ed25519_is_valid_point(bytes_of(key)) == 1;
}

}  // namespace stet
