// Pieces of packs that were read lately: what is wanted next lies mostly beside one of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace stet {

// One thread at a time. Holds up to 64 pieces, of 24 kB but for large objects; a quarter of that where
// nothing near was read.
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
  void clear() { windows_.clear(); }

 private:
  struct Window {
    const std::filesystem::path* file = nullptr;
    uint64_t begin = 0;
    std::string bytes = {};
  };
  bool is_near(const Source& source, uint64_t offset) const;
  Window& oldest();

  std::vector<Window> windows_;
  size_t next_ = 0;  // to be replaced
};

}  // namespace stet
