#include "branch_tip.hpp"

#include <ctime>
#include <stdexcept>

#include "files.hpp"
#include "refs.hpp"

namespace stet {
namespace {

constexpr size_t line_bytes = 41;  // of a branch that names a commit, and no other branch
// Times of files are told no finer than this. Of two files that took the place within such a time, the second
// may have number and time of the first.
constexpr time_t coarsest_seconds = 2;

bool is_settled(const struct stat& about) {
  struct timespec now {};
  clock_gettime(CLOCK_REALTIME, &now);
  return about.st_ctim.tv_sec + coarsest_seconds < now.tv_sec;
}

}  // namespace

BranchTip::BranchTip(const Repository& repository)
    : repository_(repository), file_(repository.branch_file()) {}

BranchTip::Stamp BranchTip::stamp_of(const struct stat& about) {
  return {static_cast<int64_t>(about.st_dev), static_cast<int64_t>(about.st_ino), about.st_size,
          about.st_ctim.tv_sec, about.st_ctim.tv_nsec};
}

bool BranchTip::names_its_commit(const ObjectId& commit) const try {
  return read_file(file_, line_bytes) == hex(commit) + '\n';
} catch (const std::runtime_error&) {
  return false;
}

// What is known is of the file that was there before it was read: should another have taken its place
// meanwhile, that one is seen the next time.
std::optional<ObjectId> BranchTip::read() {
  struct stat about {};
  const bool is_there = stat(file_.c_str(), &about) == 0;
  if (is_there && known_ && known_->stamp == stamp_of(about)) return known_->commit;
  known_.reset();
  const auto commit = repository_.newest_commit();
  if (commit && is_there && is_settled(about) && names_its_commit(*commit))
    known_ = Known{stamp_of(about), *commit};
  return commit;
}

}  // namespace stet
