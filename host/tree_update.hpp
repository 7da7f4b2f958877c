// What a tree becomes when files are added to it and removed from it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tree_cache.hpp"

namespace stet {

struct AddedFile {
  std::string path;  // folders with '/' between them; no part empty, ".", ".." or ".git"
  ObjectId blob{};
  bool replaces = false;  // whether it may take the place of a file that is there
  bool removes = false;   // whether instead of all that it takes away the file or folder that is there
};

using WriteTree = std::function<ObjectId(std::string_view bytes)>;

// The root of the tree `root` (nothing: the empty tree) with `files` added, all plain files. Gives every
// tree that is new to `write` once, those below before those above, and to `cache`. Trees without an
// added file are neither read nor written. A folder whose last file was removed goes too.
// Throws std::runtime_error naming the path: it is not a path, was added twice, is there already or, to be
// removed, is not there, or stands where something else needs a folder or a file.
ObjectId update_tree(TreeCache& cache, const std::optional<ObjectId>& root, std::vector<AddedFile> files,
                     const WriteTree& write);

}  // namespace stet
