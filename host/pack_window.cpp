#include "pack_window.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "pack_entry.hpp"

namespace stet {
namespace {

constexpr size_t most_windows = 128;
// A folder is mostly looked into right after the one that it lies in, which comes behind it; and a revision's
// report and signature come after its document.
constexpr uint64_t bytes_before = 1024, bytes_after = 9216;

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

// Null when there is none.
PackWindows::Window* PackWindows::with(const Source& source, uint64_t offset, uint64_t end) {
  const auto has = [&](const Window& window) {
    return window.file == source.file && window.begin <= offset && end <= window.begin + window.bytes.size();
  };
  if (newest_ && has(*newest_)) return newest_;
  const auto found = std::find_if(windows_.begin(), windows_.end(), has);
  return found == windows_.end() ? nullptr : &*found;
}

PackWindows::Window& PackWindows::least_used() {
  if (windows_.empty()) windows_.reserve(most_windows);  // so that newest_ stays where it is
  if (windows_.size() < most_windows) return windows_.emplace_back();
  return *std::min_element(windows_.begin(), windows_.end(),
                           [](auto& a, auto& b) { return a.last_use < b.last_use; });
}

void PackWindows::fill(Window& window, const Source& source, uint64_t offset, uint64_t end) {
  window.file = nullptr;  // while its bytes are none
  window.begin = offset - std::min(offset, bytes_before);
  window.bytes.resize(std::min(std::max(end, offset + bytes_after), source.end) - window.begin);
  if (window.bytes.capacity() > 4 * (bytes_before + bytes_after)) window.bytes.shrink_to_fit();
  read_all(source, window.begin, window.bytes);
  window.file = source.file;
}

std::string_view PackWindows::read(const Source& source, uint64_t offset, size_t size) {
  const uint64_t end = offset + std::min<uint64_t>(size, source.end - offset);
  Window* window = with(source, offset, end);
  if (!window) fill(*(window = &least_used()), source, offset, end);
  window->last_use = ++uses_;
  newest_ = window;
  return std::string_view(window->bytes).substr(offset - window->begin);
}

void PackWindows::clear() {
  windows_.clear();
  newest_ = nullptr;
}

}  // namespace stet
