// Whether one revision holds, for whoever is about to show it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "keyring.hpp"
#include "merkle.hpp"
#include "verify.hpp"
#include "verify_revision.hpp"

namespace stet {

// Borrows the ledger, which must not change meanwhile.
class RevisionCheck {
 public:
  // `next`: a file as if it were one of the ledger's too, and the next entry of its log.
  explicit RevisionCheck(const Ledger& ledger, std::optional<StoredFile> next = {})
      : ledger_(ledger), keys_(ledger), next_(std::move(next)) {}

  // The first thing that verify() would say of the revision's own files; nothing if they hold: document and
  // text are those of the report, and that is signed by keys of the ledger which were valid then. Where a key
  // counts for a range of the log, the revision's place in that is looked for; commits and the revisions
  // around it are not looked at.
  std::optional<Verification::Problem> fault(const std::string& article, uint32_t revision);

 private:
  std::optional<Verification::Problem> redaction_fault(const StoredParts& parts, const Link& link);
  std::optional<Verification::Problem> log_fault(const std::string& path, const Hash& leaf,
                                                 const std::vector<const ListedKey*>& signers);

  const Ledger& ledger_;
  Keyring keys_;
  const std::optional<StoredFile> next_;
  std::optional<std::map<Hash, uint64_t>> places_;  // of the log's leaves, once they are needed
};

}  // namespace stet
