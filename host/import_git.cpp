#include "import_git.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <stdexcept>
#include <vector>

#include "git.hpp"
#include "import_files.hpp"
#include "timestamp.hpp"

namespace stet {
namespace {

using Walk = std::unique_ptr<git_revwalk, FreeWith<git_revwalk_free>>;

std::string joined(const std::string& folder, const char* name) {
  return folder.empty() ? std::string(name) : folder + '/' + name;
}

// "news" of "./news/", "" of ".".
std::string path_in_repository(const std::string& asked) {
  auto path = std::filesystem::path(asked).relative_path().lexically_normal().string();
  while (path.ends_with('/')) path.pop_back();
  if (path == ".." || path.starts_with("../"))
    throw std::runtime_error(asked + ": is outside the repository");
  return path == "." ? "" : path;
}

// Commits from the first to HEAD, along first parents.
std::deque<git_oid> commits_of(git_repository* repository, const std::string& folder) {
  git_revwalk* walk = nullptr;
  git::require(git_revwalk_new(&walk, repository), folder);
  const Walk owned(walk);
  git::require(git_revwalk_push_head(walk), folder + ": HEAD");
  git::require(git_revwalk_simplify_first_parent(walk), folder);
  std::deque<git_oid> commits;
  int status = 0;
  for (git_oid id; (status = git_revwalk_next(&id, walk)) == 0;) commits.push_front(id);
  if (status != GIT_ITEROVER) git::require(status, folder);
  return commits;
}

class History : public ImportSource {
 public:
  History(const std::filesystem::path& folder, const std::string& path)
      : folder_(folder.string()), path_(path_in_repository(path)), repository_(git::open(folder)) {
    if (git_repository_is_shallow(repository_.get()) == 1)
      throw std::runtime_error(
          folder_ + ": is a shallow clone, without the commits before (see: git fetch --unshallow)");
    commits_ = commits_of(repository_.get(), folder_);
    total_ = commits_.size();
  }

  std::optional<Incoming> next(const Fault& fault) override {
    while (changed_.empty()) {
      if (commits_.empty()) return end();
      read_commit(commits_.front(), fault);
      commits_.pop_front();
    }
    Incoming first = std::move(changed_.front());
    changed_.pop_front();
    return first;
  }

  Progress progress() const override { return {total_ - commits_.size(), total_}; }

 private:
  std::nullopt_t end() const {
    if (!any_)
      throw std::runtime_error(folder_ + ": no commit has an article file at " +
                               (path_.empty() ? "all" : path_));
    return std::nullopt;
  }

  void read_commit(const git_oid& id, const Fault& fault) {
    const std::string called = "commit " + std::string(git_oid_tostr_s(&id), 12);
    try {
      const auto commit = git::commit_at(repository_.get(), id);
      time_ = std::max<int64_t>(time_, git_commit_time(commit.get()));
      root_ = *git_commit_tree_id(commit.get());
      const auto after = standing(path_);
      if (after && !(before_ && git_oid_equal(&before_->id, &after->id)))
        compare(before_, *after, path_, called, fault);
      before_ = after;
    } catch (const std::runtime_error& e) {
      fault(folder_ + ": " + called, e.what());
    }
  }

  // What is at a path in the commit at hand.
  std::optional<git::TreeEntry> standing(const std::string& path) const {
    if (path.empty()) return git::TreeEntry{root_, GIT_FILEMODE_TREE};
    const auto tree = git::tree_at(repository_.get(), root_, "/");
    git_tree_entry* found = nullptr;
    const int status = git_tree_entry_bypath(&found, tree.get(), path.c_str());
    if (status == GIT_ENOTFOUND) return std::nullopt;
    git::require(status, path);
    const std::unique_ptr<git_tree_entry, FreeWith<git_tree_entry_free>> owned(found);
    return git::entry(found);
  }

  void compare(const std::optional<git::TreeEntry>& before, const git::TreeEntry& after,
               const std::string& path, const std::string& commit, const Fault& fault) {
    if (after.mode == GIT_FILEMODE_TREE) {
      const bool was_folder = before && before->mode == GIT_FILEMODE_TREE;
      return compare_folders(was_folder ? &before->id : nullptr, after.id, path, commit, fault);
    }
    if (after.mode != GIT_FILEMODE_BLOB && after.mode != GIT_FILEMODE_BLOB_EXECUTABLE) return;
    if (!is_article_file(path)) return;
    try {
      take(path, git::blob_at(repository_.get(), after.id, path), commit, fault);
    } catch (const std::runtime_error& e) {
      fault(folder_ + ": " + commit, e.what());
    }
  }

  void compare_folders(const git_oid* before, const git_oid& after, const std::string& path,
                       const std::string& commit, const Fault& fault) {
    const auto now = git::tree_at(repository_.get(), after, path);
    const auto then = before ? git::tree_at(repository_.get(), *before, path) : git::Tree();
    for (size_t i = 0; i < git_tree_entrycount(now.get()); ++i) {
      const auto* child = git_tree_entry_byindex(now.get(), i);
      const auto* older = then ? git_tree_entry_byname(then.get(), git_tree_entry_name(child)) : nullptr;
      if (older && git_oid_equal(git_tree_entry_id(older), git_tree_entry_id(child))) continue;
      compare(older ? std::optional(git::entry(older)) : std::nullopt, git::entry(child),
              joined(path, git_tree_entry_name(child)), commit, fault);
    }
  }

  void take(const std::string& path, std::string bytes, const std::string& commit, const Fault& fault) {
    // Below the path that was asked for, as for a folder.
    const size_t end_of_folder = path == path_   ? path.rfind('/')
                                 : path_.empty() ? std::string::npos
                                                 : path_.size();
    const std::string name = path.substr(end_of_folder + 1);
    Incoming in = incoming_file(name, std::move(bytes), time_);
    in.where = folder_ + ": " + commit + ": " + path;
    any_ = true;
    // A file that was moved, or made another format, goes on with its article.
    if (const auto* file = articles_.file_of(in.article); file && *file != path && !standing(*file))
      articles_.forget(in.article);
    if (const auto why = articles_.why_not_its_own(path, in); !why.empty()) return fault(in.where, why);
    changed_.push_back(std::move(in));
  }

  git::Library library_;
  std::string folder_, path_;
  git::Repository repository_;
  std::deque<git_oid> commits_;  // still to be read
  uint64_t total_ = 0;
  int64_t time_ = 0;                      // of the commit at hand
  git_oid root_{};                        // its tree
  std::optional<git::TreeEntry> before_;  // what was at the path in the commit before
  std::deque<Incoming> changed_;
  ArticleFiles articles_;
  bool any_ = false;
};

}  // namespace

std::unique_ptr<ImportSource> git_source(const std::filesystem::path& repository, const std::string& path) {
  return std::make_unique<History>(repository, path);
}

}  // namespace stet
