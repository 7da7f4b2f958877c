#include "verify_history.hpp"

namespace stet {

std::vector<Verification::Problem> verify_history(ObjectReader& objects,
                                                  std::span<const LedgerCommit> commits) {
  std::vector<Verification::Problem> problems;
  RewriteWalk walk(objects);
  for (size_t i = 0; i + 1 < commits.size(); ++i)
    walk.compare(commits[i + 1], commits[i], [&](const StoredFile& rewrite) {
      problems.push_back({rewrite.path, rewrite.error});
    });
  return problems;
}

}  // namespace stet
