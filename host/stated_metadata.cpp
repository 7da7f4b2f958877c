#include "stated_metadata.hpp"

#include "stated_time.hpp"

namespace stet {

std::string on_one_line(std::string_view value) {
  std::string out;
  for (char c : value) {
    const bool space = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::optional<std::string> joined_names(const std::vector<std::string>& names) {
  std::string joined;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) joined += i + 1 == names.size() ? " and " : ", ";
    joined += names[i];
  }
  return joined.empty() ? std::nullopt : std::optional(std::move(joined));
}

std::optional<std::string> stated_time(const std::string& field, const std::string& words,
                                       std::vector<std::string>& notices) {
  const auto read = read_stated_time(words);
  const std::string where = field + " (\"" + words + "\") ";
  if (!read) {
    notices.push_back(where + "cannot be read as a date with certainty and is left out");
    return std::nullopt;
  }
  if (read->clock_dropped) notices.push_back(where + "has no offset from UTC: only its date is used");
  return read->value;
}

}  // namespace stet
