#include "history_rewrite.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>

#include "tree_update.hpp"

namespace stet {
namespace {

struct OldCommit {
  ObjectId id;
  std::string bytes;
  CommitParts parts;
};

using Read = std::function<std::string(const ObjectId&)>;

OldCommit old_commit(const ObjectId& id, const Read& read) {
  std::string bytes = read(id);
  CommitParts parts = parse_commit(bytes);
  if (parts.parents.size() > 1) throw std::runtime_error("commit " + hex(id) + ": has two parents");
  return {id, std::move(bytes), std::move(parts)};
}

// Ids alone: a ledger may have more commits than fit into memory.
std::vector<ObjectId> oldest_first(const ObjectId& newest, const Read& read) {
  std::vector<ObjectId> ids{newest};
  for (;;) {
    const auto parents = old_commit(ids.back(), read).parts.parents;
    if (parents.empty()) break;
    ids.push_back(parents.front());
  }
  std::reverse(ids.begin(), ids.end());
  return ids;
}

// The commit's own text with another tree and parent, committed now.
std::string remade(const OldCommit& old, const ObjectId& tree, const std::optional<ObjectId>& parent,
                   const HistoryEdit& edit) {
  const std::string& text = old.parts.signature.empty() ? old.bytes : old.parts.signed_text;
  const size_t author = text.find("\nauthor "), end_of_author = text.find('\n', author + 1);
  const size_t message = text.find("\n\n");  // and the blank line before it
  if (author == text.npos || message == text.npos || author > message)
    throw std::runtime_error("commit " + hex(old.id) + ": names no author");
  std::string header = "tree " + hex(tree) + '\n';
  if (parent) header += "parent " + hex(*parent) + '\n';
  header += text.substr(author + 1, end_of_author - author);
  header += "committer stet <stet@localhost> " + std::to_string(edit.unix_time) + " +0000\n";
  return signed_commit(header, text.substr(message + 2) + '\n' + edit.note, edit.sign);
}

class Editor {
 public:
  Editor(PackWriter& pack, TreeCache& trees, const HistoryEdit& edit) : pack_(pack), trees_(trees) {
    for (const auto& path : edit.gone) {
      const size_t slash = path.rfind('/');
      folders_[path.substr(0, slash)].push_back(path);
    }
  }

  ObjectId without(const ObjectId& tree) {
    std::vector<AddedFile> removed;
    for (const auto& [folder, paths] : folders_) {
      const auto there = trees_.folder(tree, folder);
      for (const auto& path : paths)
        if (there && find_entry(*there, std::string_view(path).substr(folder.size() + 1)))
          removed.push_back({path, {}, false, true});
    }
    if (removed.empty()) return tree;
    return update_tree(trees_, tree, std::move(removed),
                       [&](std::string_view bytes) { return pack_.add(ObjectType::tree, bytes); });
  }

 private:
  PackWriter& pack_;
  TreeCache& trees_;
  std::map<std::string, std::vector<std::string>> folders_;
};

}  // namespace

EditedHistory edit_history(const Disk& disk, const std::filesystem::path& objects, TreeCache& trees,
                           const Head& newest, const std::function<std::string(const ObjectId&)>& read,
                           const HistoryEdit& edit) {
  PackWriter pack(disk, objects);
  Editor editor(pack, trees, edit);
  EditedHistory result{newest, 0};
  std::optional<ObjectId> parent;
  for (const auto& id : oldest_first(newest.commit, read)) {
    const auto old = old_commit(id, read);
    const ObjectId tree = editor.without(old.parts.tree);
    if (result.commits == 0 && tree == old.parts.tree) {
      parent = old.id;
      continue;
    }
    parent = pack.add(ObjectType::commit, remade(old, tree, parent, edit));
    result.head = {*parent, tree};
    ++result.commits;
  }
  pack.finish();
  return result;
}

}  // namespace stet
