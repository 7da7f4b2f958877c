// The past of a ledger without certain files: what a takedown leaves when the objects have to go as well.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "batch.hpp"
#include "disk.hpp"
#include "git_object.hpp"
#include "tree_cache.hpp"

namespace stet {

struct HistoryEdit {
  std::vector<std::string> gone;  // paths of files
  std::string note;               // is put below the message of each commit that changes
  int64_t unix_time = 0;          // of the committer; authors keep theirs
  SignCommit sign;
};

struct EditedHistory {
  Head head;
  size_t commits = 0;  // that were made anew
};

// Makes the commits from the first that holds one of those files on anew, without them, and writes them,
// synced, into the folder `objects`. No reference names them yet. `read` gives the bytes of a commit. Only
// first parents are followed, since a ledger has no others. Throws std::runtime_error; then nothing is there
// that a reader of the repository would see.
EditedHistory edit_history(const Disk& disk, const std::filesystem::path& objects, TreeCache& trees,
                           const Head& newest, const std::function<std::string(const ObjectId&)>& read,
                           const HistoryEdit& edit);

}  // namespace stet
