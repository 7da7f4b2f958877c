// A lock between processes that the kernel releases when its holder ends, however it ends.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "descriptor.hpp"

namespace stet {

// How long to wait for a lock, and whom to tell, once, that it takes more than a moment.
struct LockWait {
  LockWait(unsigned milliseconds = 10000, std::function<void()> teller = {})
      : ms(milliseconds), tell(std::move(teller)) {}
  unsigned ms;
  std::function<void()> tell;
};

// What lock_file() throws when another process holds the lock for too long.
struct LockHeld : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Takes flock() on `file`, which is made if it is not there and must be no symbolic link, and holds it as
// long as the descriptor. Throws LockHeld naming `what` when the wait was in vain, std::runtime_error when it
// cannot be opened.
Descriptor lock_file(const std::filesystem::path& file, const LockWait& wait, const std::string& what);

// The same without waiting: nothing when another process holds it. Throws std::runtime_error naming the file
// when it cannot be opened.
std::optional<Descriptor> try_lock_file(const std::filesystem::path& file);

}  // namespace stet
