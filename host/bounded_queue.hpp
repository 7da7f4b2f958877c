// Hands things from one thread to another, no more at a time than fit.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace stet {

template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(size_t most) : most_(most) {}

  // Waits while it is full. `weight` counts towards `most`; a single thing may weigh more. False when the
  // queue is closed: the thing is gone.
  bool push(T thing, size_t weight = 1) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || weight_ == 0 || weight_ + weight <= most_; });
    if (closed_) return false;
    things_.emplace_back(std::move(thing), weight);
    weight_ += weight;
    changed_.notify_all();
    return true;
  }

  // Waits for the next; nothing when the queue is closed and empty.
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !things_.empty(); });
    if (things_.empty()) return std::nullopt;
    auto [thing, weight] = std::move(things_.front());
    things_.pop_front();
    weight_ -= weight;
    changed_.notify_all();
    return std::move(thing);
  }

  // Nothing more is put in.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

  // Closes it, and drops what is in it.
  void abandon() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    things_.clear();
    weight_ = 0;
    changed_.notify_all();
  }

 private:
  size_t most_, weight_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<T, size_t>> things_;
  bool closed_ = false;
};

}  // namespace stet
