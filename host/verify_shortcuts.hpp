// What git looks into in place of commits and of packs' indexes, since it is faster: commit-graphs and the
// multi-pack-index. They hold nothing that is not said elsewhere, and whoever reads a ledger with git sees
// another one when they lie.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ledger_walk.hpp"

namespace stet {

// Compares what they say of `commits` and of the packs of the repository's folder `objects` with these.
// Calls `found` with a file's path in the repository and what does not hold. Returns the paths of those that
// hold. Filters of changed paths and corrected dates of commits are covered by the checksum alone; commits of
// other branches are not looked at.
std::vector<std::string> check_shortcuts(
    const std::filesystem::path& objects, std::span<const LedgerCommit> commits,
    const std::function<void(const std::string&, const std::string&)>& found);

}  // namespace stet
