#include "parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace stet {

void parallel_for(size_t count, unsigned threads, const std::function<void(size_t i)>& work) {
  std::atomic<size_t> next = 0;
  std::exception_ptr thrown;
  std::mutex mutex;
  const auto take_all = [&] {
    try {
      for (size_t i; (i = next++) < count;) work(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!thrown) thrown = std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> others;
    for (size_t n = 1; n < std::min<size_t>(threads, count); ++n) others.emplace_back(take_all);
    take_all();
  }
  if (thrown) std::rethrow_exception(thrown);
}

unsigned threads_or_all(unsigned wanted) {
  return wanted > 0 ? wanted : std::max(std::thread::hardware_concurrency(), 1u);
}

}  // namespace stet
