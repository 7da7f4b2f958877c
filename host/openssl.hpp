// OpenSSL with what stet uses of it. Included by digest.cpp and signature.cpp alone.
#pragma once

#include <openssl/crypto.h>

namespace stet {

// To be called before anything else of OpenSSL; calls after the first do nothing. Left to itself the library
// reads the machine's configuration, and lists every algorithm by all of its names, which takes longer than
// three signatures.
inline void start_openssl() {
  static const int started = OPENSSL_init_crypto(
      OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS |
          OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_ATEXIT,
      nullptr);
  static_cast<void>(started);
}

}  // namespace stet
