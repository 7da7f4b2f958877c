#include "ledger_walk.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "keyring.hpp"
#include "ledger_folders.hpp"
#include "raw_tree.hpp"
#include "witness_policy.hpp"

namespace stet {
namespace {

std::string joined(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder).append("/").append(name);
}

std::string shown(const std::string& path) {
  return path.empty() ? "/" : path;
}

// A tree, or why there is none.
struct Tree {
  ObjectReader::Bytes bytes;
  std::vector<RawEntry> entries = {};  // views into them
  std::string error = {};

  const RawEntry* find(std::string_view name) const {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](auto& e) { return e.name == name; });
    return found == entries.end() ? nullptr : &*found;
  }
};

Tree tree_of(ObjectReader::Bytes bytes) {
  Tree tree{std::move(bytes)};
  tree.entries = entries_of(*tree.bytes);
  return tree;
}

Tree read_tree(ObjectReader& objects, const ObjectId& id) try {
  return tree_of(objects.read(id, ObjectType::tree));
} catch (const std::runtime_error& e) {
  return {nullptr, {}, e.what()};
}

// Whether a commit took this file of a revision away and put the statement of its redaction there.
bool was_redacted(std::string_view name, const Tree& before, const Tree& after) {
  const size_t dot = std::min(name.find('.'), name.size());
  const auto suffix = name.substr(dot);
  const auto statement = std::string(name.substr(0, dot)).append(".redacted");
  if (!suffix.empty() && suffix != ".text" && suffix != ".report" && suffix != ".sig") return false;
  return !before.find(statement) && after.find(statement) && after.find(statement + ".sig");
}

// What says who counts: few files, and small.
bool is_description_or_key(std::string_view path) {
  return path == "ledger.json" || path.starts_with("keys/");
}

class Walk {
 public:
  Walk(ObjectReader& objects, std::span<const LedgerCommit> commits, const WalkVisits& visits)
      : objects_(objects), commits_(commits), visits_(visits) {}

  void folder(const Folder& folder) {
    Changed changed;
    Tree tree;
    for (const auto& version : folder.versions) {
      Tree next = tree_at(folder.path, version.id);
      if (!version.follows && folder.path.empty() && next.bytes) brought_first(next, version.commit);
      if (version.follows) step(folder.path, tree, next, version.commit, changed);
      tree = std::move(next);
    }
    if (folder.is_there) newest(folder.path, tree, changed);
    for (auto& [name, versions] : changed)
      this->folder({joined(folder.path, name), std::move(versions), false});
  }

  std::vector<Folder> kept;

 private:
  // Folders inside the one at hand that were changed and are not walked over yet, by name.
  using Changed = std::map<std::string, std::vector<Folder::Version>, std::less<>>;

  void say(size_t commit, const std::string& path, const std::string& what) const {
    if (visits_.rewrite) visits_.rewrite({commit, path, what});
  }
  std::string by(size_t commit) const { return " by commit " + hex(commits_[commit].id); }

  void brought(size_t commit, const RawEntry& entry, const std::string& path) const {
    if (visits_.brought && !entry.is_folder()) visits_.brought(commit, file(entry, path));
  }

  // A tree or blob outside articles/, of which there are few: read once, whichever versions share it.
  ObjectReader::Bytes read_once(const ObjectId& id, ObjectType type) const {
    auto& bytes = few_[id];
    if (!bytes) bytes = objects_.read(id, type);
    return bytes;
  }

  void brought_first(const Tree& root, size_t commit) {
    if (const auto* about = root.find("ledger.json")) brought(commit, *about, "ledger.json");
    const auto* keys = root.find("keys");
    if (!keys || !keys->is_folder() || !visits_.brought) return;
    const Tree tree = tree_at("keys", keys->id);
    for (const auto& entry : tree.entries) brought(commit, entry, joined("keys", entry.name));
  }

  Tree tree_at(const std::string& path, const ObjectId& id) const try {
    return path == "keys" ? tree_of(read_once(id, ObjectType::tree)) : read_tree(objects_, id);
  } catch (const std::runtime_error& e) {
    return {nullptr, {}, e.what()};
  }

  void step(const std::string& path, const Tree& before, const Tree& after, size_t commit, Changed& changed) {
    for (const auto* tree : {&before, &after})
      if (!tree->bytes) say(commit, shown(path), tree->error);
    if (!before.bytes || !after.bytes) return;
    if (path.empty())
      roots(before, after, commit, changed);
    else
      folders(path, before, after, commit, changed);
  }

  void roots(const Tree& before, const Tree& after, size_t commit, Changed& changed) {
    for (const char* name : {"articles", "keys", "ledger.json"})
      if (const auto* entry = before.find(name)) compare(*entry, after.find(name), name, commit, changed);
    if (is_witnessed(before, commit) && !is_witnessed(after, commit))
      say(commit, "log/witnessed", "was removed" + by(commit));
  }

  bool is_witnessed(const Tree& root, size_t commit) {
    const auto* entry = root.find("log");
    if (!entry || !entry->is_folder()) return false;
    if (log_id_ != entry->id) log_ = read_tree(objects_, entry->id);
    log_id_ = entry->id;
    if (!log_.bytes) say(commit, "log", log_.error);
    return log_.find("witnessed") != nullptr;
  }

