// One child process that runs a plugin: started, spoken with, and certainly ended.
#pragma once

#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "descriptor.hpp"
#include "finding.hpp"
#include "protocol.hpp"
#include "worker_birth.hpp"

namespace stet {

// Must be made, used and destroyed by one thread, which must live as long: the kernel ends a child that was
// started alone with the thread that started it.
class WorkerProcess {
 public:
  using Clock = std::chrono::steady_clock;

  // Born in `nursery`; started alone where there is none. Throws std::system_error.
  explicit WorkerProcess(Nursery* nursery = nullptr);
  ~WorkerProcess();  // kills what is left
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // False when the process is gone or does not read. Never waits.
  bool send(Tag tag, std::string_view body, std::initializer_list<int> descriptors);

  enum class Event { frame, too_large, ended, timed_out, stopped };
  // Waits for the next frame (then frame() tells what it is), for the end of the process, for `until`, or
  // for `stop` (an eventfd) to be readable; whichever comes first. What the process sent before it ended,
  // or before the host looked, comes before its end and before `until`. Throws Breach for a packet that
  // does not hold frames.
  Event next(Clock::time_point until, const Descriptor& stop);
  const Frame& frame() const { return frame_; }  // valid until the next call of next()

  // What it has said and not sent; and of how many documents it began the check.
  const Outbox& outbox() const { return outbox_; }

  // How long it, and the thread that reads its answers, were ready to run while others had the
  // processors (added up); zero where the kernel does not keep count.
  std::chrono::nanoseconds starved();

  // What became of it, after Event::ended: crashed ("Segmentation fault", "exit status 3") or
  // forbidden. Waits for the process a moment, and kills it if it only closed its socket.
  Outcome ending();

 private:
  Outcome reap();

  Outbox outbox_;
  Child child_;
  Descriptor socket_, schedstat_, own_schedstat_;
  // Not cleared: most of it is never used.
  std::unique_ptr<char[]> buffer_ = std::make_unique_for_overwrite<char[]>(max_packet_bytes);
  Frames rest_;  // of the packet in buffer_
  Frame frame_{};
};

}  // namespace stet
