// Walks over what a ledger's repository holds: the files of a tree, and what commits did to older ones.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bounded_cache.hpp"
#include "ledger.hpp"
#include "object_reader.hpp"
#include "raw_tree.hpp"

namespace stet {

// What could not be read in the place of a folder is visited with the folder's path.
using Visit = std::function<void(StoredFile)>;

// A folder of a ledger's tree, or the whole of it: then the path is "".
struct Folder {
  std::string path;
  ObjectId id;
};

// The entries of a tree. Views into `tree`. Throws std::runtime_error with one clause when the bytes are no
// tree that git would write: out of order, a name twice, or one that is none.
std::vector<RawEntry> entries_of(std::string_view tree);

// Visits every file below the folder in path order, damaged ones included.
void walk_files(ObjectReader& objects, const Folder& folder, const Visit& visit);

// Visits the files below the folder, but of folders for which `keep` is true only gives those back.
std::vector<Folder> walk_files(ObjectReader& objects, const Folder& folder, const Visit& visit,
                               const std::function<bool(const std::string& path)>& keep);

// Calls `added` with the path of every file under articles/ that the tree `after` has and `before` has not,
// in path order, until it returns false. Throws std::runtime_error when a tree cannot be read.
void each_added(ObjectReader& objects, const ObjectId& before, const ObjectId& after,
                const std::function<bool(const std::string& path)>& added);

// The file at a path of a tree; nothing when there is none. What cannot be read is told by `error`.
std::optional<StoredFile> file_at(ObjectReader& objects, const ObjectId& tree, const std::string& path);

struct LedgerCommit {
  ObjectId id;
  CommitParts parts;
};

// A branch, newest commit first: first parents. An older commit that cannot be read ends it, and is visited
// as "commit <id>".
std::vector<LedgerCommit> commits_of(ObjectReader& objects, const ObjectId& newest, const Visit& visit);

// Compares commits with the ones before them. One thread at a time; keeps the trees that it read lately.
class RewriteWalk {
 public:
  explicit RewriteWalk(ObjectReader& objects);

  // Visits whatever `commit` did to `before` other than adding files under articles/ and keys/, ending a key,
  // and putting the statement of a redaction in the place of a revision: the path that it changed or removed
  // (log/witnessed too), and trees that cannot be read. What both share is not looked at.
  void compare(const LedgerCommit& before, const LedgerCommit& commit, const Visit& visit);

 private:
  struct Text {
    std::shared_ptr<const std::string> bytes;
    size_t capacity() const { return bytes->capacity(); }
  };
  class Pair;

  ObjectReader& objects_;
  BoundedCache<ObjectId, Text, ObjectIdHash> trees_;
};

}  // namespace stet
