// The newest of a ledger verified, in milliseconds whatever its size.
#pragma once

#include "verify.hpp"

namespace stet {

// Checks the newest commit and its signature, the log's checkpoint, and the newest `most` revisions:
// documents, reports, signatures, that each names the one before it, and that the log under that checkpoint
// holds it, in the range that its key counts for. That the log holds too what the commits at hand have made
// of keys, redactions and ledger.json, and the newest commit's key and ledger.json where they say that they
// stand. That the log is a continuation of what the witnesses saw, and of the checkpoint `against`.
// Nothing else: the rest of the revisions, of the commits and of the log, the packs and the other key files
// stay unread, and whether ledger.json is the newest that the log has.
Verification verify_newest(const Ledger& ledger, const VerifyOptions& options, size_t most);

}  // namespace stet
