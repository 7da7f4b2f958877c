#include "pack_window.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "pack_entry.hpp"

namespace stet {
namespace {

constexpr size_t most_windows = 64;
// Newer versions come before older ones, which are deltas of them, and a report after its document.
constexpr uint64_t bytes_before = 8192, bytes_after = 16384;
// Of what lies far from all that was read lately: whoever wants one object here and one there needs no more.
constexpr uint64_t bytes_alone = 6144;

void read_all(const PackWindows::Source& source, uint64_t offset, std::string& bytes) {
  for (size_t have = 0; have < bytes.size();) {
    const ssize_t n =
        pread(source.fd, bytes.data() + have, bytes.size() - have, static_cast<off_t>(offset + have));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw std::system_error(errno, std::generic_category(), source.file->string());
    if (n == 0) refuse_packed("the pack was cut short");
    have += static_cast<size_t>(n);
  }
}

}  // namespace

bool PackWindows::is_near(const Source& source, uint64_t offset) const {
  return std::any_of(windows_.begin(), windows_.end(), [&](const Window& window) {
    return window.file == source.file && offset < window.begin + window.bytes.size() + bytes_after &&
           window.begin < offset + bytes_after;
  });
}

PackWindows::Window& PackWindows::oldest() {
  if (windows_.size() < most_windows) return windows_.emplace_back();
  next_ = (next_ + 1) % most_windows;
  return windows_[next_];
}

std::string_view PackWindows::read(const Source& source, uint64_t offset, size_t size) {
  const uint64_t end = offset + std::min<uint64_t>(size, source.end - offset);
  for (const auto& window : windows_)
    if (window.file == source.file && window.begin <= offset && end <= window.begin + window.bytes.size())
      return std::string_view(window.bytes).substr(offset - window.begin);
  const bool is_alone = !is_near(source, offset);
  Window& window = oldest();
  window.file = nullptr;  // while its bytes are none
  window.begin = offset - (is_alone ? 0 : std::min(offset, bytes_before));
  window.bytes.resize(std::min(std::max(end, offset + (is_alone ? bytes_alone : bytes_after)), source.end) -
                      window.begin);
  if (window.bytes.capacity() > 4 * (bytes_before + bytes_after)) window.bytes.shrink_to_fit();
  read_all(source, window.begin, window.bytes);
  window.file = source.file;
  return std::string_view(window.bytes).substr(offset - window.begin);
}

}  // namespace stet
