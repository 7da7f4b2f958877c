// The public keys that a ledger lists under keys/.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "ledger.hpp"
#include "signature.hpp"

namespace stet {

struct ListedKey {
  PublicKey key;
  int64_t valid_from = 0;  // seconds since 1970
};

// Reads the bytes of the key file at `path`. Throws std::runtime_error with one sentence that does not
// repeat the path when they are not exactly what key_file() writes there.
ListedKey parse_key_file(const std::string& path, const std::string& bytes);

// Reads each key when it is first asked for.
class Keyring {
 public:
  explicit Keyring(const Ledger& ledger) : ledger_(ledger) {}

  enum class State { listed, unknown, damaged };
  struct Lookup {
    State state = State::unknown;
    ListedKey listed;  // when listed
  };
  const Lookup& find(const std::string& keyid);

 private:
  const Ledger& ledger_;
  std::map<std::string, Lookup> known_;
};

}  // namespace stet
