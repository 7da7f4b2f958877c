#include "ledger_walk.hpp"

#include <algorithm>
#include <stdexcept>

#include "keyring.hpp"

namespace stet {
namespace {

constexpr size_t tree_cache_bytes = 16u << 20;

std::string joined(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder).append("/").append(name);
}

std::string shown(const std::string& path) {
  return path.empty() ? "/" : path;
}

bool is_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == name.npos;
}

class Files {
 public:
  using Keep = std::function<bool(const std::string&)>;

  Files(ObjectReader& objects, const Visit& visit, const Keep& keep)
      : objects_(objects), visit_(visit), keep_(keep) {}

  void folder(const ObjectId& id, const std::string& path) {
    const auto tree = read(id, path);
    if (!tree) return;
    for (auto rest = std::string_view(*tree); !rest.empty();) {
      const auto entry = take_entry(rest);
      child(entry, joined(path, entry.name));
    }
  }

  std::vector<Folder> kept;

 private:
  void child(const RawEntry& entry, std::string path) {
    if (!entry.is_folder()) return visit_(file(entry, path));
    if (keep_ && keep_(path)) return kept.push_back({std::move(path), entry.id});
    folder(entry.id, path);
  }

  // Null after saying why.
  ObjectReader::Bytes read(const ObjectId& id, const std::string& path) try {
    auto tree = objects_.read(id, ObjectType::tree);
    entries_of(*tree);
    return tree;
  } catch (const std::runtime_error& e) {
    visit_({shown(path), "", e.what()});
    return nullptr;
  }

  StoredFile file(const RawEntry& entry, const std::string& path) try {
    if (entry.mode != file_mode) return {path, "", "is neither a plain file nor a folder"};
    return {path, *objects_.read(entry.id, ObjectType::blob), ""};
  } catch (const std::runtime_error& e) {
    return {path, "", e.what()};
  }

  ObjectReader& objects_;
  const Visit& visit_;
  const Keep& keep_;
};

}  // namespace

std::vector<RawEntry> entries_of(std::string_view tree) {
  std::vector<RawEntry> entries;
  while (!tree.empty()) {
    entries.push_back(take_entry(tree));
    const auto& entry = entries.back();
    if (!is_name(entry.name)) throw std::runtime_error("is a folder with an entry whose name is none");
    if (entries.size() > 1 && !stands_before(entries[entries.size() - 2], entry))
      throw std::runtime_error("is a folder whose entries are out of order");
  }
  return entries;
}

void walk_files(ObjectReader& objects, const Folder& folder, const Visit& visit) {
  walk_files(objects, folder, visit, {});
}

std::vector<Folder> walk_files(ObjectReader& objects, const Folder& folder, const Visit& visit,
                               const std::function<bool(const std::string&)>& keep) {
  Files files(objects, visit, keep);
  files.folder(folder.id, folder.path);
  return std::move(files.kept);
}

namespace {

class Added {
 public:
  Added(ObjectReader& objects, const std::function<bool(const std::string&)>& added)
      : objects_(objects), added_(added) {}

  // False when enough was found.
  bool folder(const std::optional<RawEntry>& before, const RawEntry& after, const std::string& path) {
    if (before && before->id == after.id) return true;
    const bool was_folder = before && before->is_folder();
    const auto old = was_folder ? objects_.read(before->id, ObjectType::tree) : nullptr;
    const auto now = objects_.read(after.id, ObjectType::tree);
    for (const auto& entry : entries_of(*now)) {
      const auto known = old ? find_entry(*old, entry.name) : std::nullopt;
      const auto child = joined(path, entry.name);
      if (entry.is_folder() ? !folder(known, entry, child) : !known && !added_(child)) return false;
    }
    return true;
  }

 private:
  ObjectReader& objects_;
  const std::function<bool(const std::string&)>& added_;
};

}  // namespace

void each_added(ObjectReader& objects, const ObjectId& before, const ObjectId& after,
                const std::function<bool(const std::string&)>& added) {
  const auto old = objects.read(before, ObjectType::tree), now = objects.read(after, ObjectType::tree);
  const auto articles = find_entry(*now, "articles");
  if (articles && articles->is_folder())
    Added(objects, added).folder(find_entry(*old, "articles"), *articles, "articles");
}

std::optional<StoredFile> file_at(ObjectReader& objects, const ObjectId& tree, const std::string& path) try {
  auto folder = objects.read(tree, ObjectType::tree);
  for (size_t begin = 0;;) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const auto entry = find_entry(*folder, std::string_view(path).substr(begin, end - begin));
    if (!entry) return std::nullopt;
    if (end == path.size()) return StoredFile{path, *objects.read(entry->id, ObjectType::blob), ""};
    if (!entry->is_folder()) return std::nullopt;
    folder = objects.read(entry->id, ObjectType::tree);
    begin = end + 1;
  }
} catch (const std::runtime_error& e) {
  return StoredFile{path, "", e.what()};
}

