#include "links.hpp"

#include <algorithm>
#include <cstring>

#include "utf8.hpp"

namespace stet {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool ends_address(char32_t c) {
  if (c <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"' || c == '`' || c == '{' || c == '}' ||
      c == '|')
    return true;
  // Spaces, and quotation marks of all languages.
  return c == 0xA0 || c == 0xAB || c == 0xBB || (c >= 0x2000 && c <= 0x200B) ||
         (c >= 0x2018 && c <= 0x201F) || c == 0x2028 || c == 0x2029 || c == 0x2039 || c == 0x203A ||
         c == 0x3000 || c == 0xFEFF;
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

// Where the scheme begins whose "://" stands at `colon`, or npos.
size_t scheme_before(std::string_view text, size_t colon) {
  for (std::string_view scheme : {"https", "http"}) {
    if (colon < scheme.size()) continue;
    const size_t begin = colon - scheme.size();
    if (!equals_ignoring_case(text.substr(begin, scheme.size()), scheme)) continue;
    if (begin == 0 || !is_letter_or_digit(text[begin - 1])) return begin;
  }
  return std::string_view::npos;
}

// Counts what is open as the end of an address moves left.
struct Brackets {
  int round = 0, square = 0;
  void count(char c, int by) {
    if (c == '(') round += by;
    if (c == ')') round -= by;
    if (c == '[') square += by;
    if (c == ']') square -= by;
  }
  bool unopened(char c) const { return (c == ')' && round < 0) || (c == ']' && square < 0); }
};

size_t without_trailing_punctuation(std::string_view text, size_t begin, size_t end) {
  Brackets brackets;
  for (size_t i = begin; i < end; ++i) brackets.count(text[i], 1);
  while (end > begin) {
    const char last = text[end - 1];
    // U+2026 and the dashes, which only ever follow an address.
    const auto [value, size] = character_before(text, end);
    if (value == 0x2026 || value == 0x2013 || value == 0x2014) {
      end -= size;
    } else if (std::strchr(".,;:!?'*_~", last) != nullptr || brackets.unopened(last)) {
      brackets.count(last, -1);
      --end;
    } else {
      break;
    }
  }
  return end;
}

}  // namespace

std::vector<Range> find_addresses(std::string_view text) {
  constexpr std::string_view mark = "://";
  std::vector<Range> found;
  for (size_t colon = text.find(mark); colon != std::string_view::npos; colon = text.find(mark, colon)) {
    const size_t begin = scheme_before(text, colon);
    const size_t host = colon + mark.size();
    colon = host;
    if (begin == std::string_view::npos) continue;
    size_t end = host;
    while (end < text.size()) {
      const auto [value, size] = character_at(text, end);
      if (ends_address(value)) break;
      end += size;
    }
    colon = end;
    end = without_trailing_punctuation(text, host, end);
    if (end == host || (!is_letter_or_digit(text[host]) && text[host] != '[' &&
                        static_cast<unsigned char>(text[host]) < 0x80))
      continue;
    found.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
  return found;
}

}  // namespace stet
