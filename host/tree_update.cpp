#include "tree_update.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>

namespace stet {
namespace {

[[noreturn]] void refuse(const std::string& path, const char* why) {
  throw std::runtime_error(path + ": " + why);
}

void demand_path(const std::string& path) {
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = std::string_view(path).substr(begin, end - begin);
    if (part.empty() || part == "." || part == ".." || part == ".git" || part.find('\0') != part.npos)
      refuse(path, "is not a path in a tree");
    begin = end + 1;
  }
}

// An entry of a tree that is new or changes, and the added files at it or below it.
struct Change {
  RawEntry entry;
  std::span<const AddedFile> files;
  std::optional<ObjectId> old;  // what the tree has in its place
  bool goes = false;            // the tree has it no more
};

class Updater {
 public:
  Updater(TreeCache& cache, const WriteTree& write) : cache_(cache), write_(write) {}

  // `files`, which are sorted, share the first `depth` bytes of their paths: the name of the folder whose
  // tree was `old`, and a slash. Nothing for a folder without files.
  std::optional<ObjectId> folder(const std::optional<ObjectId>& old, std::span<const AddedFile> files,
                                 size_t depth) {
    const std::string path = depth == 0 ? "/" : files[0].path.substr(0, depth - 1);
    const RawTree before = old ? cache_.tree(*old, path) : std::make_shared<const std::string>();
    auto changes = split(files, depth);
    look_up(*before, path, changes);
    const auto in_order = [](const Change& a, const Change& b) { return stands_before(a.entry, b.entry); };
    std::sort(changes.begin(), changes.end(), in_order);
    for (auto& change : changes) {
      if (change.goes) {
        if (!change.old) refuse(change.files[0].path, "cannot be removed: it is not there");
      } else if (change.entry.is_folder()) {
        const auto id = folder(change.old, change.files, depth + change.entry.name.size() + 1);
        change.goes = !id;
        change.entry.id = id.value_or(ObjectId{});
      }
    }
    auto tree = merged(*before, changes);
    return tree.empty() ? std::nullopt : std::optional<ObjectId>(put(std::move(tree)));
  }

 private:
  static std::vector<Change> split(std::span<const AddedFile> files, size_t depth) {
    std::vector<Change> changes;
    while (!files.empty()) {
      const std::string_view path = files[0].path;
      const size_t slash = std::min(path.find('/', depth), path.size());
      size_t n = 1;
      if (slash < path.size())
        while (n < files.size() && files[n].path.starts_with(path.substr(0, slash + 1))) ++n;
      const bool is_folder = slash < path.size();
      changes.push_back(
          {{is_folder ? folder_mode : file_mode, path.substr(depth, slash - depth), files[0].blob},
           files.first(n),
           {},
           !is_folder && files[0].removes});
      files = files.subspan(n);
    }
    return changes;
  }

  // Notes what the old tree has of the changed entries, and refuses what cannot be.
  static void look_up(std::string_view tree, const std::string& path, std::vector<Change>& changes) {
    std::vector<Change*> by_name;
    by_name.reserve(changes.size());
    for (auto& change : changes) by_name.push_back(&change);
    const auto before = [](const Change* a, const Change* b) { return a->entry.name < b->entry.name; };
    std::sort(by_name.begin(), by_name.end(), before);
    for (size_t i = 1; i < by_name.size(); ++i)
      if (by_name[i]->entry.name == by_name[i - 1]->entry.name)
        refuse(by_name[i]->files[0].path, "cannot be added beside a folder or file of one name");
    while (!tree.empty()) {
      const RawEntry old = next(tree, path);
      const auto found = std::lower_bound(by_name.begin(), by_name.end(), old.name,
                                          [](const Change* c, auto name) { return c->entry.name < name; });
      if (found != by_name.end() && (*found)->entry.name == old.name) replace(old, **found);
    }
  }

  static void replace(const RawEntry& old, Change& change) {
    const AddedFile& file = change.files[0];
    change.old = old.id;
    if (change.goes) {
      change.entry.mode = old.mode;  // its place is that of what is there
      return;
    }
    if (old.mode != change.entry.mode)
      refuse(file.path, "cannot be added: something else stands in its place");
    if (!old.is_folder() && !file.replaces) refuse(file.path, "is there already");
  }

  static std::string merged(std::string_view old, const std::vector<Change>& changes) {
    size_t size = old.size();
    for (const auto& c : changes) size += c.entry.mode.size() + c.entry.name.size() + 22;
    std::string tree;
    tree.reserve(size);
    auto change = changes.begin();
    for (std::string_view rest = old; !rest.empty();) {
      const RawEntry entry = take_entry(rest);
      while (change != changes.end() && stands_before(change->entry, entry)) append_new(tree, *change++);
      if (change != changes.end() && change->entry.name == entry.name)
        append_new(tree, *change++);
      else
        append_entry(tree, entry);
    }
    while (change != changes.end()) append_new(tree, *change++);
    return tree;
  }

  static void append_new(std::string& tree, const Change& change) {
    if (!change.goes) append_entry(tree, change.entry);
  }

  static RawEntry next(std::string_view& tree, const std::string& path) try {
    return take_entry(tree);
  } catch (const std::runtime_error& e) {
    refuse(path, e.what());
  }

  ObjectId put(std::string bytes) {
    auto tree = std::make_shared<const std::string>(std::move(bytes));
    const ObjectId id = write_(*tree);
    cache_.put(id, std::move(tree));
    return id;
  }

  TreeCache& cache_;
  const WriteTree& write_;
};

}  // namespace

ObjectId update_tree(TreeCache& cache, const std::optional<ObjectId>& root, std::vector<AddedFile> files,
                     const WriteTree& write) {
  if (files.empty()) return root ? *root : write("");
  const auto path = [](const AddedFile& a) -> const std::string& { return a.path; };
  std::sort(files.begin(), files.end(), [&](auto& a, auto& b) { return path(a) < path(b); });
  for (size_t i = 0; i < files.size(); ++i) {
    demand_path(files[i].path);
    if (i > 0 && files[i - 1].path == files[i].path) refuse(files[i].path, "is added twice");
  }
  const auto updated = Updater(cache, write).folder(root, files, 0);
  return updated ? *updated : write("");
}

}  // namespace stet
