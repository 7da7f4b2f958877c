// Commits to a ledger, with a leaf in its log for whatever they bring: revisions, keys, witnesses,
// redactions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "last_signed.hpp"
#include "leaf.hpp"
#include "ledger.hpp"
#include "signature.hpp"

namespace stet {

// The keys that what is recorded is signed with.
struct Signers {
  // Implicit: a ledger without a log needs no more than one key.
  Signers(const PrivateKey& of_reports, const PrivateKey* of_the_log = nullptr,
          const LastSigned* by_the_log = nullptr)
      : reports(of_reports), log(of_the_log), last(by_the_log) {}
  const PrivateKey& reports;  // and of commits
  const PrivateKey* log;      // null where the ledger has none
  const LastSigned* last;     // by that; null where nobody keeps it
};

// Both in one commit, under the ledger's lock, which the caller holds. They throw as Ledger::append() does,
// and when a key is needed and missing, is not the ledger's, or has ended, or the ledger was set back.
//
// `leaves` are those of `entries`, in the same order.
void commit_revisions(Ledger& ledger, const Signers& keys, const std::vector<Entry>& entries,
                      std::span<const Leaf> leaves, const std::string& message, int64_t time);
// Files that say what counts get leaves in the order in which `side` has them; others get none.
void commit_files(Ledger& ledger, const Signers& keys, SideFiles side, const std::string& message,
                  int64_t time);

// Signs commits for stock git (gpg.format=ssh). Borrows the key.
SignCommit commit_signer(const PrivateKey& key);

}  // namespace stet
