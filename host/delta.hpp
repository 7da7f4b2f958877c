// What turns one text into another, in the form of git's packs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stet {

// Longer texts get no delta: the memory it takes is bounded by theirs.
inline constexpr size_t max_delta_bytes = 8u << 20;

// Copies from `base` and new bytes that make `target`: nothing when they would take more than `limit`
// bytes, or either text more than max_delta_bytes. Looks for what both texts begin and end with, and in
// between for runs of 8 to 15 bytes or more wherever they stand in the base's middle part.
std::optional<std::string> make_delta(std::string_view base, std::string_view target, size_t limit);

// What `delta` makes of `base`. The bytes may come from anybody: throws std::runtime_error for what is no
// delta, is one for a base of another size, or makes more than `limit` bytes.
std::string apply_delta(std::string_view base, std::string_view delta, size_t limit);

}  // namespace stet
