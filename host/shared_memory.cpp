#include "shared_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>

namespace stet {
namespace {

// Of these sizes most batches are; what is larger is not kept.
constexpr size_t smallest = 256u << 10, largest_kept = 4u << 20, most_kept = 4;

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category(), "cannot share a document");
}

}  // namespace

SharedMemory::SharedMemory(size_t size)
    : descriptor_(memfd_create("documents", MFD_CLOEXEC | MFD_ALLOW_SEALING)), size_(size) {
  if (!descriptor_ || ftruncate(descriptor_.get(), static_cast<off_t>(size)) < 0) fail();
  base_ = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_.get(), 0);
  if (base_ == MAP_FAILED) fail();
  // The mapping above stays writable, every later one, and write(), is refused.
  constexpr int seals = F_SEAL_FUTURE_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
  if (fcntl(descriptor_.get(), F_ADD_SEALS, seals) == 0) return;
  const int error = errno;
  munmap(base_, size);
  errno = error;
  fail();
}

SharedMemory::~SharedMemory() {
  munmap(base_, size_);
}

std::shared_ptr<SharedMemory> MemoryPool::take(size_t size) {
  for (const auto& memory : kept_) {
    if (memory->size() < size || memory.use_count() > 1) continue;
    std::atomic_thread_fence(
        std::memory_order_acquire);  // what its last users read comes before what is written
    return memory;
  }
  auto made = std::make_shared<SharedMemory>(std::max(smallest, size));
  if (size <= largest_kept && kept_.size() < most_kept) kept_.push_back(made);
  return made;
}

}  // namespace stet