  // Both are in order, so that an entry of the newer one is passed once.
  void folders(const std::string& path, const Tree& before, const Tree& after, size_t commit,
               Changed& changed) {
    if (path == "keys")
      for (const auto& entry : after.entries)
        if (!before.find(entry.name)) brought(commit, entry, joined(path, entry.name));
    auto at = after.entries.begin();
    for (const auto& entry : before.entries) {
      at = std::find_if(at, after.entries.end(), [&](auto& e) { return !stands_before(e, entry); });
      const bool same_name = at != after.entries.end() && at->name == entry.name;
      if (same_name && at->id == entry.id && at->mode == entry.mode) continue;
      if (!same_name && was_redacted(entry.name, before, after)) continue;
      compare(entry, same_name ? &*at : after.find(entry.name), joined(path, entry.name), commit, changed);
    }
  }

  void compare(const RawEntry& before, const RawEntry* now, const std::string& path, size_t commit,
               Changed& changed) {
    if (!now) return say(commit, path, "was removed" + by(commit));
    if (before.id == now->id && before.mode == now->mode) return;
    if (before.is_folder() && now->is_folder()) {
      for (const auto& id : {before.id, now->id})
        if (const auto fault = folders_.fault(path, id)) return say(commit, path, *fault);
      auto& versions = changed[std::string(before.name)];
      if (versions.empty() || versions.back().id != before.id) versions.push_back({before.id});
      versions.push_back({now->id, commit, true});
    } else {
      if (is_description_or_key(path)) brought(commit, *now, path);
      if (const auto fault = change_fault(before, *now, path))
        say(commit, path, "was changed" + by(commit) + (fault->empty() ? "" : ", which " + *fault));
    }
  }

  // Nothing where a commit may change the file so.
  std::optional<std::string> change_fault(const RawEntry& before, const RawEntry& now,
                                          const std::string& path) const {
    if (!is_description_or_key(path)) return "";
    if (before.mode != file_mode || now.mode != file_mode) return "";
    try {
      const auto old = read_once(before.id, ObjectType::blob), next = read_once(now.id, ObjectType::blob);
      return path == "ledger.json" ? description_change_fault(*old, *next)
                                   : key_change_fault(path, *old, *next);
    } catch (const std::runtime_error& e) {
      return e.what();
    }
  }

  void newest(const std::string& path, const Tree& tree, Changed& changed) {
    if (!tree.bytes) return visits_.file({shown(path), "", tree.error});
    for (const auto& entry : tree.entries) {
      if (!entry.is_folder()) {
        visits_.file(file(entry, joined(path, entry.name)));
        continue;
      }
      Folder inside{joined(path, entry.name), {}};
      if (auto fault = folders_.fault(inside.path, entry.id)) {
        visits_.file({inside.path, "", *fault});
        continue;
      }
      if (auto past = changed.extract(std::string(entry.name))) inside.versions = std::move(past.mapped());
      if (inside.versions.empty() || inside.versions.back().id != entry.id)
        inside.versions.push_back({entry.id});
      if (visits_.keep && visits_.keep(inside.path))
        kept.push_back(std::move(inside));
      else
        folder(inside);
    }
  }

  StoredFile file(const RawEntry& entry, const std::string& path) const try {
    if (entry.mode != file_mode) return {path, "", "is neither a plain file nor a folder"};
    const auto bytes = is_description_or_key(path) ? read_once(entry.id, ObjectType::blob)
                                                   : objects_.read(entry.id, ObjectType::blob);
    return {path, *bytes, "", entry.id};
  } catch (const std::runtime_error& e) {
    return {path, "", e.what()};
  }

  ObjectReader& objects_;
  const std::span<const LedgerCommit> commits_;
  const WalkVisits& visits_;
  LedgerFolders folders_;
  mutable std::map<ObjectId, ObjectReader::Bytes> few_;
  std::optional<ObjectId> log_id_;  // of the log's folder that was looked at last
  Tree log_;
};

}  // namespace

Folder whole_tree(std::span<const LedgerCommit> commits) {
  Folder whole;
  for (size_t i = commits.size(); i-- > 0;) {
    const auto& tree = commits[i].parts.tree;
    if (whole.versions.empty() || whole.versions.back().id != tree)
      whole.versions.push_back({tree, i, !whole.versions.empty()});
  }
  return whole;
}

std::vector<Folder> walk(ObjectReader& objects, std::span<const LedgerCommit> commits, const Folder& folder,
                         const WalkVisits& visits) {
  Walk walk(objects, commits, visits);
  walk.folder(folder);
  return std::move(walk.kept);
}

std::vector<LedgerCommit> commits_of(ObjectReader& objects, const ObjectId& newest,
                                     const std::function<void(StoredFile)>& visit) {
  std::vector<LedgerCommit> commits;
  ObjectId next = newest;
  try {
    for (;;) {
      commits.push_back({next, parse_commit(*objects.read(next, ObjectType::commit))});
      if (commits.back().parts.parents.empty()) break;
      next = commits.back().parts.parents.front();
    }
  } catch (const std::runtime_error& e) {
    visit({"commit " + hex(next), "", e.what()});
  }
  return commits;
}

}  // namespace stet
