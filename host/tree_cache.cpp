#include "tree_cache.hpp"

#include <algorithm>
#include <stdexcept>

namespace stet {

RawTree TreeCache::tree(const ObjectId& id, const std::string& path) {
  if (auto cached = cache_.find(id)) return cached;
  auto tree = read_(id, path);
  cache_.put(id, tree);
  return tree;
}

RawTree TreeCache::folder(const ObjectId& root, const std::string& path) {
  RawTree at = tree(root, "/");
  for (size_t begin = 0; begin < path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    std::optional<RawEntry> found;
    try {
      found = find_entry(*at, std::string_view(path).substr(begin, end - begin));
    } catch (const std::runtime_error& e) {
      throw std::runtime_error((begin == 0 ? "/" : path.substr(0, begin - 1)) + ": " + e.what());
    }
    if (!found || !found->is_folder()) return nullptr;
    at = tree(found->id, path.substr(0, end));
    begin = end + 1;
  }
  return at;
}

}  // namespace stet
