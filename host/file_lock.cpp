#include "file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

namespace stet {
namespace {

using namespace std::chrono_literals;

constexpr auto a_moment = 500ms;

// Not through a link: whoever can write one into the folder would have the file made elsewhere, or another
// one locked.
Descriptor open_lock(const std::filesystem::path& file) {
  constexpr mode_t everybody = 0666;  // less the umask
  return Descriptor(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, everybody));
}

std::runtime_error cannot_be_locked(const std::string& what, const std::filesystem::path& file, int error) {
  const auto why = error == ELOOP ? file.filename().string() + " is a symbolic link" : std::strerror(error);
  return std::runtime_error(what + ": cannot be locked: " + why);
}

}  // namespace

Descriptor lock_file(const std::filesystem::path& file, const LockWait& wait, const std::string& what) {
  using clock = std::chrono::steady_clock;
  Descriptor fd = open_lock(file);
  if (!fd) throw cannot_be_locked(what, file, errno);
  const auto start = clock::now();
  bool told = !wait.tell;
  while (flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw cannot_be_locked(what, file, errno);
    const auto waited = clock::now() - start;
    if (waited >= std::chrono::milliseconds(wait.ms))
      throw LockHeld(what + ": another process is writing to it (waited " + std::to_string(wait.ms) + " ms)");
    if (!told && waited >= a_moment) told = true, wait.tell();
    std::this_thread::sleep_for(waited < 20ms ? 1ms : 5ms);
  }
  return fd;
}

std::optional<Descriptor> try_lock_file(const std::filesystem::path& file) {
  Descriptor fd = open_lock(file);
  if (fd && flock(fd.get(), LOCK_EX | LOCK_NB) == 0) return fd;
  if (fd && (errno == EWOULDBLOCK || errno == EINTR)) return std::nullopt;
  throw cannot_be_locked(file.string(), file, errno);
}

}  // namespace stet
