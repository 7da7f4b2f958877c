#include "arena.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>

namespace stet {
namespace {

constexpr size_t block_size = size_t{1} << 18;
constexpr size_t alignment = alignof(std::max_align_t);

// Before each piece: its size, so that it can be copied.
struct alignas(std::max_align_t) Header {
  size_t size;
};

size_t aligned(size_t size) {
  return (size + alignment - 1) / alignment * alignment;
}

Header* header_of(void* piece) {
  return static_cast<Header*>(piece) - 1;
}

}  // namespace

// Whole blocks count against the limit.
bool Arena::reserve(size_t size) {
  if (size <= static_cast<size_t>(end_ - next_)) return true;
  const size_t wanted = std::max(size, block_size);
  if (wanted > left_) return false;
  if (left_ != SIZE_MAX) left_ -= wanted;
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(wanted));
  next_ = blocks_.back().get();
  end_ = next_ + wanted;
  return true;
}

void* Arena::take(size_t size) {
  if (size > SIZE_MAX / 2) return nullptr;
  const size_t whole = sizeof(Header) + aligned(size);
  if (!reserve(whole)) return nullptr;
  auto* header = new (next_) Header{size};
  next_ += whole;
  return std::memset(header + 1, 0, size);
}

void* Arena::grow(void* piece, size_t size) {
  if (piece == nullptr) return take(size);
  Header* header = header_of(piece);
  const bool last = static_cast<std::byte*>(piece) + aligned(header->size) == next_;
  if (size <= aligned(header->size)) {
    header->size = std::max(header->size, size);
    return piece;
  }
  if (last && aligned(size) - aligned(header->size) <= static_cast<size_t>(end_ - next_)) {
    next_ += aligned(size) - aligned(header->size);
    header->size = size;
    return piece;
  }
  void* larger = take(size);
  if (larger != nullptr) std::memcpy(larger, piece, header->size);
  return larger;
}

}  // namespace stet
