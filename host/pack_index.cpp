#include "pack_index.hpp"

#include <algorithm>

#include "big_endian.hpp"

namespace stet {
namespace {

constexpr uint32_t in_table_of_large = 0x80000000;

void append_fanout(std::string& out, const std::vector<PackedObject>& objects) {
  size_t at = 0;
  for (unsigned first = 0; first < 256; ++first) {
    while (at < objects.size() && objects[at].id[0] <= first) ++at;
    append_big_endian(out, at, 4);
  }
}

// Four bytes an object, and eight in a second table for what these do not reach.
void append_offsets(std::string& out, const std::vector<PackedObject>& objects) {
  std::string large;
  for (const auto& object : objects) {
    const bool reached = object.offset < in_table_of_large;
    append_big_endian(out, reached ? object.offset : in_table_of_large | large.size() / 8, 4);
    if (!reached) append_big_endian(large, object.offset, 8);
  }
  out += large;
}

}  // namespace

std::string pack_index(std::vector<PackedObject> objects, const Sha1Digest& pack_checksum) {
  std::sort(objects.begin(), objects.end(), [](auto& a, auto& b) { return a.id < b.id; });
  std::string out("\377tOc\0\0\0\2", 8);
  out.reserve(8 + 1024 + objects.size() * 28 + 40);
  append_fanout(out, objects);
  for (const auto& object : objects) out += bytes_of(object.id);
  for (const auto& object : objects) append_big_endian(out, object.crc32, 4);
  append_offsets(out, objects);
  out += bytes_of(pack_checksum);
  Sha1 sha1;
  sha1.update(out);
  return out.append(bytes_of(sha1.finish()));
}

}  // namespace stet
