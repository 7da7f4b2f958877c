#include "file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

namespace stet {
namespace {

using namespace std::chrono_literals;

constexpr auto a_moment = 500ms;

}  // namespace

Descriptor lock_file(const std::filesystem::path& file, const LockWait& wait, const std::string& what) {
  using clock = std::chrono::steady_clock;
  Descriptor fd(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!fd) throw std::runtime_error(what + ": cannot be locked: " + std::strerror(errno));
  const auto start = clock::now();
  bool told = !wait.tell;
  while (flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      throw std::runtime_error(what + ": cannot be locked: " + std::strerror(errno));
    const auto waited = clock::now() - start;
    if (waited >= std::chrono::milliseconds(wait.ms))
      throw LockHeld(what + ": another process is writing to it (waited " + std::to_string(wait.ms) + " ms)");
    if (!told && waited >= a_moment) told = true, wait.tell();
    std::this_thread::sleep_for(waited < 20ms ? 1ms : 5ms);
  }
  return fd;
}

std::optional<Descriptor> try_lock_file(const std::filesystem::path& file) {
  Descriptor fd(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (fd && flock(fd.get(), LOCK_EX | LOCK_NB) == 0) return fd;
  if (fd && (errno == EWOULDBLOCK || errno == EINTR)) return std::nullopt;
  throw std::runtime_error(file.string() + ": cannot be locked: " + std::strerror(errno));
}

}  // namespace stet
