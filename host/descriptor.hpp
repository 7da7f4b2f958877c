// File descriptors that close themselves, and memory that nobody can change any more.
#pragma once

#include <filesystem>
#include <string_view>
#include <utility>

namespace stet {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void reset();

 private:
  int fd_ = -1;
};

// A memfd that holds `bytes` and is sealed against writing and resizing, by this process too. `what`
// is for the error: throws std::system_error ("cannot share a document: Too many open files").
Descriptor sealed_memory(std::string_view bytes, const char* what);
// The two halves of it: a memfd that is empty, and its sealing.
Descriptor new_memory(const char* what);
void seal(const Descriptor& memory, const char* what);

// The bytes of a sealed memory or a file, mapped for reading. Throws std::system_error.
class Mapping {
 public:
  explicit Mapping(const Descriptor& memory);  // asks the kernel for the size
  Mapping(const Descriptor& memory, size_t size);
  ~Mapping();
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  std::string_view bytes() const { return {static_cast<const char*>(base_), size_}; }

 private:
  void* base_;
  size_t size_;
};

// For reading; what is no regular file is not waited for, nor read without an end. Throws std::system_error
// naming it, or std::runtime_error when it is no regular file.
Descriptor open_regular(const std::filesystem::path& file);

// A file that is there. Throws as open_regular(). One that is cut short later kills the process, so
// this is for files that are never written in place.
Mapping map_file(const std::filesystem::path& file);

}  // namespace stet
