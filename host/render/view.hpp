// A report as the values that a page or a Markdown text shows: strings safe to look at (see
// visible.hpp), still to be escaped for where they go. Every member is always there; false where there
// is nothing to say, so that a template never finds an outer member of the same name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "places.hpp"
#include "render.hpp"

namespace stet {

// All that follows, and title, verdict, digests, how to verify.
nlohmann::json report_view(const Rendering& rendering, const std::vector<PlacedFinding>& findings);

nlohmann::json findings_view(const Document& document, const std::vector<PlacedFinding>& findings);
// Quotations by speaker, dates, sources, and facts of any other kind.
nlohmann::json facts_view(const Document& document, const std::vector<PluginRun>& plugins);
nlohmann::json plugins_view(const std::vector<PluginRun>& plugins);
// One entry per revision, the changes of each grouped by severity.
nlohmann::json history_view(const std::vector<HistoryEntry>& history, uint32_t current);

// "23 November 2025, 19:40 UTC"; a date alone stays one; any other text as it is.
std::string readable_time(const std::string& rfc3339);
// A JSON value on one line: a string as it is, anything else as JSON.
std::string one_line(const nlohmann::json& value, unsigned columns);
// A word for a POSIX shell, quoted where it must be.
std::string shell_word(std::string_view text);

}  // namespace stet
