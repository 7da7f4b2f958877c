// Whether the commits of a ledger only ever added to it.
#pragma once

#include <span>
#include <vector>

#include "ledger_walk.hpp"
#include "verify.hpp"

namespace stet {

// Compares each commit but the last, which is the oldest, with the one that follows it here: that nothing
// under articles/ was changed or removed.
std::vector<Verification::Problem> verify_history(ObjectReader& objects,
                                                  std::span<const LedgerCommit> commits);

}  // namespace stet
