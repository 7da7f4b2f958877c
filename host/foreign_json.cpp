#include "foreign_json.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>

namespace stet {
namespace {

using nlohmann::json;

constexpr int64_t max_whole = (int64_t{1} << 53) - 1;

// Counts brackets outside strings; the parser sees to everything else.
bool is_too_deep(std::string_view text) {
  unsigned depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\') ++i;
    } else if (c == '[' || c == '{') {
      if (++depth > max_json_depth) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

void require_exact_numbers(const json& value) {
  if (value.is_structured()) {
    for (const auto& member : value) require_exact_numbers(member);
  } else if (value.is_number_unsigned() ? value.get<uint64_t>() > uint64_t{max_whole}
                                        : value.is_number_integer() && value.get<int64_t>() < -max_whole) {
    throw std::runtime_error("a whole number beyond 2^53 - 1");
  }
}

}  // namespace

json parse_foreign_json(std::string_view text) {
  if (is_too_deep(text))
    throw std::runtime_error("JSON nested deeper than " + std::to_string(max_json_depth));
  try {
    auto value = json::parse(text);
    require_exact_numbers(value);
    return value;
  } catch (const json::parse_error& e) {
    throw std::runtime_error("not JSON at byte " + std::to_string(e.byte));
  } catch (const json::out_of_range&) {
    throw std::runtime_error("JSON with a number out of range");
  }
}

}  // namespace stet
