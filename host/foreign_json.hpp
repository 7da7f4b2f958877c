// JSON from a stranger: a plugin's manifest, the evidence of a finding, the fields of a fact.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace stet {

inline constexpr unsigned max_foreign_json_depth = 64;

// The value, safe to keep, walk and write in canonical form. Throws std::runtime_error with a clause
// ("not JSON at byte 12") for what is not JSON, is nested deeper than max_foreign_json_depth (walking it
// could exhaust the stack), or holds a whole number that I-JSON has not (beyond +-(2^53 - 1)).
nlohmann::json parse_foreign_json(std::string_view text);

// The same judgement, without making the value. Gives whether it is an object; `member` is called with the
// name of each of that object's own members.
bool check_foreign_json(std::string_view text, const std::function<void(const std::string&)>& member);

}  // namespace stet
