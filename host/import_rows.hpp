// Revisions as rows of JSONL, in either of two shapes; see FORMATS.md.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "import_source.hpp"

namespace stet {

// `file` may be compressed with gzip. Throws std::runtime_error naming it when it cannot be opened, or is
// compressed and damaged anywhere. Looking for damage ends once `stop` is true, and there are no rows.
std::unique_ptr<ImportSource> rows_source(const std::filesystem::path& file,
                                          const std::atomic<bool>* stop = nullptr);

}  // namespace stet
