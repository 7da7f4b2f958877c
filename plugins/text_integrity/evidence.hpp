// What findings have in common in their evidence.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace text_integrity {

// JSON array with the names of those characters of `text` that `wanted` wants: each once, the first 20.
std::string names_of(std::string_view text, const std::function<bool(char32_t)>& wanted);

// {"characters": [...]}: those names, as the whole evidence.
std::string characters_json(std::string_view text, const std::function<bool(char32_t)>& wanted);

}  // namespace text_integrity
