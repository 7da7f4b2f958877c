// Revisions as the files of a folder.
#pragma once

#include <filesystem>
#include <memory>

#include "import_source.hpp"

namespace stet {

// Every article file (see is_article_file()) in it and below, hidden ones not, as it was changed last. Links
// are passed over: they lead out of the folder, or to a file that is there already. Several files are one
// article where each states the same url, at other times: saved copies of one page. Any other two of one id
// are two articles that nothing would tell apart, and the second is a fault. So is a folder that cannot be
// listed. Throws std::runtime_error naming the folder when there is no article file.
std::unique_ptr<ImportSource> folder_source(const std::filesystem::path& folder);

}  // namespace stet
