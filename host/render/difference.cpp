#include "difference.hpp"

#include <algorithm>

#include "places.hpp"
#include "visible.hpp"

namespace stet {
namespace {

constexpr unsigned context_columns = 40;
constexpr unsigned changed_columns = 160;

bool is_word_break(std::string_view text, size_t at) {
  return at == 0 || at == text.size() || text[at] == ' ' || text[at - 1] == ' ' || text[at] == '\n' ||
         text[at - 1] == '\n';
}

// Bytes of the longest common beginning that ends between two words in both.
size_t common_lead(std::string_view a, std::string_view b) {
  auto size = static_cast<size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  while (size > 0 && !(is_word_break(a, size) && is_word_break(b, size))) --size;
  return size;
}

size_t common_tail(std::string_view a, std::string_view b) {
  size_t size = 0;
  while (size < std::min(a.size(), b.size()) && a[a.size() - 1 - size] == b[b.size() - 1 - size]) ++size;
  while (size > 0 && !(is_word_break(a, a.size() - size) && is_word_break(b, b.size() - size))) --size;
  return size;
}

std::string last_columns(std::string_view text) {
  std::string out;
  unsigned used = 0;
  for (size_t at = text.size(); at > 0;) {
    const auto g = previous_glyph(text, at);
    used += g.columns;
    if (used >= context_columns) return "…" + out;
    out.insert(0, g.shown);
  }
  return out;
}

}  // namespace

Difference difference(std::string_view before, std::string_view after) {
  const auto lead = common_lead(before, after);
  const auto tail = common_tail(before.substr(lead), after.substr(lead));
  return {last_columns(before.substr(0, lead)),
          clipped(before.substr(lead, before.size() - lead - tail), changed_columns),
          clipped(after.substr(lead, after.size() - lead - tail), changed_columns),
          clipped(before.substr(before.size() - tail), context_columns)};
}

}  // namespace stet
