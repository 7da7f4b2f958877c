// The same work on many things at once.
#pragma once

#include <cstddef>
#include <functional>

namespace stet {

// Calls `work(i)` for every i below `count`, on up to `threads` threads of which this is one, in any order.
// What one of them throws ends the rest early and is thrown here.
void parallel_for(size_t count, unsigned threads, const std::function<void(size_t i)>& work);

// As many as the machine has, for whoever says 0.
unsigned threads_or_all(unsigned wanted);

}  // namespace stet
