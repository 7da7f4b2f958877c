#include "evidence.hpp"

#include <stet/json.hpp>
#include <stet/text.hpp>

#include <set>

#include "unicode.hpp"

namespace text_integrity {

std::string names_of(std::string_view text, const std::function<bool(char32_t)>& wanted) {
  constexpr size_t most = 20;
  stet::sdk::JsonArray names;
  std::set<char32_t> seen;
  for (size_t at = 0; at < text.size() && seen.size() < most;) {
    const auto c = stet::sdk::character_at(text, at);
    if (wanted(c.code) && seen.insert(c.code).second) names.text(code_point(c.code));
    at += c.size;
  }
  return names.str();
}

std::string characters_json(std::string_view text, const std::function<bool(char32_t)>& wanted) {
  return stet::sdk::JsonObject().json("characters", names_of(text, wanted)).str();
}

}  // namespace text_integrity
