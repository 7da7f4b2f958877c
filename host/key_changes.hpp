// New keys for a ledger, and the end of old ones: each is one commit, signed by a key of the ledger that has
// not ended. The log's own key is another matter: its checkpoints, and all who hold one, know the log by that
// key, so that it stays for the ledger's life.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "keyring.hpp"
#include "logged_commit.hpp"

namespace stet {

// All throw std::runtime_error with one sentence, the ledger as it was: `by` is no key of the ledger or has
// ended, the key to add is listed, the one to end is not listed or has ended in this way.

// Lists a key that signs from now on, beside the others.
void add_key(Ledger& ledger, const Signers& by, const PublicKey& next, int64_t time);

// Lists `next` and retires `old`, which signs the commit.
void rotate_key(Ledger& ledger, const Signers& old, const PublicKey& next, int64_t time);
// Whether that was done, and `next` has not ended since.
bool has_rotated(const Ledger& ledger, const PublicKey& old, const PublicKey& next);

// The key `keyid` counts only up to `end`, whatever it signed after that. It cannot be `by`.
void revoke_key(Ledger& ledger, const Signers& by, const std::string& keyid, const KeyEnd& end,
                const std::string& reason, int64_t time);

// The keys that the revoked key `keyid` let in after its end, or those that it let in so, and that are not
// revoked: a thief's, maybe. Not `own`, nor what that let in.
std::vector<std::string> let_in_after_the_end(const Ledger& ledger, const std::string& keyid,
                                              const PublicKey& own);

// What `since` means: nothing is now; a number, that many entries of the log; "ARTICLE@N", before that
// revision; a time, before the first entry of the log that is of then or later: a revision, a redaction or a
// new key. Reads every report for all but the first. Throws std::runtime_error for whatever is none of these.
KeyEnd key_end(const Ledger& ledger, const std::string& since, int64_t now);

}  // namespace stet
