// Whether the commits of a ledger are signed by its keys, and in the order of time.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "keyring.hpp"
#include "ledger_walk.hpp"
#include "tree_lookup.hpp"
#include "verify.hpp"

namespace stet {

// Judges the signatures of a ledger's commits.
//
// What a commit brings is worth what its signer is, so that its signer must be a key that the commit before
// it lists, and that has not ended there: whoever has no key could list one in a commit signed by it. The
// first commit alone is signed by a key of its own. One exception: a purge makes old commits anew and signs
// them with a key of its day, which came later; that key must have been let in, by its file's `listedBy`, by
// one that was there.
class CommitSigners {
 public:
  // Borrows both. `newest` are the keys of the newest tree.
  CommitSigners(TreeLookup& lookup, Keyring& newest) : lookup_(lookup), newest_(newest) {}

  struct Judgement {
    bool counts = false;
    std::optional<std::string> fault = {};  // none either where the newest tree's file of the key is damaged
  };
  // Of a signed commit. `before`: the tree of its parent, or of a first commit its own.
  Judgement judge(const CommitParts& commit, const ObjectId& before);
  // Why this cannot be a first commit: it brings revisions, whose past nobody can see, or its log says that
  // another key has signed the first one.
  std::optional<std::string> beginning_fault(const CommitParts& first);

 private:
  std::optional<std::string> fault(const CommitParts& commit, const std::string& keyid,
                                   const Keyring::Lookup& key) const;
  Keyring::Lookup find(const ObjectId& tree, const std::string& keyid);
  // The newest file of a key that is not listed in `tree`, if a key that is there let it in.
  Keyring::Lookup let_in(const ObjectId& tree, const std::string& keyid, unsigned most_steps);

  TreeLookup& lookup_;
  Keyring& newest_;
  std::map<ObjectId, Keyring::Lookup> read_;  // key files by their blobs
};

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
  bool must_be_signed() const { return has_log || !commits.back().parts.signature.empty(); }
};

// Checks the signature of each, that it has one parent at most, and that it is not dated before that.
HistoryResult verify_history(const CommitSpan& history, CommitSigners& signers);

}  // namespace stet
