#include "pack_merge.hpp"

namespace stet {

PackMerge::PackMerge(const std::vector<std::shared_ptr<const PackLookup>>& packs) : packs_(packs) {
  for (size_t i = 0; i < packs.size(); ++i) push({i, 0});
}

void PackMerge::push(const Copy& copy) {
  if (copy.object < packs_[copy.pack]->size()) heads_.push({packs_[copy.pack]->id(copy.object), copy});
}

void PackMerge::take() {
  const Copy copy = heads_.top().copy;
  heads_.pop();
  copies_.push_back(copy);
  push({copy.pack, copy.object + 1});
}

std::span<const PackMerge::Copy> PackMerge::next() {
  copies_.clear();
  if (heads_.empty()) return {};
  id_ = heads_.top().id;
  do take();
  while (!heads_.empty() && heads_.top().id == id_);
  return copies_;
}

}  // namespace stet
