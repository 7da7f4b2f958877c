// When a document says it was published: its metadata, else its byline or dateline.
#pragma once

#include <optional>

#include <stet/plugin.hpp>

#include "calendar.hpp"

struct DocumentTime {
  std::optional<calendar::Day> day;  // known in full
  int month = 0, month_day = 0;      // from a dateline without a year
  bool has_date_line = false;        // something in the document dates it, in full or not
};

DocumentTime document_time(const stet::sdk::Document& document);

// The day at the head of an RFC 3339 time or date.
std::optional<calendar::Day> leading_day(std::string_view text);
