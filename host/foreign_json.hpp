// JSON from a stranger: a plugin's manifest, the evidence of a finding, the fields of a fact, a ledger's
// files.
#pragma once

#include <cstdint>
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

// JSON that a ledger holds, whoever put it there: as nlohmann/json reads it, after throwing
// std::runtime_error for what is nested deeper than max_json_depth (canonical.hpp), since to copy or write
// that could exhaust the stack. Of what is no JSON at all it throws nlohmann::json::parse_error, or gives a
// discarded value.
enum class NoJson { thrown, discarded };
nlohmann::json parse_stored_json(std::string_view text, NoJson no_json = NoJson::thrown);

// nlohmann/json makes an uint32_t of any number; this throws std::runtime_error with a clause for all but
// integers from 0 to 2^32 - 1.
uint32_t whole_number(const nlohmann::json& value);

}  // namespace stet
