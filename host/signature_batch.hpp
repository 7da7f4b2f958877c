// The signatures of many reports verified together, for verify_revision() to know.
#pragma once

#include <span>
#include <string>
#include <unordered_map>

#include "keyring.hpp"
#include "ledger.hpp"

namespace stet {

// One thread at a time.
class SignatureBatch {
 public:
  // Of the reports that are followed by their signatures, as files are in path order. Forgets those before.
  void verify(std::span<const StoredFile> files, Keyring& keys);

  // Says what key.verifies() says; at once if the signature is one of those that were found to hold.
  bool verifies(const PublicKey& key, const std::string& message, const std::string& signature) const;

 private:
  struct Signed {
    std::string keyid, message;
  };
  std::unordered_map<std::string, Signed> good_;  // by signature
};

}  // namespace stet
