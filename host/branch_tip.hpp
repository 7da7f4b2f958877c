// The commit that a ledger's branch names, for whoever asks again and again: whether the branch's file is
// still the one that was read costs less to find out than to read it, and that costs more than to find a
// revision.
#pragma once

#include <sys/stat.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "repository.hpp"

namespace stet {

class BranchTip {
 public:
  explicit BranchTip(const Repository& repository);

  // As Repository::newest_commit(), as it is now.
  std::optional<ObjectId> read();
  // Reads the file the next time, whatever the system says of it.
  void forget() { known_.reset(); }

 private:
  // Of a file, what changes when another takes its place or it is written: its device, number, size, and when
  // that was last changed.
  using Stamp = std::array<int64_t, 5>;
  struct Known {
    Stamp stamp;
    ObjectId commit;
  };
  static Stamp stamp_of(const struct stat& about);
  std::optional<ObjectId> read_file();

  const Repository& repository_;
  const std::filesystem::path file_;
  std::optional<Known> known_;
};

}  // namespace stet
