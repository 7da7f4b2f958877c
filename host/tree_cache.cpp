#include "tree_cache.hpp"

#include <algorithm>
#include <stdexcept>

namespace stet {
namespace {

// Of list, map, shared pointer and string, each with what the allocator adds.
constexpr size_t overhead = 256;

size_t cost(const RawTree& tree) {
  return overhead + tree->capacity();
}

}  // namespace

RawTree TreeCache::tree(const ObjectId& id, const std::string& path) {
  if (const auto found = places_.find(id); found != places_.end()) {
    newest_first_.splice(newest_first_.begin(), newest_first_, found->second);
    return found->second->tree;
  }
  auto tree = std::make_shared<const std::string>(read_(id, path));
  put(id, tree);
  return tree;
}

void TreeCache::put(const ObjectId& id, RawTree tree) {
  if (places_.contains(id)) return;
  bytes_ += cost(tree);
  newest_first_.push_front({id, std::move(tree)});
  places_.emplace(id, newest_first_.begin());
  while (bytes_ > limit_) drop_oldest();
}

void TreeCache::drop_oldest() {
  const Cached& oldest = newest_first_.back();
  bytes_ -= cost(oldest.tree);
  places_.erase(oldest.id);
  newest_first_.pop_back();
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
