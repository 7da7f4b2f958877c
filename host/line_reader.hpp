// Lines of a file, which may be compressed with gzip. zlib lives here and in loose_object.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace stet {

class LineReader {
 public:
  // Throws std::runtime_error naming the file when it cannot be read.
  explicit LineReader(const std::filesystem::path& file);
  ~LineReader();

  // The next line, without its LF; nothing at the end. Of a line over `limit` bytes the first `limit` + 1.
  // Throws std::runtime_error naming the file: not readable, or not whole.
  std::optional<std::string> next(size_t limit);

  uint64_t done() const;  // bytes of the file, as it lies on the disk, that were read
  uint64_t size() const { return size_; }

 private:
  bool fill();

  struct File;
  std::filesystem::path name_;
  std::unique_ptr<File> file_;
  uint64_t size_;
  std::string buffer_;
  size_t at_ = 0;
};

}  // namespace stet
