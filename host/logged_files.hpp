// Whether the files that say what counts, ledger.json and keys, stand in the log as commits brought them.
//
// That each version is a leaf, and each leaf one of them, is for verify_log.hpp. It leaves the order open:
// whoever has a key that has ended can make the past anew from before its end, in which every leaf is there
// still, and an older version the newest one.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "keyring.hpp"
#include "merkle.hpp"
#include "verify.hpp"

namespace stet {

class LoggedFiles {
 public:
  // A version of such a file. Those of one path come in the order of the commits that brought them. `signer`:
  // the keyid of whoever signed that commit; empty where nobody did.
  void add(const StoredFile& file, const std::string& signer);

  // Adds to `result` what is not in order. `leaves` are the log's. What the log has no leaf of is left out.
  void check(const std::vector<Hash>& leaves, Verification& result) const;

 private:
  struct Version {
    Hash leaf{};
    std::string signer;
    std::optional<ListedKey> key;        // of a key's file that can be read
    std::optional<uint64_t> claimed_at;  // the place in the log that it says it has; nothing: it does not say
    std::optional<uint64_t> place = {};  // that it has
  };
  using Versions = std::map<std::string, std::vector<Version>>;  // by path
  class Order;

  Versions versions_;
};

}  // namespace stet
