// Ed25519 signatures verified in half of the time that OpenSSL takes. libsodium lives here.
#pragma once

#include <string_view>

namespace stet {

// Whether the signature (64 bytes) of the key (32 bytes, RFC 8032) is sure to hold: what libsodium accepts,
// OpenSSL does too. libsodium refuses more, points of small order for one; PublicKey::verifies() asks OpenSSL
// about all that is refused, so that every verifier says the same.
bool surely_verifies(std::string_view key, std::string_view message, std::string_view signature);

// Whether the 32 bytes are a public key that only whoever has its private key can sign for: a point of the
// curve in its one encoding, and in the large subgroup. Under a key of small order one signature holds over
// everything.
bool is_sound_key(std::string_view key);

}  // namespace stet
