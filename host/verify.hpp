// Recomputes everything a ledger claims.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger.hpp"

namespace stet {

class GoodSignatures;

struct Verification {
  struct Problem {
    std::string path;     // in the ledger's tree; or a commit, the reference, a pack or its index
    std::string message;  // one sentence, whose subject is the path: what was found, what was expected
    auto operator<=>(const Problem&) const = default;
  };
  std::vector<Problem> problems;  // in path order; empty when the ledger holds
  // What holds: documents that match their reports, reports that are canonical and in their place,
  // signatures that hold.
  size_t articles = 0, documents = 0, reports = 0, signatures = 0;
  size_t signatures_before = 0;            // of the signatures, those that were found good before
  size_t commits = 0, signed_commits = 0;  // that were read; whose signature holds
  size_t packs = 0;                        // that are as they were written
  uint64_t pack_bytes = 0;                 // of these, with their indexes
  std::vector<std::string> shortcuts;      // of git to these and to commits, that say what they say; paths
  uint64_t objects = 0;                    // that were read, each with the hash that names it
  uint64_t bytes = 0;                      // of the documents that match
  std::vector<std::string> keyids;         // keys that signed, sorted
  std::vector<std::string> ended_keys;     // "SHA256:... revoked on ...", by path
  std::vector<std::string> redacted;       // "budget@2 was redacted on ... by ...: reason", by path
  size_t witnesses_named = 0, witnesses_required = 0;  // by ledger.json
  std::optional<uint64_t> witnessed;   // the size up to which witnesses vouch for the log, and
  std::vector<std::string> witnesses;  // their names
  std::optional<uint64_t> logged;      // leaves of the transparency log; nothing without one
  std::optional<uint64_t> continues;   // the size of the checkpoint that the log is a continuation of
  bool holds() const { return problems.empty(); }
};

// Work in parts of like size.
struct VerifyProgress {
  size_t done = 0, total = 0;
  uint64_t revisions = 0;  // verified so far
};

struct VerifyOptions {
  std::optional<std::string>
      signer;  // a keyid that must have signed every report; without it, any listed key
  std::optional<std::string> against;  // a checkpoint of the same log that was kept elsewhere, as bytes
  unsigned threads = 0;                // 0: as many as the machine has. The result is always the same.
  // Called from any of the threads, whenever a part is done.
  std::function<void(const VerifyProgress&)> progress = {};
  // Signatures that it knows are not verified again, others are added to it. Without it, each is verified.
  GoodSignatures* good_signatures = nullptr;
  // SHA-256 of plugins, in hex: every plugin that a report names must be one of them. Without it, any may be.
  std::optional<std::set<std::string>> trusted = {};
};

// Checks that every object can be read and has the hash that names it, and every pack and index the checksum
// at its end; that git's commit-graph and multi-pack-index say what commits and packs say; that every
// document, text, report and signature is where it belongs, matches the others and was signed while its key
// was valid; that an article's revisions have no gap and name each other; that every commit is signed by a
// key that the commit before it lists and that has not ended there (in ledgers whose first commit is signed,
// or that have a log) and not dated before its parent; and that none ever changed or removed what an earlier
// one recorded.
//
// With a transparency log, its tiles must give the root that its checkpoint has, and its leaves be the
// ledger's revisions and every version of its keys, redactions and ledger.json. With `against`, the log must
// be a continuation of that checkpoint: without one, entries that were cut off together with the log's own
// end, by someone who has the log's key, cannot be noticed.
//
// Damage is a problem, never an exception.
Verification verify(const Ledger& ledger, const VerifyOptions& options = {});

}  // namespace stet
