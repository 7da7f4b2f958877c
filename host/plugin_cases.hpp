// The golden cases of a plugin: inputs with the findings and facts they must give.
//
// A folder holds NAME.txt or NAME.md beside NAME.findings (empty when the check must stay silent) and,
// where facts matter, NAME.facts. Both list one item a line, in text order:
//   LINE:COLUMN SEVERITY CHECK "COVERED TEXT": MESSAGE
//   LINE:COLUMN KIND "COVERED TEXT" FIELDS
// Line and column are 1-based and count characters; the covered text is a JSON string; the fields are
// compact JSON with sorted members. A file that a case needs beside it (a source) may lie in the folder.
#pragma once

#include <filesystem>
#include <iosfwd>

namespace stet {

// Runs every case twice, in fresh workers, prints a line for each to `out` with the differing lines where
// one fails, and returns how many failed. With `bless` the expectations are written instead. Throws
// std::runtime_error when the folder holds no case.
size_t run_plugin_cases(const std::filesystem::path& plugin, const std::filesystem::path& cases, bool bless,
                        std::ostream& out);

}  // namespace stet
