// Revisions as the commits of a git repository that changed them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "import_source.hpp"

namespace stet {

// Every article file (see is_article_file()) at `path` or below it, "" or "." for all, in every commit from
// the first to HEAD in which it is new or changed. Only first parents are followed: of a merge, what it
// brought to the branch that it was merged into. Seen when it was committed, and no earlier than the commit
// before. A file whose id is that of another, which stands in the same commit, is a fault as in a folder; the
// article is the one's that was there first, in one commit the first by name. Throws std::runtime_error
// naming the repository: it is none, or a shallow clone, HEAD names no commit, or the path is in none of them
// or outside.
std::unique_ptr<ImportSource> git_source(const std::filesystem::path& repository, const std::string& path);

}  // namespace stet
