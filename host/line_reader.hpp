// Lines of a file, which may be compressed with gzip. zlib lives here and in loose_object.cpp.
//
// What is compressed is read twice. Its check sum stands at the end, and behind an altered byte comes text
// that nobody wrote: no line of it is given out before all of it was checked.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace stet {

class LineReader {
 public:
  // Throws std::runtime_error naming the file when it cannot be read, or is compressed and is not, to its
  // last byte, one member (RFC 1952) after the other that hold; zeros at the end are padding. Once `stop` is
  // true, the check ends: what was not checked as a whole has no lines.
  explicit LineReader(const std::filesystem::path& file, const std::atomic<bool>* stop = nullptr);
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
  bool whole_;  // checked from its first byte to its last
  std::string buffer_;
  size_t at_ = 0;
};

}  // namespace stet
