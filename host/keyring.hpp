// The public keys that a ledger lists under keys/.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ledger.hpp"
#include "signature.hpp"

namespace stet {

// Where the ledger's tree keeps the key with this keyid; empty when that is none.
std::string key_path(std::string_view keyid);

// The key file of the ledger's tree for `key`: path and bytes. `valid_from` is RFC 3339.
std::pair<std::string, std::string> key_file(const PublicKey& key, const std::string& valid_from);

struct ListedKey {
  PublicKey key;
  int64_t valid_from = 0;  // seconds since 1970
};

// Reads the bytes of the key file at `path`. Throws std::runtime_error with one sentence that does not
// repeat the path when they are not exactly what key_file() writes there.
ListedKey parse_key_file(const std::string& path, const std::string& bytes);

// Reads each key when it is first asked for. May be asked from several threads, as long as none of them uses
// the ledger meanwhile.
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
  std::mutex mutex_;
  std::map<std::string, Lookup> known_;
};

}  // namespace stet
