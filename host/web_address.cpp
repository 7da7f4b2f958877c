#include "web_address.hpp"

#include <algorithm>

namespace stet {
namespace {

// With their marks: "https:", "//host", "/path", "?query", "#fragment".
struct Parts {
  std::string_view scheme, authority, path, query, fragment;
};

std::string_view take(std::string_view& rest, size_t size) {
  const auto taken = rest.substr(0, size);
  rest.remove_prefix(taken.size());
  return taken;
}

bool begins_scheme(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

Parts parts_of(std::string_view rest) {
  Parts parts;
  if (const size_t colon = rest.find(':'); colon != rest.npos && begins_scheme(rest.substr(0, colon)))
    parts.scheme = take(rest, colon + 1);
  if (rest.starts_with("//"))
    parts.authority = take(rest, std::min(rest.find_first_of("/?#", 2), rest.size()));
  parts.path = take(rest, std::min(rest.find_first_of("?#"), rest.size()));
  parts.query = take(rest, std::min(rest.find('#'), rest.size()));
  parts.fragment = rest;
  return parts;
}

// RFC 3986, section 5.2.4.
std::string without_dot_segments(std::string_view rest) {
  std::string out;
  const auto drop_last = [&] { out.resize(std::min(out.rfind('/'), out.size())); };
  while (!rest.empty()) {
    const size_t size = std::min(rest.find('/', 1), rest.size());
    const auto segment = take(rest, size);
    const bool last = rest.empty();
    if (segment == "/.." || segment == "..")
      drop_last();
    else if (segment != "/." && segment != ".")
      out += segment;
    if (last && (segment == "/.." || segment == "/.")) out += '/';
  }
  return out;
}

// RFC 3986, section 5.2.3.
std::string merged(const Parts& base, std::string_view path) {
  if (!base.authority.empty() && base.path.empty()) return '/' + std::string(path);
  return std::string(base.path.substr(0, base.path.rfind('/') + 1)) + std::string(path);
}

}  // namespace

std::string resolved(std::string_view reference, std::string_view base) {
  const Parts r = parts_of(reference), b = parts_of(base);
  if (!r.scheme.empty() || b.scheme.empty()) return std::string(reference);
  const std::string scheme(b.scheme);
  const auto end = std::string(r.query) + std::string(r.fragment);
  if (!r.authority.empty()) return scheme + std::string(r.authority) + without_dot_segments(r.path) + end;
  const std::string site = scheme + std::string(b.authority);
  if (r.path.empty())
    return site + std::string(b.path) + std::string(r.query.empty() ? b.query : r.query) +
           std::string(r.fragment);
  const bool rooted = r.path.starts_with('/');
  return site + without_dot_segments(rooted ? std::string(r.path) : merged(b, r.path)) + end;
}

}  // namespace stet
