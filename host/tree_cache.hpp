// Trees that were read or written lately, so that the next batch need not read them again.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "raw_tree.hpp"

namespace stet {

// The bytes of a tree. It stays whole for as long as somebody holds it, in the cache or not.
using RawTree = std::shared_ptr<const std::string>;

// One thread at a time may use it.
class TreeCache {
 public:
  // Reads a tree from the repository; throws naming `path`, where the tree stands, when it cannot.
  using Read = std::function<std::string(const ObjectId& id, const std::string& path)>;

  // `limit`: bytes that the cached trees may take, all that is kept about them included.
  TreeCache(size_t limit, Read read) : limit_(limit), read_(std::move(read)) {}

  // `path` is for the error alone.
  RawTree tree(const ObjectId& id, const std::string& path);
  void put(const ObjectId& id, RawTree tree);

  // The tree of the folder at `path` below `root`; null when there is no such folder. `path` has no
  // slash at either end; "" is the root.
  RawTree folder(const ObjectId& root, const std::string& path);

  size_t bytes() const { return bytes_; }

 private:
  struct Cached {
    ObjectId id;
    RawTree tree;
  };
  void drop_oldest();

  size_t limit_;
  Read read_;
  size_t bytes_ = 0;
  std::list<Cached> newest_first_;
  std::unordered_map<ObjectId, std::list<Cached>::iterator, ObjectIdHash> places_;
};

}  // namespace stet
