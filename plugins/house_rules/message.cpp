#include "message.hpp"

#include <algorithm>

namespace house_rules {
namespace {

constexpr size_t longest = 100;

bool is_place(std::string_view text, size_t at) {
  return text[at] == '\\' && at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9';
}

}  // namespace

int highest_group(std::string_view text) {
  int highest = -1;
  for (size_t at = 0; at < text.size(); ++at) {
    if (is_place(text, at)) highest = std::max(highest, text[at + 1] - '0');
    if (text[at] == '\\') ++at;
  }
  return highest;
}

std::string fill(std::string_view text, const std::vector<std::string_view>& groups) {
  std::string out;
  size_t from = 0;  // what is not in `out` yet
  for (size_t at = text.find('\\'); at < text.size(); at = text.find('\\', from)) {
    out += text.substr(from, at - from);
    if (is_place(text, at)) {
      const auto group = static_cast<size_t>(text[at + 1] - '0');
      if (group < groups.size()) out += groups[group];
      from = at + 2;
    } else {
      out += '\\';
      from = at + (text.substr(at, 2) == "\\\\" ? 2 : 1);
    }
  }
  return out += text.substr(from);
}

std::string shortened(std::string_view words) {
  size_t size = std::min(words.size(), longest);
  while (size < words.size() && (static_cast<unsigned char>(words[size]) & 0xc0) == 0x80) --size;
  std::string line(words.substr(0, size));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return size < words.size() ? line + "…" : line;
}

std::string in_marks(std::string_view words) {
  return "\"" + shortened(words) + "\"";
}

std::string times(size_t count) {
  return count == 1 ? "once" : count == 2 ? "twice" : std::to_string(count) + " times";
}

}  // namespace house_rules
