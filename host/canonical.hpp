// RFC 8785 (JSON Canonicalization Scheme): one value, one byte sequence.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace stet {

inline constexpr unsigned max_json_depth = 200;  // arrays and objects inside each other

// Members sorted by UTF-16 code units, no white space, numbers as ECMAScript prints them. Throws
// std::runtime_error for what I-JSON has not: integers beyond +-2^53, infinities, invalid UTF-8; and
// for a value nested deeper than max_json_depth.
std::string canonical(const nlohmann::json& value);

// Whether `bytes` are the canonical form of the value they hold. False for whatever is not JSON, for
// a member named twice and for anything canonical() would refuse; never throws for what it is given.
bool is_canonical(std::string_view bytes);

}  // namespace stet
