#include "document_time.hpp"

#include <nlohmann/json.hpp>

#include "scan.hpp"

namespace {

std::optional<calendar::Day> published(std::string_view metadata) {
  const auto json = nlohmann::json::parse(metadata, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto at = json.find("published");
  return at != json.end() && at->is_string() ? leading_day(at->get_ref<const std::string&>()) : std::nullopt;
}

// The first day of a month that a byline or dateline names.
void read_line(std::string_view line, DocumentTime& out) {
  scan(line, [&](const Reader&, std::vector<Expression>& found) {
    for (const auto& e : found) {
      if (out.has_date_line || e.form != Form::calendar || !e.day || !e.month) continue;
      out.has_date_line = true;
      out.month = e.month;
      out.month_day = e.day;
      const calendar::Day day{e.year, e.month, e.day};
      if (calendar::exists(day)) out.day = day;
    }
  });
}

}  // namespace

std::optional<calendar::Day> leading_day(std::string_view text) {
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const calendar::Day day{number(0, 4), number(5, 2), number(8, 2)};
  return calendar::exists(day) ? std::optional(day) : std::nullopt;
}

DocumentTime document_time(const stet::sdk::Document& document) {
  DocumentTime out;
  out.day = published(document.metadata_json());
  if (out.day) {
    out.has_date_line = true;
    return out;
  }
  for (uint32_t i = 0; i < document.node_count() && !out.has_date_line; ++i) {
    const auto node = document.node(i);
    if (node.kind == STET_BYLINE || node.kind == STET_DATELINE) read_line(document.text(node.range), out);
  }
  return out;
}
