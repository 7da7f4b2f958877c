// Ed25519 signatures verified in half of the time that OpenSSL takes. libsodium lives here.
#pragma once

#include <string_view>

namespace stet {

// Whether the signature (64 bytes) of the key (32 bytes, RFC 8032) is sure to hold: what libsodium accepts,
// OpenSSL does too. libsodium refuses more, points of small order for one; PublicKey::verifies() asks OpenSSL
// about all that is refused, so that every verifier says the same.
bool surely_verifies(std::string_view key, std::string_view message, std::string_view signature);

}  // namespace stet
