// What begins an object in a pack (gitformat-pack(5)).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stet {

inline constexpr unsigned offset_delta = 6, named_delta = 7;

// The type's number, and the size of what is deflated behind: the object, or the delta.
struct PackedHeader {
  unsigned type = 0;
  size_t size = 0;
};
void append_object_header(std::string& out, const PackedHeader& header);
// For a delta of type offset_delta: how many bytes before its own first one its base begins.
void append_distance(std::string& out, uint64_t distance);

// The same, taken off bytes that may come from anybody: throw std::runtime_error.
PackedHeader take_object_header(std::string_view& bytes);
uint64_t take_distance(std::string_view& bytes);

[[noreturn]] void refuse_packed(const char* how);

}  // namespace stet
