// A half-open range of byte offsets.
#pragma once

#include <cstdint>
#include <string_view>

namespace house_rules {

struct Span {
  uint32_t begin = 0, end = 0;
  bool empty() const { return begin == end; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool operator==(const Span& other) const { return begin == other.begin && end == other.end; }
};

inline std::string_view slice(std::string_view text, Span s) {
  return text.substr(s.begin, s.end - s.begin);
}

}  // namespace house_rules
