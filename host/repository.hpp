// Where a git repository keeps its things, and what its references name. Needs no libgit2, which reads all
// certificates of the machine when it is started, and takes longer for that than recording an article.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "git_object.hpp"

namespace stet {

class Repository {
 public:
  static constexpr const char* branch = "refs/heads/main";

  // The repository in `folder` itself, bare or with a work tree, and not one above it. Throws
  // std::runtime_error naming the folder: not a repository, one that borrows another's objects.
  explicit Repository(const std::filesystem::path& folder);
  // A new bare one. The folder must not be there. Nothing is synced.
  static void make(const std::filesystem::path& folder);

  // Of the repository itself, and what it shares with other work trees: objects and references.
  const std::filesystem::path& own_folder() const { return own_; }
  const std::filesystem::path& common_folder() const { return common_; }
  std::filesystem::path objects() const { return common_ / "objects"; }
  std::filesystem::path branch_file() const { return common_ / branch; }

  // What a reference ("refs/heads/main") names, loose or packed; nothing when there is none. Throws
  // std::runtime_error naming the file when what is there is no object's id; a reference to another reference
  // is followed.
  std::optional<ObjectId> reference(const std::string& name) const;
  // All of them below refs/, and HEAD.
  std::map<std::string, ObjectId> references() const;

  // That of the branch. Throws std::runtime_error naming the branch when it is damaged.
  std::optional<ObjectId> newest_commit() const;

 private:
  std::optional<ObjectId> followed(const std::string& name, int way) const;

  std::filesystem::path own_, common_;
};

}  // namespace stet
