// Reading the fields of facts by the dotted paths that manifests give.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace stet {

// The value at "speaker.name"; nullptr when it is missing or null, or when the path meets no object.
const nlohmann::json* field_at(const nlohmann::json& fields, std::string_view path);

// Whether two values that field_at() gave are the same: missing is the same as null, strings are
// compared after fold(), everything else as JSON.
bool same_value(const nlohmann::json* a, const nlohmann::json* b);

// For a message: a string as it is, anything else as compact JSON, nothing as "".
std::string words_for(const nlohmann::json* value);

}  // namespace stet
