// The file of signatures of a statement that one key has signed.
#pragma once

#include <string>

#include "signature.hpp"

namespace stet::testing {

inline std::string signed_by(const PrivateKey& key, const std::string& statement) {
  return signatures_file({{key.public_key().keyid(), key.sign(pre_authentication_encoding(statement))}});
}

}  // namespace stet::testing
