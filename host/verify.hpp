// Recomputes everything a ledger claims.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger.hpp"

namespace stet {

struct Verification {
  struct Problem {
    std::string path;     // in the ledger's tree
    std::string message;  // one sentence: what was found, what was expected
  };
  std::vector<Problem> problems;  // in path order; empty when the ledger holds
  size_t articles = 0, documents = 0, reports = 0, signatures = 0;
  uint64_t bytes = 0;
  std::vector<std::string> keyids;  // keys that signed, sorted
  bool holds() const { return problems.empty(); }
};

// `signer`: a keyid that every report must be signed by; without it, any key the ledger lists.
Verification verify(const Ledger& ledger, const std::optional<std::string>& signer);

}  // namespace stet
