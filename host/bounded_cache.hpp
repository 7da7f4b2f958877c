// What was made or read lately, the least recently used of which goes first.
#pragma once

#include <list>
#include <memory>
#include <unordered_map>
#include <utility>

namespace stet {

// `Text` says with capacity() how many bytes it takes. One that somebody holds stays whole when it leaves
// the cache. One thread at a time.
template <typename Key, typename Text, typename Hash>
class BoundedCache {
 public:
  using Value = std::shared_ptr<const Text>;

  // `limit`: bytes that all may take, what is kept about them included.
  explicit BoundedCache(size_t limit) : limit_(limit) {}

  Value find(const Key& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return nullptr;
    newest_first_.splice(newest_first_.begin(), newest_first_, found->second);
    return found->second->second;
  }

  void put(const Key& key, Value value) {
    newest_first_.emplace_front(key, std::move(value));
    if (!places_.try_emplace(key, newest_first_.begin()).second) return newest_first_.pop_front();
    bytes_ += cost(*newest_first_.front().second);
    while (bytes_ > limit_) drop_oldest();
  }

  void clear() {
    places_.clear();
    newest_first_.clear();
    bytes_ = 0;
  }

  size_t bytes() const { return bytes_; }

 private:
  using List = std::list<std::pair<Key, Value>>;

  // The constant is for list, map, shared pointer and text, with what the allocator adds to each.
  static size_t cost(const Text& text) { return 256 + text.capacity(); }

  void drop_oldest() {
    const auto& [key, value] = newest_first_.back();
    bytes_ -= cost(*value);
    places_.erase(key);
    newest_first_.pop_back();
  }

  size_t limit_, bytes_ = 0;
  List newest_first_;
  std::unordered_map<Key, typename List::iterator, Hash> places_;
};

}  // namespace stet
