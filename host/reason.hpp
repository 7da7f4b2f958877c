// Why something was taken down or a key revoked: one line, which everybody reads who verifies the ledger.
#pragma once

#include <string>

namespace stet {

// Throws std::runtime_error with one sentence for a reason that is empty, or that holds a character which
// nobody sees as itself: a line break or another control could make it look like words of stet's own. `of` is
// what it is the reason of: "a redaction".
void demand_reason(const std::string& of, const std::string& reason);

}  // namespace stet
