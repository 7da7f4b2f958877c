#include "file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

namespace stet {

Descriptor lock_file(const std::filesystem::path& file, unsigned wait_ms, const std::string& what) {
  using clock = std::chrono::steady_clock;
  Descriptor fd(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!fd) throw std::runtime_error(what + ": cannot be locked: " + std::strerror(errno));
  const auto deadline = clock::now() + std::chrono::milliseconds(wait_ms);
  while (flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      throw std::runtime_error(what + ": cannot be locked: " + std::strerror(errno));
    if (clock::now() >= deadline)
      throw std::runtime_error(what + ": another process is writing to it (waited " +
                               std::to_string(wait_ms) + " ms)");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return fd;
}

}  // namespace stet
