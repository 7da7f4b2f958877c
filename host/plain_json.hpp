// JSON in its plain forms, read faster than nlohmann/json does: a plugin's fact in half of the time, a row
// with an article in a tenth.
//
// Whatever is read is what nlohmann/json reads. Nothing is given of a text that is no JSON, nor of one that
// has other forms: numbers that are no integers of up to 15 digits, a name twice in an object, half a
// surrogate pair, very deep nesting. Whoever asks then asks nlohmann/json, which says what is wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace stet {

inline constexpr unsigned max_plain_json_depth = 64;  // arrays and objects inside each other

std::optional<nlohmann::json> read_plain_json(std::string_view text);

// The same judgement without making the value, and of less: a name may be there twice.
struct PlainJson {
  bool is_object = false;
  std::vector<std::string> names;  // of that object's own members, in order
};
std::optional<PlainJson> judge_plain_json(std::string_view text);

// How many of the bytes at the start are an integer in its plain form: up to 15 digits, neither -0 nor 01. 0
// if none is, or the number goes on.
size_t plain_integer(std::string_view bytes);

// How many of the bytes at the start may stand in a string of JSON as they are, eight looked at in one step:
// none is a quotation mark, a backslash or a control character. Of the last bytes whoever asks looks at each.
size_t plain_bytes(std::string_view bytes);

}  // namespace stet
