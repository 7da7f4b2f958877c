// Walks over all that a ledger's repository holds: its newest tree, and its commits.
#pragma once

#include <functional>

#include "ledger.hpp"

struct git_repository;

namespace stet {

using Visit = std::function<void(const StoredFile&)>;

// See Ledger::each_file() and Ledger::each_rewrite().
void walk_files(git_repository* repository, const Visit& visit);
void walk_rewrites(git_repository* repository, const Visit& visit);

}  // namespace stet
