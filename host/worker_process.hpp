// One child process that runs a plugin: started, spoken with, and certainly ended.
#pragma once

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor.hpp"
#include "finding.hpp"
#include "protocol.hpp"

namespace stet {

// Must be made, used and destroyed by one thread, which must live as long: the kernel ends the child
// with the thread that started it.
class WorkerProcess {
 public:
  using Clock = std::chrono::steady_clock;

  // This program again, as `stet worker`: an empty environment, /dev/null for input and output, a
  // session of its own, and nothing open but the socket. Throws std::system_error.
  WorkerProcess();
  ~WorkerProcess();  // kills what is left
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // False when the process is gone or does not read. Never waits.
  bool send(Tag tag, std::string_view body, std::initializer_list<int> descriptors);

  enum class Event { packet, too_large, ended, timed_out, stopped };
  // Waits for the next packet (then tag() and body() tell what it is), for the end of the process, for
  // `until`, or for `stop` (an eventfd) to be readable; whichever comes first. Packets that the
  // process sent before it ended, or before the host looked, come before its end and before `until`.
  Event next(Clock::time_point until, const Descriptor& stop);
  Tag tag() const { return static_cast<Tag>(buffer_[0]); }
  std::string_view body() const { return {buffer_.data() + 1, size_ - 1}; }

  // How long it, and the thread that reads its answers, were ready to run while others had the
  // processors (added up); zero where the kernel does not keep count.
  std::chrono::nanoseconds starved() const;

  // What became of it, after Event::ended: crashed ("Segmentation fault", "exit status 3") or
  // forbidden. Waits for the process a moment, and kills it if it only closed its socket.
  Outcome ending();

 private:
  Outcome reap();

  Descriptor socket_, pidfd_, schedstat_, own_schedstat_;
  int pid_ = -1;
  std::vector<char> buffer_;
  size_t size_ = 0;  // of the packet in buffer_
};

}  // namespace stet
