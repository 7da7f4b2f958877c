#include "addresses.hpp"

#include <optional>

namespace house_rules {
namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_alphanumeric(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// Size of the separator at `at`, 0 if there is none: ASCII white space, quotation marks and brackets;
// U+00A0, U+00AB, U+00BB; and the spaces, dashes and marks from U+2000 to U+203F.
size_t separator_size(std::string_view text, size_t at) {
  const char c = text[at];
  if (static_cast<unsigned char>(c) <= ' ' ||
      std::string_view("\"()<>[]{}|").find(c) != std::string_view::npos)
    return 1;
  const auto two = text.substr(at, 2);
  if (two == "\u00a0" || two == "«" || two == "»") return 2;
  return two == "\xe2\x80" ? 3 : 0;
}

// The first place in `token` that makes it an address. A point does between at least two letters or
// digits and two small letters: "example.org", not "p.m.", "U.S.-led" or "end.Next".
std::optional<Span> sign_of(std::string_view token) {
  const auto span = [](size_t at, size_t size) {
    return Span{static_cast<uint32_t>(at), static_cast<uint32_t>(at + size)};
  };
  const auto alphanumeric = [&](size_t at) { return at < token.size() && is_alphanumeric(token[at]); };
  if (token.substr(0, 4) == "www.") return span(0, 4);
  if (token[0] == '#' && alphanumeric(1)) return span(0, 1);
  for (size_t at = 0; at < token.size(); ++at) {
    if (token[at] == ':' && token.substr(at, 3) == "://") return span(at, 3);
    if (token[at] == '@' && alphanumeric(at + 1)) return span(at, 1);
    if (token[at] == '.' && at >= 2 && alphanumeric(at - 1) && alphanumeric(at - 2) &&
        at + 2 < token.size() && is_lower(token[at + 1]) && is_lower(token[at + 2]))
      return span(at, 1);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Address> find_addresses(std::string_view text) {
  std::vector<Address> addresses;
  for (size_t begin = 0; begin < text.size();) {
    if (const size_t skip = separator_size(text, begin)) {
      begin += skip;
      continue;
    }
    size_t end = begin + 1;
    while (end < text.size() && separator_size(text, end) == 0) ++end;
    const auto offset = static_cast<uint32_t>(begin);
    if (const auto sign = sign_of(text.substr(begin, end - begin)))
      addresses.push_back({{offset, static_cast<uint32_t>(end)}, {offset + sign->begin, offset + sign->end}});
    begin = end;
  }
  return addresses;
}

}  // namespace house_rules
