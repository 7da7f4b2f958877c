#include "branch_tip.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <ctime>

#include "descriptor.hpp"

namespace stet {
namespace {

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

std::optional<ObjectId> BranchTip::read() {
  struct stat about {};
  if (known_ && stat(file_.c_str(), &about) == 0 && known_->stamp == stamp_of(about)) return known_->commit;
  known_.reset();
  const auto commit = read_file();
  return commit ? commit : repository_.newest_commit();
}

// What a file says that names a commit and no other branch; nothing of any other.
std::optional<ObjectId> BranchTip::read_file() {
  const Descriptor fd(open(file_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat about {};
  std::array<char, 42> line{};
  constexpr ssize_t line_bytes = 41;
  if (!fd || fstat(fd.get(), &about) != 0 || ::read(fd.get(), line.data(), line.size()) != line_bytes)
    return std::nullopt;
  const auto commit = line[40] == '\n' ? id_in({line.data(), 40}) : std::nullopt;
  if (commit && is_settled(about)) known_ = Known{stamp_of(about), *commit};
  return commit;
}

}  // namespace stet
