#include "outbox.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace stet {
namespace {

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category(), "cannot share a worker's outbox");
}

void* map(int descriptor, size_t size) {
  void* base = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (base == MAP_FAILED) fail();
  return base;
}

}  // namespace

Outbox::Outbox() : memory_(memfd_create("outbox", MFD_CLOEXEC | MFD_ALLOW_SEALING)) {
  constexpr auto size = static_cast<off_t>(sizeof(Head) + capacity);
  if (!memory_ || ftruncate(memory_.get(), size) < 0) fail();
  // A plugin that could cut it short would have the host read behind its end: SIGBUS.
  if (fcntl(memory_.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0) fail();
  base_ = map(memory_.get(), static_cast<size_t>(size));
}

Outbox::Outbox(const Descriptor& memory) : base_(map(memory.get(), sizeof(Head) + capacity)) {}

Outbox::~Outbox() {
  munmap(base_, sizeof(Head) + capacity);
}

void Outbox::append(std::string_view head_bytes, std::initializer_list<std::string_view> parts) {
  char* end = std::copy(head_bytes.begin(), head_bytes.end(), bytes() + used());
  for (const auto part : parts) end = std::copy(part.begin(), part.end(), end);
  // After the bytes: a process that is killed here must leave no half of a statement.
  head().used.store(static_cast<uint32_t>(end - bytes()), std::memory_order_release);
}

std::string_view Outbox::take() {
  return {bytes(), head().used.exchange(0, std::memory_order_relaxed)};
}

std::string Outbox::left() const {
  const size_t size = std::min<size_t>(head().used.load(std::memory_order_acquire), capacity);
  return std::string(bytes(), size);
}

}  // namespace stet
