// Files of a ledger's trees looked up by their paths, each tree read once. For whoever needs few of them; all
// are for ledger_walk.hpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger.hpp"
#include "ledger_folders.hpp"
#include "object_reader.hpp"
#include "tree_cache.hpp"

namespace stet {

class TreeLookup {
 public:
  // Borrows it.
  explicit TreeLookup(ObjectReader& objects);

  // The file at a path of a tree; nothing when there is none. What cannot be read, or is a
  // link or a folder, is told by `error`.
  std::optional<StoredFile> file(const ObjectId& tree, const std::string& path);

  // Whether something stands at the top of the tree under this name. Throws as each_added().
  bool holds(const ObjectId& tree, std::string_view name);

  // The files in a folder at the top of the tree `after` that `before` has not, or has otherwise, by path.
  // Throws as each_added().
  std::vector<std::string> changed(const ObjectId& before, const ObjectId& after, const std::string& folder);

  using Added = std::function<bool(const std::string& path)>;
  // Calls `added` with the path of every file under articles/ that the tree `after` has and `before` has not,
  // in path order, until it returns false. Throws std::runtime_error when a tree cannot be read, and naming a
  // folder that no ledger has.
  void each_added(const ObjectId& before, const ObjectId& after, const Added& added);

 private:
  StoredFile stored(const RawEntry& entry, const std::string& path);
  bool each_added_in(const std::optional<RawEntry>& before, const RawEntry& after, const std::string& path,
                     LedgerFolders& folders, const Added& added);

  ObjectReader& objects_;
  TreeCache trees_;
};

}  // namespace stet
