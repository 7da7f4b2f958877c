#include "checks.hpp"

namespace {
constexpr std::size_t most_related = 20;
}

void check_anchor(std::string_view text, std::span<const Expression> all, const DocumentTime& time,
                  Findings& out) {
  if (time.has_date_line) return;
  stet::sdk::Finding f;
  std::size_t count = 0;
  for (const auto& e : all) {
    if (!e.is_deictic()) continue;
    if (count++ == 0)
      f.range = {e.begin, e.end};
    else if (f.related.size() < most_related)
      f.related.push_back({e.begin, e.end});
  }
  if (count == 0) return;
  f.check = "relative-without-anchor";
  f.message = "\"" + std::string(text.substr(f.range.begin, f.range.end - f.range.begin)) +
              "\" cannot be resolved: the document has no dateline, byline date or time of publication";
  f.message += count == 1 ? "."
                          : "; nor can " + std::to_string(count - 1) + " more such expression" +
                                (count == 2 ? "." : "s.");
  out.push_back(std::move(f));
}
