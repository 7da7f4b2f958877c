// What a worker has said and not yet sent, in memory that it shares with the host: a plugin that crashes
// takes nothing of it along, and a document's statements travel in one packet.
//
// The plugin can write here too. So the host believes nothing of it: it copies first, and judges the copy as
// it judges a packet.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "descriptor.hpp"

namespace stet {

class Outbox {
 public:
  // The host's: new memory that nobody can resize. Throws std::system_error.
  Outbox();
  // The worker's: the memory that the host made. Throws std::system_error.
  explicit Outbox(const Descriptor& memory);
  ~Outbox();
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  const Descriptor& memory() const { return memory_; }  // of the host's

  // ---- the worker's side ----
  bool fits(size_t bytes) const { return used() + bytes <= capacity; }
  void append(std::string_view head,
              std::initializer_list<std::string_view> parts);  // must fit; all or nothing
  std::string_view take();  // all that was appended; valid until the next append
  void begin_document() { head().begun.fetch_add(1, std::memory_order_relaxed); }

  // ---- the host's side ----
  uint64_t documents_begun() const { return head().begun.load(std::memory_order_relaxed); }
  std::string left() const;  // a copy of what was not taken

  static constexpr size_t capacity = 76u << 10;  // of one packet: the largest statement and its frame

 private:
  struct Head {
    std::atomic<uint32_t> used;
    std::atomic<uint64_t> begun;
  };
  Head& head() const { return *static_cast<Head*>(base_); }
  char* bytes() const { return static_cast<char*>(base_) + sizeof(Head); }
  size_t used() const { return head().used.load(std::memory_order_relaxed); }

  Descriptor memory_;
  void* base_;
};

}  // namespace stet
