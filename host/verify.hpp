// Recomputes everything a ledger claims.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger.hpp"

namespace stet {

struct Verification {
  struct Problem {
    std::string path;     // in the ledger's tree; or a commit, the reference, a pack or its index
    std::string message;  // one sentence, whose subject is the path: what was found, what was expected
  };
  std::vector<Problem> problems;  // in path order; empty when the ledger holds
  // What holds: documents that match their reports, reports that are canonical and in their place,
  // signatures that hold.
  size_t articles = 0, documents = 0, reports = 0, signatures = 0;
  uint64_t bytes = 0;               // of the documents that match
  std::vector<std::string> keyids;  // keys that signed, sorted
  bool holds() const { return problems.empty(); }
};

// Checks that every object can be read and has the hash that names it, and every pack and index the checksum
// at its end; that every document, text,
// report and signature is where it belongs, matches the others and was signed while its key was valid;
// that an article's revisions have no gap and name each other; and that no commit ever changed or
// removed what an earlier one recorded. `signer`: a keyid that must have signed every report; without
// it, any key the ledger lists.
//
// What it cannot see: revisions that were taken off the end together with their commits, and a ledger
// written anew from the start by someone who has a listed key.
//
// Damage is a problem, never an exception.
Verification verify(const Ledger& ledger, const std::optional<std::string>& signer);

}  // namespace stet
