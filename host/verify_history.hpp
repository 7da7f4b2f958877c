// Whether the commits of a ledger are signed by its keys, and in the order of time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "keyring.hpp"
#include "ledger_walk.hpp"
#include "verify.hpp"

namespace stet {

struct HistoryResult {
  std::vector<Rewrite> problems;  // of commits, "commit <id>" in the place of a path
  size_t signatures = 0;          // that hold
};

// The commits of a ledger, newest first; of them those from `begin` to `end` are looked at.
struct CommitSpan {
  std::span<const LedgerCommit> commits;
  size_t begin = 0, end = 0;
  bool has_log = false;
  // Ledgers made before commits were signed have neither a signed commit nor a log.
  bool must_be_signed(size_t i) const {
    return !commits.back().parts.signature.empty() || (has_log && i + 1 < commits.size());
  }
};

// Nothing if the commit is signed by a key of the ledger that was valid by then, or is not signed and need
// not be.
std::optional<std::string> commit_fault(const LedgerCommit& commit, Keyring& keys, bool must_be_signed);

// Checks that, of each commit, and that it is not dated before its parent.
HistoryResult verify_history(const CommitSpan& history, Keyring& keys);

}  // namespace stet
