// Pieces of packs that were read lately: what is wanted next lies mostly beside one of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace stet {

// One thread at a time. Holds up to 128 pieces, of 10 kB but for large objects; the least recently used of
// them goes first.
class PackWindows {
 public:
  // A file whose bytes are wanted up to `end`.
  struct Source {
    const std::filesystem::path* file;  // known by this address, and named in errors
    int fd;
    uint64_t end;
  };

  // What is there from `offset` on, at least `size` bytes; fewer at the end only. It stays until the next
  // call. Throws std::system_error naming the file, and std::runtime_error when the file ends before its end.
  std::string_view read(const Source& source, uint64_t offset, size_t size);
  void clear();

 private:
  struct Window {
    const std::filesystem::path* file = nullptr;
    uint64_t begin = 0;
    uint64_t last_use = 0;
    std::string bytes = {};
  };
  Window* with(const Source& source, uint64_t offset, uint64_t end);
  Window& least_used();
  static void fill(Window& window, const Source& source, uint64_t offset, uint64_t end);

  std::vector<Window> windows_;
  Window* newest_ = nullptr;  // that was used; most of what is wanted next is in it
  uint64_t uses_ = 0;
};

}  // namespace stet
