// Memory that is given out piece by piece, taken back as a whole, and limited.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace stet {

class Arena {
 public:
  explicit Arena(size_t limit) : left_(limit) {}

  // Zeroed, aligned for any type; null when the limit is reached.
  void* take(size_t size);
  // A larger (or smaller) copy of what take() or grow() gave; in place where that can be. `piece` may be
  // null.
  void* grow(void* piece, size_t size);
  void lift_limit() { left_ = SIZE_MAX; }

 private:
  bool reserve(size_t size);

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;  // free part of the last block
  std::byte* end_ = nullptr;
  size_t left_;
};

}  // namespace stet
