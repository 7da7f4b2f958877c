#include "pack_entry.hpp"

#include <array>
#include <stdexcept>

#include "loose_object.hpp"

namespace stet {
namespace {

unsigned take_byte(std::string_view& bytes) {
  if (bytes.empty()) refuse_packed("it is cut short");
  const auto byte = static_cast<unsigned char>(bytes[0]);
  bytes.remove_prefix(1);
  return byte;
}

}  // namespace

void refuse_packed(const char* how) {
  throw std::runtime_error(std::string("the object is damaged in its pack: ") + how);
}

// Four bits of the size in the first byte, then seven a byte, lowest first.
void append_object_header(std::string& out, const PackedHeader& header) {
  size_t size = header.size;
  auto byte = static_cast<unsigned char>(header.type << 4 | (size & 15));
  for (size >>= 4; size > 0; size >>= 7) {
    out += static_cast<char>(byte | 0x80);
    byte = size & 0x7f;
  }
  out += static_cast<char>(byte);
}

// Seven bits a byte, highest first, and one less in all but the last, so that no number can be written in two
// ways.
void append_distance(std::string& out, uint64_t distance) {
  std::array<char, 10> digits{};
  size_t at = digits.size() - 1;
  digits[at] = static_cast<char>(distance & 0x7f);
  while (distance >>= 7) digits[--at] = static_cast<char>(0x80 | (--distance & 0x7f));
  out.append(digits.data() + at, digits.size() - at);
}

PackedHeader take_object_header(std::string_view& bytes) {
  unsigned byte = take_byte(bytes);
  PackedHeader header{byte >> 4 & 7, byte & 15};
  for (int shift = 4; byte & 0x80; shift += 7) {
    byte = take_byte(bytes);
    if (shift > 32) refuse_packed("its size is beyond all measure");
    header.size |= static_cast<size_t>(byte & 0x7f) << shift;
  }
  if (header.size > max_object_bytes) refuse_packed("its size is beyond all measure");
  return header;
}

uint64_t take_distance(std::string_view& bytes) {
  unsigned byte = take_byte(bytes);
  uint64_t distance = byte & 0x7f;
  while (byte & 0x80) {
    byte = take_byte(bytes);
    if (distance >> 48) refuse_packed("its base is nowhere");
    distance = (distance + 1) << 7 | (byte & 0x7f);
  }
  return distance;
}

}  // namespace stet
