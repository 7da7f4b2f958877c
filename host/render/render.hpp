// The same report for people. Each takes values and returns bytes; none touches a ledger.
#pragma once

#include <string>
#include <vector>

#include "../document.hpp"
#include "../report.hpp"

namespace stet {

// One earlier or later revision, for the history that a rendering shows.
struct HistoryEntry {
  uint32_t revision;
  std::string observed;  // RFC 3339
  std::string document_sha256;
  size_t findings = 0;
  std::vector<Change> changes;  // against the revision before it
  std::string remark = {};      // why there is nothing to compare; empty when it was compared
  bool is_read = true;          // whether its report is there, and holds
};

struct Rendering {
  const Document& document;
  const ReadReport& report;
  std::string report_sha256;
  std::vector<std::string> keyids;    // that signed the report
  std::vector<HistoryEntry> history;  // all revisions of the article, oldest first
};

// One self-contained file: no script is needed to read it, nothing is fetched.
std::string render_html(const Rendering& rendering);
std::string render_markdown(const Rendering& rendering);

// Findings as a compiler prints them: "name:line:col: severity: message [plugin/check]", the line and
// a caret under the place, at most `width` columns (0: no limit; below 20: 20); `colour` adds ANSI
// colours. The last line counts the findings and says how many plugins checked the document.
std::string render_terminal(const Document& document, const std::vector<PluginRun>& plugins, unsigned width,
                            bool colour);

}  // namespace stet
