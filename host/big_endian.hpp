// Numbers with the most significant byte first, as git, SSH and signed notes write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stet {

// The lowest `bytes` of the number.
inline void append_big_endian(std::string& out, uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

inline std::string big_endian(uint64_t value, int bytes) {
  std::string out;
  append_big_endian(out, value, bytes);
  return out;
}

// The number of `size` bytes that stands at `at`; they must be there.
inline uint64_t big_endian_at(std::string_view bytes, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = at; i < at + size; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace stet
