// Memory that this process writes and any other only reads, used again and again: making, filling and
// dropping fresh memory costs more than handing a document over.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "descriptor.hpp"

namespace stet {

class SharedMemory {
 public:
  // A memfd that nobody can resize, and that nobody but this object can write. Throws std::system_error when
  // the system is out of memory or of file descriptors.
  explicit SharedMemory(size_t size);
  ~SharedMemory();
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  const Descriptor& descriptor() const { return descriptor_; }
  size_t size() const { return size_; }
  char* bytes() { return static_cast<char*>(base_); }
  const char* bytes() const { return static_cast<const char*>(base_); }

 private:
  Descriptor descriptor_;
  size_t size_;
  void* base_;
};

// One thread takes; any may let go.
class MemoryPool {
 public:
  // Memory of at least `size` bytes that nobody uses: what was taken and let go by all, or new.
  std::shared_ptr<SharedMemory> take(size_t size);

 private:
  std::vector<std::shared_ptr<SharedMemory>> kept_;
};

}  // namespace stet
