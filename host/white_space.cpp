// The part of utf8.hpp that asks Unicode's tables, apart from the others: a plugin's process does without
// ICU.
#include <unicode/uchar.h>

#include "utf8.hpp"

namespace stet {
namespace {

bool shows_nothing(char32_t c) {
  return is_white_space(c) || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

}  // namespace

bool is_white_space(char32_t character) {
  return u_isUWhiteSpace(static_cast<UChar32>(character));
}

bool is_blank(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto [value, size] = character_at(text, at);
    if (!shows_nothing(value)) return false;
    at += size;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\n\v\f\r";
  const size_t begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) + 1 - begin);
}

}  // namespace stet
