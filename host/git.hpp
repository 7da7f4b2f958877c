// libgit2 with owned objects and errors as sentences. Included by import_git.cpp alone: a ledger needs none
// of it.
#pragma once

#include <git2.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "free_with.hpp"
#include "git_object.hpp"

namespace stet::git {

using Repository = std::unique_ptr<git_repository, FreeWith<git_repository_free>>;
using Tree = std::unique_ptr<git_tree, FreeWith<git_tree_free>>;
using Commit = std::unique_ptr<git_commit, FreeWith<git_commit_free>>;

// libgit2 counts how often it was started; one of these lives as long as each user of it. From the
// first on, the configuration of the machine and of the user has no say, every object's hash is checked
// when it is read, and what is written is synced. Who owns a repository does not matter either: libgit2
// runs no program that one names.
struct Library {
  Library();
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

// An object that is lost or not what its id says. what() is "path: reason".
struct Damaged : std::runtime_error {
  Damaged(const std::string& path, const std::string& reason)
      : std::runtime_error(path + ": " + reason), path(path), reason(reason) {}
  std::string path, reason;
};

// Why the last call failed.
std::string reason();
// Throws std::runtime_error("what: reason") if `status` says that the last call failed.
void require(int status, const std::string& what);

// These throw Damaged, naming `path`.
Tree tree_at(git_repository* repository, const git_oid& id, const std::string& path);
Commit commit_at(git_repository* repository, const git_oid& id);  // the path is "commit <id>"
std::string blob_at(git_repository* repository, const git_oid& id, const std::string& path);
// The repository in `folder` itself, not above it: what opens it in every other function here. Throws
// std::runtime_error naming the folder: not a repository, one that borrows another's objects.
Repository open(const std::filesystem::path& folder);

struct TreeEntry {
  git_oid id;
  git_filemode_t mode;
};
TreeEntry entry(const git_tree_entry* entry);

}  // namespace stet::git
