// Mustache templates filled with JSON values. kainjow mustache lives here.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace stet {

// {{x}} passes through `escape`, {{{x}}} does not. An empty string, an empty array, null and false are
// all absent for a section. Throws std::logic_error for a template that does not parse.
std::string fill(std::string_view page, const nlohmann::json& values,
                 const std::function<std::string(const std::string&)>& escape);

}  // namespace stet
