// The git repository that holds revisions and reports. Stores bytes and parses no report. The tree is written
// down in FORMATS.md; entry_path() gives an entry's place in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "article_id.hpp"
#include "disk.hpp"
#include "file_lock.hpp"
#include "git_object.hpp"

namespace stet {

// What one revision leaves in the ledger.
struct Entry {
  std::string article;                                       // id, see article_id()
  uint32_t revision = 0;                                     // from 1
  std::string document;                                      // bytes as received
  std::optional<std::string> text;                           // canonical text, when it differs from the bytes
  std::string report;                                        // canonical bytes
  std::string signatures;                                    // signatures_file()
  std::optional<ObjectId> document_id = {}, report_id = {};  // git's, where they are known
};

// What else changes in the tree together with a batch of revisions.
struct SideFiles {
  std::vector<std::pair<std::string, std::string>>
      written;                       // path and bytes; may take the place of older ones
  std::vector<std::string> removed;  // files or folders
};

// An entry of the tree: its path and, when it could not be read, why.
struct StoredFile {
  std::string path;
  std::string bytes;
  std::string error;  // one sentence; empty when the bytes are what the ledger recorded
  ObjectId id{};      // git's, of those bytes
};

// git's ids of what the tree has of a revision; nothing in the place of a file that is not there. In the
// place of the report of one that was redacted it is the statement of that, and there is no document.
struct StoredIds {
  std::optional<ObjectId> document, text, report;
  bool redacted = false;
};

// What append() throws when all is recorded and seen by every reader, but the last sync has failed: a power
// cut may lose it.
struct Unsynced : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct HistoryEdit;

// Every call looks at the newest commit of refs/heads/main as it is then. Reading needs no lock. One
// thread at a time may use a Ledger.
class Ledger {
 public:
  // A new bare repository. `files` (path -> bytes) make the first commit: ledger.json, keys/...
  // Throws if the folder exists and is not empty. Killed half-way, it leaves no ledger at `folder`.
  static Ledger create(const std::filesystem::path& folder,
                       const std::vector<std::pair<std::string, std::string>>& files, int64_t unix_time,
                       const SignCommit& sign = {});
  // Throws std::runtime_error with one sentence: no such folder, not a git repository, not a ledger,
  // a format this stet does not know. A damaged ledger opens, so that verify() can say what is damaged.
  // `before` is called before every step of append() that changes the disk.
  static Ledger open(const std::filesystem::path& folder, BeforeStep before = {});
  ~Ledger();
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;

  const std::filesystem::path& folder() const;

  // These seven throw std::runtime_error naming the path in the tree that is damaged.
  std::vector<std::string> articles() const;             // ids, sorted
  uint32_t revisions(const std::string& article) const;  // the newest one's number; 0 if unknown
  // Throws also when the revision is not there, naming article and revision, or was redacted, saying so.
  Entry read(const std::string& article, uint32_t revision) const;
  // Of the revisions 1, 2, ... of an article; none of them is read.
  std::vector<StoredIds> stored_ids(const std::string& article) const;
  // One of those, which stands at this path.
  std::string stored(const ObjectId& id, const std::string& path) const;
  // A file of the tree by path, such as "ledger.json"; nullopt if absent.
  std::optional<std::string> file(const std::string& path) const;

  // What stands in a folder of the tree, by name; nothing where there is no such folder.
  std::vector<std::string> names(const std::string& folder) const;

  // One commit for all of `entries`, and `side` with them, under the ledger's lock. `sign` makes the commit's
  // signature, see git_object.hpp. Each entry must be the next revision of its article. Objects, folders and
  // reference are synced before it returns; on any error (std::runtime_error) but Unsynced the ledger is as
  // it was.
  void append(const std::vector<Entry>& entries, const std::string& message, int64_t unix_time,
              const SideFiles& side = {}, const SignCommit& sign = {});

  // Takes files out of all commits, under the ledger's lock, and gives how many commits were made anew, see
  // history_rewrite.hpp. Their old objects stay until the repository is tidied up. Throws as append() does.
  size_t edit_history(const HistoryEdit& edit);

  // Holds the ledger's lock (flock on its file stet.lock) until the guard goes; throws when another process
  // holds it for too long. append() needs it held by the caller, so that read-then-append is one step. Taken
  // twice through one Ledger, it is the same lock.
  std::shared_ptr<void> lock(const LockWait& wait = {}) const;

  // Where the repository keeps its objects, and the newest commit: for ledger_walk.hpp. Throws
  // std::runtime_error naming the branch.
  std::filesystem::path objects() const;
  ObjectId newest_commit() const;
  // Of the newest commit, in seconds since 1970. Throws as articles().
  int64_t newest_time() const;

 private:
  struct Impl;
  explicit Ledger(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace stet