std::vector<LedgerCommit> commits_of(ObjectReader& objects, const ObjectId& newest, const Visit& visit) {
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

// What one commit did to the files that were there before it.
class RewriteWalk::Pair {
 public:
  Pair(RewriteWalk& walk, const ObjectId& commit, const Visit& visit)
      : walk_(walk), commit_(hex(commit)), visit_(visit) {}

  void roots(const ObjectId& before, const ObjectId& after) {
    if (before == after) return;
    const auto old = tree(before, ""), now = tree(after, "");
    if (!old || !now) return;
    for (const char* folder : {"articles", "keys"})
      if (const auto entry = find_entry(*old, folder)) compare(*entry, find_entry(*now, folder), folder);
    if (stands_at(*old, "log", "witnessed") && !stands_at(*now, "log", "witnessed"))
      say("log/witnessed", "was removed by commit " + commit_);
  }

 private:
  using Bytes = std::shared_ptr<const std::string>;

  void compare(const RawEntry& before, const std::optional<RawEntry>& now, const std::string& path) {
    if (!now) return say(path, "was removed by commit " + commit_);
    if (before.id == now->id && before.mode == now->mode) return;
    if (before.is_folder() && now->is_folder())
      folders(before.id, now->id, path);
    else if (const auto fault = change_fault(before, *now, path))
      say(path, "was changed by commit " + commit_ + (fault->empty() ? "" : ", which " + *fault));
  }

  bool stands_at(std::string_view root, const std::string& folder, std::string_view name) {
    const auto entry = find_entry(root, folder);
    const auto inside = entry && entry->is_folder() ? tree(entry->id, folder) : nullptr;
    return inside && find_entry(*inside, name);
  }

  // Nothing where a commit may change the file so.
  std::optional<std::string> change_fault(const RawEntry& before, const RawEntry& now,
                                          const std::string& path) const {
    if (!path.starts_with("keys/") || before.mode != file_mode || now.mode != file_mode) return "";
    try {
      return key_change_fault(path, *walk_.objects_.read(before.id, ObjectType::blob),
                              *walk_.objects_.read(now.id, ObjectType::blob));
    } catch (const std::runtime_error& e) {
      return e.what();
    }
  }

  // Whether a commit took this file of a revision away and put the statement of its redaction there.
  static bool was_redacted(std::string_view name, std::string_view before, std::string_view after) {
    const size_t dot = std::min(name.find('.'), name.size());
    const auto suffix = name.substr(dot);
    const auto statement = std::string(name.substr(0, dot)).append(".redacted");
    if (suffix != "" && suffix != ".text" && suffix != ".report" && suffix != ".sig") return false;
    return !find_entry(before, statement) && find_entry(after, statement) &&
           find_entry(after, statement + ".sig");
  }

  // Both are in order, so that an entry of the newer one is passed once.
  void folders(const ObjectId& before, const ObjectId& after, const std::string& path) {
    const auto old = tree(before, path), now = tree(after, path);
    if (!old || !now) return;
    const auto entries = entries_of(*now);
    auto at = entries.begin();
    for (const auto& entry : entries_of(*old)) {
      at = std::find_if(at, entries.end(), [&](const auto& e) { return !stands_before(e, entry); });
      const bool same_name = at != entries.end() && at->name == entry.name;
      if (same_name && at->id == entry.id && at->mode == entry.mode) continue;
      if (!same_name && was_redacted(entry.name, *old, *now)) continue;
      compare(entry, same_name ? std::optional(*at) : find_entry(*now, entry.name), joined(path, entry.name));
    }
  }

  // Null after saying why.
  Bytes tree(const ObjectId& id, const std::string& path) try {
    if (const auto known = walk_.trees_.find(id)) return known->bytes;
    const Text text{walk_.objects_.read(id, ObjectType::tree)};
    entries_of(*text.bytes);
    walk_.trees_.put(id, std::make_shared<const Text>(text));
    return text.bytes;
  } catch (const std::runtime_error& e) {
    say(shown(path), e.what());
    return nullptr;
  }

  void say(const std::string& path, const std::string& what) const { visit_({path, "", what}); }

  RewriteWalk& walk_;
  const std::string commit_;
  const Visit& visit_;
};

RewriteWalk::RewriteWalk(ObjectReader& objects) : objects_(objects), trees_(tree_cache_bytes) {}

void RewriteWalk::compare(const LedgerCommit& before, const LedgerCommit& commit, const Visit& visit) {
  Pair(*this, commit.id, visit).roots(before.parts.tree, commit.parts.tree);
}

}  // namespace stet
