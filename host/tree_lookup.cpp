#include "tree_lookup.hpp"

#include <algorithm>
#include <stdexcept>

namespace stet {
namespace {

constexpr size_t cache_bytes = 8u << 20;

}  // namespace

TreeLookup::TreeLookup(ObjectReader& objects)
    : objects_(objects), trees_(cache_bytes, [&objects](const ObjectId& id, const std::string&) {
        return objects.read(id, ObjectType::tree);
      }) {}

std::optional<StoredFile> TreeLookup::file(const ObjectId& tree, const std::string& path) try {
  RawTree folder = trees_.tree(tree, path);
  for (size_t begin = 0;;) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const auto entry = find_entry(*folder, std::string_view(path).substr(begin, end - begin));
    if (!entry) return std::nullopt;
    if (end == path.size()) return stored(*entry, path);
    if (!entry->is_folder()) return std::nullopt;
    folder = trees_.tree(entry->id, path);
    begin = end + 1;
  }
} catch (const std::runtime_error& e) {
  return StoredFile{path, "", e.what()};
}

bool TreeLookup::holds(const ObjectId& tree, std::string_view name) {
  return find_entry(*trees_.tree(tree, "/"), name).has_value();
}

std::vector<std::string> TreeLookup::changed(const ObjectId& before, const ObjectId& after,
                                             const std::string& folder) {
  const auto old = trees_.folder(before, folder), now = trees_.folder(after, folder);
  std::vector<std::string> paths;
  if (!now || (old && *old == *now)) return paths;
  for (const auto& entry : entries_of(*now)) {
    const auto known = old ? find_entry(*old, entry.name) : std::nullopt;
    if (!known || known->id != entry.id) paths.push_back(std::string(folder).append("/").append(entry.name));
  }
  return paths;
}

StoredFile TreeLookup::stored(const RawEntry& entry, const std::string& path) {
  if (entry.mode != file_mode) throw std::runtime_error("is not a plain file");
  return {path, *objects_.read(entry.id, ObjectType::blob), "", entry.id};
}

void TreeLookup::each_added(const ObjectId& before, const ObjectId& after, const Added& added) {
  const RawTree old = trees_.tree(before, "/"), now = trees_.tree(after, "/");
  const auto articles = find_entry(*now, "articles");
  LedgerFolders folders;
  if (articles && articles->is_folder())
    each_added_in(find_entry(*old, "articles"), *articles, "articles", folders, added);
}

// False when enough was found.
bool TreeLookup::each_added_in(const std::optional<RawEntry>& before, const RawEntry& after,
                               const std::string& path, LedgerFolders& folders, const Added& added) {
  if (before && before->id == after.id) return true;
  if (const auto fault = folders.fault(path, after.id)) throw std::runtime_error(path + ' ' + *fault);
  const RawTree old = before && before->is_folder() ? trees_.tree(before->id, path) : nullptr;
  const RawTree now = trees_.tree(after.id, path);
  for (const auto& entry : entries_of(*now)) {
    const auto known = old ? find_entry(*old, entry.name) : std::nullopt;
    const auto child = (path + '/').append(entry.name);
    if (entry.is_folder() ? !each_added_in(known, entry, child, folders, added) : !known && !added(child))
      return false;
  }
  return true;
}

}  // namespace stet
