// Which objects several packs hold, by their indexes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <span>
#include <vector>

#include "git_object.hpp"
#include "pack_lookup.hpp"

namespace stet {

// Goes through the ids of all packs in their order, if each index is in order. Borrows the indexes.
class PackMerge {
 public:
  explicit PackMerge(const std::vector<std::shared_ptr<const PackLookup>>& packs);

  struct Copy {
    size_t pack = 0, object = 0;  // numbers among the packs, and in the index
  };
  // Where the next id stands, lowest pack first; nothing at the end. It stays until the next call.
  std::span<const Copy> next();
  const ObjectId& id() const { return id_; }  // of what next() gave

 private:
  struct Head {
    ObjectId id{};
    Copy copy;
    bool operator>(const Head& other) const {
      return id != other.id ? id > other.id : copy.pack > other.copy.pack;
    }
  };
  void push(const Copy& copy);
  void take();

  const std::vector<std::shared_ptr<const PackLookup>>& packs_;
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads_;
  ObjectId id_{};
  std::vector<Copy> copies_;
};

}  // namespace stet
