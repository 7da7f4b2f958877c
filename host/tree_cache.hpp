// Trees that were read or written lately, so that the next batch need not read them again.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "bounded_cache.hpp"
#include "raw_tree.hpp"

namespace stet {

using RawTree = std::shared_ptr<const std::string>;  // a tree's bytes

// One thread at a time may use it.
class TreeCache {
 public:
  // Reads a tree from the repository; throws naming `path`, where the tree stands, when it cannot.
  using Read = std::function<RawTree(const ObjectId& id, const std::string& path)>;

  // `limit`: bytes that the cached trees may take.
  TreeCache(size_t limit, Read read) : cache_(limit), read_(std::move(read)) {}

  // `path` is for the error alone.
  RawTree tree(const ObjectId& id, const std::string& path);
  void put(const ObjectId& id, RawTree tree) { cache_.put(id, std::move(tree)); }

  // The tree of the folder at `path` below `root`; null when there is no such folder. `path` has no
  // slash at either end; "" is the root.
  RawTree folder(const ObjectId& root, const std::string& path);

  size_t bytes() const { return cache_.bytes(); }

 private:
  BoundedCache<ObjectId, std::string, ObjectIdHash> cache_;
  Read read_;
};

}  // namespace stet
