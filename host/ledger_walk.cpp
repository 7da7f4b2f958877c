#include "ledger_walk.hpp"

#include "git.hpp"

namespace stet {
namespace {

std::string joined(const std::string& folder, const char* name) {
  return folder.empty() ? std::string(name) : folder + '/' + name;
}

class Files {
 public:
  Files(git_repository* repository, const Visit& visit) : repository_(repository), visit_(visit) {}

  void folder(const git::Tree& tree, const std::string& path) const {
    for (size_t i = 0; i < git_tree_entrycount(tree.get()); ++i) {
      const auto* child = git_tree_entry_byindex(tree.get(), i);
      visit(git::entry(child), joined(path, git_tree_entry_name(child)));
    }
  }

 private:
  void visit(const git::TreeEntry& entry, const std::string& path) const {
    if (entry.mode == GIT_FILEMODE_TREE) {
      if (const auto tree = whole_tree(entry.id, path)) folder(tree, path);
    } else {
      visit_(file(entry, path));
    }
  }

  git::Tree whole_tree(const git_oid& id, const std::string& path) const try {
    return git::tree_at(repository_, id, path);
  } catch (const git::Damaged& damage) {
    visit_({damage.path, "", damage.reason});
    return nullptr;
  }

  StoredFile file(const git::TreeEntry& entry, const std::string& path) const try {
    if (entry.mode != GIT_FILEMODE_BLOB) return {path, "", "is neither a plain file nor a folder"};
    return {path, git::blob_at(repository_, entry.id, path), ""};
  } catch (const git::Damaged& damage) {
    return {damage.path, "", damage.reason};
  }

  git_repository* repository_;
  const Visit& visit_;
};

// What a commit did to the files that were there before it.
class Rewrites {
 public:
  Rewrites(git_repository* repository, const git_oid& commit, const Visit& visit)
      : repository_(repository), commit_(git_oid_tostr_s(&commit)), visit_(visit) {}

  void compare(const git::TreeEntry& before, const git_tree_entry* after, const std::string& path) const {
    if (!after) return visit_({path, "", "was removed by commit " + commit_});
    const git::TreeEntry now = git::entry(after);
    if (git_oid_equal(&before.id, &now.id) && before.mode == now.mode) return;
    if (before.mode == GIT_FILEMODE_TREE && now.mode == GIT_FILEMODE_TREE)
      folder(git::tree_at(repository_, before.id, path), git::tree_at(repository_, now.id, path), path);
    else
      visit_({path, "", "was changed by commit " + commit_});
  }

 private:
  void folder(const git::Tree& before, const git::Tree& after, const std::string& path) const {
    for (size_t i = 0; i < git_tree_entrycount(before.get()); ++i) {
      const auto* child = git_tree_entry_byindex(before.get(), i);
      const char* name = git_tree_entry_name(child);
      compare(git::entry(child), git_tree_entry_byname(after.get(), name), joined(path, name));
    }
  }

  git_repository* repository_;
  std::string commit_;
  const Visit& visit_;
};

void compare_articles(git_repository* repository, const git_oid& commit, const git_oid& parent,
                      const Visit& visit) {
  const auto before = git::tree_of(repository, parent), after = git::tree_of(repository, commit);
  if (const auto* articles = git_tree_entry_byname(before.get(), "articles"))
    Rewrites(repository, commit, visit)
        .compare(git::entry(articles), git_tree_entry_byname(after.get(), "articles"), "articles");
}

}  // namespace

void walk_files(git_repository* repository, const Visit& visit) try {
  const auto tree = git::tree_of(repository, git::newest_commit(repository));
  Files(repository, visit).folder(tree, "");
} catch (const git::Damaged& damage) {
  visit({damage.path, "", damage.reason});
}

void walk_rewrites(git_repository* repository, const Visit& visit) {
  try {
    git_oid id = git::newest_commit(repository);
    for (;;) {
      const auto commit = git::commit_at(repository, id);
      if (git_commit_parentcount(commit.get()) == 0) return;
      const git_oid parent = *git_commit_parent_id(commit.get(), 0);
      try {
        compare_articles(repository, id, parent, visit);
      } catch (const git::Damaged& damage) {
        visit({damage.path, "", damage.reason});
      }
      id = parent;
    }
  } catch (const git::Damaged& damage) {
    visit({damage.path, "", damage.reason});
  }
}

}  // namespace stet
