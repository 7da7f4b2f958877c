// Walks over what a ledger's repository holds: the files of a tree, and what commits did to older ones.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger.hpp"
#include "object_reader.hpp"

namespace stet {

struct LedgerCommit {
  ObjectId id;
  CommitParts parts;
};

// A branch, newest commit first: first parents. An older commit that cannot be read ends it, and is visited
// as "commit <id>".
std::vector<LedgerCommit> commits_of(ObjectReader& objects, const ObjectId& newest,
                                     const std::function<void(StoredFile)>& visit);

// What stands in one place of a ledger's tree, and what commits made of it: the trees that followed each
// other there. Whoever walks over both reads each of them once.
struct Folder {
  struct Version {
    ObjectId id{};
    size_t commit = 0;     // that brought it, as a number in the list of commits
    bool follows = false;  // took the place of the version before it; if not, nobody knows what was there
  };
  std::string path;               // "" is the whole tree
  std::vector<Version> versions;  // oldest first
  bool is_there = true;           // the last one is in the newest commit's tree
};

// The whole of it, as those commits (newest first) left it.
Folder whole_tree(std::span<const LedgerCommit> commits);

// Whatever a commit did other than adding files under articles/ and keys/, ending a key, changing the
// witnesses in ledger.json, and putting the statement of a redaction in the place of a revision: the path
// that it changed or removed (log/witnessed too), or a tree of its or its parent's that cannot be read.
struct Rewrite {
  size_t commit = 0;  // its number
  std::string path, what;
};

struct WalkVisits {
  // Of every file that the newest commit has below the folder, in path order, damaged ones included. What
  // could not be read in the place of a folder comes with the folder's path, and so does a folder that no
  // ledger has, which is not gone into.
  std::function<void(StoredFile)> file;
  std::function<void(Rewrite)> rewrite = {};  // what two commits share is not looked at
  // Of keys and ledger.json every version, with the number of the commit that brought it: those of one path
  // in the order of the commits. Of the whole tree alone.
  std::function<void(size_t commit, StoredFile)> brought = {};
  // Folders of the newest commit for which it is true are left out, and given back to be walked later.
  std::function<bool(const std::string& path)> keep = {};
};

// `commits` are those that the folder's versions number.
std::vector<Folder> walk(ObjectReader& objects, std::span<const LedgerCommit> commits, const Folder& folder,
                         const WalkVisits& visits);

}  // namespace stet
