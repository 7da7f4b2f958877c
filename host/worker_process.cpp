#include "worker_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

#include "worker.hpp"

namespace stet {
namespace {

using namespace std::chrono_literals;

constexpr int worker_program = worker_socket + 1;  // the file that the child runs, which it closes
constexpr auto time_to_die = 100ms;                // after its socket closed

[[noreturn]] void fail(int error, const char* what) {
  throw std::system_error(error, std::generic_category(), std::string("cannot ") + what);
}

// What posix_spawn() wants to know, freed at the end.
class SpawnPlan {
 public:
  SpawnPlan(int socket, int program) {
    posix_spawn_file_actions_init(&files_);
    posix_spawnattr_init(&attributes_);
    // The socket first: the calls below may overwrite its number in this process. That of the program is
    // higher than any that they make.
    posix_spawn_file_actions_adddup2(&files_, socket, worker_socket);
    posix_spawn_file_actions_adddup2(&files_, program, worker_program);
    // What a plugin prints must not look like the host's own output.
    for (int fd : {0, 1, 2}) posix_spawn_file_actions_addopen(&files_, fd, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_addclosefrom_np(&files_, worker_program + 1);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    // A session of its own: no terminal, no Ctrl-C meant for the host, and a group to kill.
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  int run() {
    std::array<char, 5> name{"stet"};
    std::array<char, 7> verb{"worker"};
    std::array<char*, 3> arguments{name.data(), verb.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    int pid = -1;
    const std::string path = "/proc/self/fd/" + std::to_string(worker_program);
    if (const int error =
            posix_spawn(&pid, path.c_str(), &files_, &attributes_, arguments.data(), environment.data()))
      fail(error, "start a worker");
    return pid;
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

// The worker's own program beside this one, else this one. Opened once, when the first worker starts: either
// may be replaced or removed later on.
int program_file() {
  constexpr int least = 64;
  static const Descriptor program = [] {
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
    Descriptor file(open((own.parent_path() / "stet-worker").c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) file = Descriptor(open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
    return Descriptor(fcntl(file.get(), F_DUPFD_CLOEXEC, least));
  }();
  return program.get();
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

WorkerProcess::WorkerProcess() : buffer_(max_packet_bytes) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) fail(errno, "make a socket");
  socket_ = Descriptor(pair[0]);
  const Descriptor theirs(pair[1]);
  pid_ = SpawnPlan(theirs.get(), program_file()).run();
  pidfd_ = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
  if (!pidfd_) {
    const int error = errno;
    reap();
    fail(error, "watch a worker");
  }
  schedstat_ = open_schedstat(std::to_string(pid_));
  own_schedstat_ = open_schedstat("thread-self");
}

WorkerProcess::~WorkerProcess() {
  if (pid_ >= 0) reap();
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
    const ssize_t n = recv(socket_.get(), buffer_.data(), buffer_.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (n > static_cast<ssize_t>(buffer_.size())) return Event::too_large;
    if (n > 0) {
      rest_ = Frames({buffer_.data(), static_cast<size_t>(n)});
      continue;
    }
    // ECONNRESET tells once that the process ended with a packet unread; its own may still be there.
    if (n < 0 && (errno == EINTR || errno == ECONNRESET)) continue;
    if (n == 0 || errno != EAGAIN || is_dead) return Event::ended;
    if (Clock::now() >= until) return Event::timed_out;
    std::array<pollfd, 3> wait{
        {{socket_.get(), POLLIN, 0}, {stop.get(), POLLIN, 0}, {pidfd_.get(), POLLIN, 0}}};
    poll(wait.data(), wait.size(), milliseconds_until(until));
    if (wait[1].revents) return Event::stopped;
    // The socket outlives the process when a child of the plugin's holds it. One more look into it,
    // for a packet that came between the two calls above.
    is_dead = wait[2].revents != 0;
  }
}

std::chrono::nanoseconds WorkerProcess::starved() const {
  return waiting(schedstat_) + waiting(own_schedstat_);
}

Outcome WorkerProcess::ending() {
  // A closed socket does not prove that the process is gone.
  if (is_readable(pidfd_, static_cast<int>(time_to_die / 1ms))) return reap();
  reap();
  return {Outcome::Kind::crashed, "closed its channel and went on running", "", {}, {}};
}

Outcome WorkerProcess::reap() {
  Outcome outcome{Outcome::Kind::crashed, "ended", "", {}, {}};
  // The whole group: without seccomp a plugin may have made processes.
  kill(-pid_, SIGKILL);
  siginfo_t info{};
  int result;
  do result = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED);
  while (result < 0 && errno == EINTR);
  pid_ = -1;
  if (result < 0) return outcome;  // a host that ignores SIGCHLD never learns
  if (info.si_code == CLD_EXITED) {
    outcome.reason = "exit status " + std::to_string(info.si_status);
  } else if (info.si_status == SIGSYS) {
    outcome = {Outcome::Kind::forbidden, "a system call that it kept from being named", "", {}, {}};
  } else {
    const char* description = sigdescr_np(info.si_status);
    outcome.reason = description ? description : "signal " + std::to_string(info.si_status);
  }
  return outcome;
}

}  // namespace stet
