// What a plugin may be called: a reverse domain name, so that names from different hands do not meet.
#pragma once

#include <string>
#include <string_view>

namespace stet {

inline constexpr size_t max_plugin_id_bytes = 100;

// Empty if `id` can name a plugin: at most 100 bytes, two or more parts divided by '.', each of a-z, 0-9
// and '-' and with no '-' at its ends. Else a clause that says what is wrong: "it has no dot".
std::string fault_of_plugin_id(std::string_view id);

}  // namespace stet
