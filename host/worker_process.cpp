#include "worker_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

#include "worker.hpp"

namespace stet {
namespace {

using namespace std::chrono_literals;

constexpr auto time_to_die = 100ms;  // after its socket closed

[[noreturn]] void fail(int error, const char* what) {
  throw std::system_error(error, std::generic_category(), std::string("cannot ") + what);
}

int milliseconds_until(WorkerProcess::Clock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - WorkerProcess::Clock::now());
  return static_cast<int>(std::max<int64_t>(left.count(), 0));
}

bool is_readable(const Descriptor& descriptor, int timeout_ms) {
  pollfd wait{descriptor.get(), POLLIN, 0};
  int n;
  do n = poll(&wait, 1, timeout_ms);
  while (n < 0 && errno == EINTR);
  return n > 0;
}

Descriptor open_schedstat(const std::string& process) {
  return Descriptor(open(("/proc/" + process + "/schedstat").c_str(), O_RDONLY | O_CLOEXEC));
}

std::chrono::nanoseconds waiting(const Descriptor& schedstat) {
  std::array<char, 128> line{};  // "RUNNING WAITING SLICES", both times in nanoseconds
  if (pread(schedstat.get(), line.data(), line.size() - 1, 0) <= 0) return 0ns;
  const char* second = std::strchr(line.data(), ' ');
  return std::chrono::nanoseconds(second ? std::strtoll(second, nullptr, 10) : 0);
}

}  // namespace

WorkerProcess::WorkerProcess(Nursery* nursery) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) fail(errno, "make a socket");
  socket_ = Descriptor(pair[0]);
  const Descriptor theirs(pair[1]);
  auto born = nursery ? nursery->bear(theirs.get()) : std::nullopt;
  child_ = born ? std::move(*born) : start_worker_program(theirs.get());
}

WorkerProcess::~WorkerProcess() {
  if (child_.pid >= 0) end(child_);
}

bool WorkerProcess::send(Tag tag, std::string_view body, std::initializer_list<int> descriptors) {
  return send_frame(socket_.get(), tag, body, descriptors, false);
}

WorkerProcess::Event WorkerProcess::next(Clock::time_point until, const Descriptor& stop) {
  for (bool is_dead = false;;) {
    if (const auto frame = rest_.next()) {
      frame_ = *frame;
      return Event::frame;
    }
    // No room for descriptors is given, so the kernel drops any that a plugin sends.
    const ssize_t n = recv(socket_.get(), buffer_.get(), max_packet_bytes, MSG_DONTWAIT | MSG_TRUNC);
    if (n > static_cast<ssize_t>(max_packet_bytes)) return Event::too_large;
    if (n > 0) {
      rest_ = Frames({buffer_.get(), static_cast<size_t>(n)});
      continue;
    }
    // ECONNRESET tells once that the process ended with a packet unread; its own may still be there.
    if (n < 0 && (errno == EINTR || errno == ECONNRESET)) continue;
    if (n == 0 || errno != EAGAIN || is_dead) return Event::ended;
    if (Clock::now() >= until) return Event::timed_out;
    std::array<pollfd, 3> wait{
        {{socket_.get(), POLLIN, 0}, {stop.get(), POLLIN, 0}, {child_.pidfd.get(), POLLIN, 0}}};
    poll(wait.data(), wait.size(), milliseconds_until(until));
    if (wait[1].revents) return Event::stopped;
    // The socket outlives the process when a child of the plugin's holds it. One more look into it,
    // for a packet that came between the two calls above.
    is_dead = wait[2].revents != 0;
  }
}

// Most processes are never asked about.
std::chrono::nanoseconds WorkerProcess::starved() {
  if (!schedstat_) schedstat_ = open_schedstat(std::to_string(child_.pid));
  if (!own_schedstat_) own_schedstat_ = open_schedstat("thread-self");
  return waiting(schedstat_) + waiting(own_schedstat_);
}

Outcome WorkerProcess::ending() {
  // A closed socket does not prove that the process is gone.
  if (is_readable(child_.pidfd, static_cast<int>(time_to_die / 1ms))) return reap();
  reap();
  return {Outcome::Kind::crashed, "closed its channel and went on running", "", {}, {}};
}

Outcome WorkerProcess::reap() {
  Outcome outcome{Outcome::Kind::crashed, "ended", "", {}, {}};
  const auto info = end(child_);
  if (!info) return outcome;
  if (info->si_code == CLD_EXITED) {
    outcome.reason = "exit status " + std::to_string(info->si_status);
  } else if (info->si_status == SIGSYS) {
    outcome = {Outcome::Kind::forbidden, "a system call that it kept from being named", "", {}, {}};
  } else {
    const char* description = sigdescr_np(info->si_status);
    outcome.reason = description ? description : "signal " + std::to_string(info->si_status);
  }
  return outcome;
}

}  // namespace stet
