#include "plugin_id.hpp"

#include <algorithm>

namespace stet {
namespace {

std::string fault_of_part(std::string_view part) {
  if (part.empty()) return "a part between its dots is empty";
  if (part.front() == '-' || part.back() == '-') return "a part begins or ends with '-'";
  return "";
}

bool belongs(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

std::string fault_of_character(char c) {
  if (c >= 'A' && c <= 'Z') return std::string("it has a capital letter, '") + c + "'";
  if (c == '_') return "it has a '_'; write '-'";
  return "it has a character that is none of a-z, 0-9, '-' and '.'";
}

}  // namespace

std::string fault_of_plugin_id(std::string_view id) {
  if (id.size() > max_plugin_id_bytes) return "it is longer than 100 bytes";
  if (const auto odd = std::find_if_not(id.begin(), id.end(), belongs); odd != id.end())
    return fault_of_character(*odd);
  if (id.find('.') == id.npos) return "it has no dot";
  for (size_t begin = 0; begin <= id.size();) {
    const auto part = id.substr(begin, id.find('.', begin) - begin);
    if (auto fault = fault_of_part(part); !fault.empty()) return fault;
    begin += part.size() + 1;
  }
  return "";
}

}  // namespace stet
