#include "utf8.hpp"

#include <algorithm>
#include <cstring>

namespace stet {
namespace {

bool between(unsigned char byte, unsigned low, unsigned high) {
  return byte >= low && byte <= high;
}

// Size of the well-formed sequence at the front of `bytes`, 0 if there is none.
size_t sequence_size(std::string_view bytes) {
  const auto byte = [&](size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u; };
  const auto continued = [&](size_t from, size_t size) {
    for (size_t i = from; i < size; ++i)
      if (!between(byte(i), 0x80, 0xBF)) return size_t{0};
    return size;
  };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80) return 1;
  if (between(first, 0xC2, 0xDF)) return continued(1, 2);
  if (between(first, 0xE0, 0xEF)) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
    return between(second, low, high) ? continued(2, 3) : 0;
  }
  if (between(first, 0xF0, 0xF4)) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
    return between(second, low, high) ? continued(2, 4) : 0;
  }
  return 0;
}

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

}  // namespace

std::optional<size_t> first_not_utf8(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size();) {
    if (uint64_t eight; bytes.size() - at >= sizeof eight) {
      std::memcpy(&eight, bytes.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080u) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const size_t size = sequence_size(bytes.substr(at, 4));
    if (size == 0) return at;
    at += size;
  }
  return std::nullopt;
}

Character character_at(std::string_view text, size_t at) {
  if (at >= text.size()) return {0, 1};
  const auto first = static_cast<unsigned char>(text[at]);
  const uint32_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (size == 1 || at + size > text.size()) return {first, 1};
  char32_t value = first & (0xFFu >> (size + 1));
  for (uint32_t i = 1; i < size; ++i) value = value << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  return {value, size};
}

Character character_before(std::string_view text, size_t at) {
  if (at == 0 || at > text.size()) return {0, 1};
  size_t begin = at - 1;
  while (begin > 0 && is_continuation(text[begin])) --begin;
  return character_at(text, begin);
}

char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = ascii_lower(c);
  return out;
}

size_t count_characters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

}  // namespace stet
