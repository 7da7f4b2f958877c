// Takes pieces off the front of bytes that may come from anybody.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace stet {

class ByteReader {
 public:
  // `refuse` throws. It is called when fewer bytes are left than are asked for.
  using Refuse = void (*)();
  ByteReader(std::string_view bytes, Refuse refuse) : rest_(bytes), refuse_(refuse) {}

  std::string_view take(uint64_t size) {
    if (size > rest_.size()) refuse_();
    const auto piece = rest_.substr(0, size);
    rest_.remove_prefix(piece.size());
    return piece;
  }

  // As it lies in this machine's memory.
  template <class T>
  T take_as() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  Refuse refuse_;
};

}  // namespace stet
