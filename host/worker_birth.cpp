#include "worker_birth.hpp"

#include <fcntl.h>
#include <linux/sched.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "installation.hpp"
#include "protocol.hpp"
#include "worker.hpp"

namespace stet {
namespace {

constexpr int worker_program = worker_socket + 1;  // the file that the child runs, which it closes
constexpr time_t seconds_to_bear = 20;

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
    Descriptor file(open(program_beside("stet-worker").c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) file = Descriptor(open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
    return Descriptor(fcntl(file.get(), F_DUPFD_CLOEXEC, least));
  }();
  return program.get();
}

// As fork(), but the child is one of this process's parent, and `pidfd` names it.
int fork_for_parent(int& pidfd) {
  return static_cast<int>(
      syscall(SYS_clone, CLONE_PARENT | CLONE_PIDFD | SIGCHLD, nullptr, &pidfd, nullptr, 0));
}

std::optional<siginfo_t> wait_for(Child& child) {
  siginfo_t info{};
  int result;
  do result = waitid(P_PID, static_cast<id_t>(child.pid), &info, WEXITED);
  while (result < 0 && errno == EINTR);
  child.pid = -1;
  return result < 0 ? std::nullopt : std::optional(info);
}

}  // namespace

Child start_worker_program(int socket) {
  Child child{SpawnPlan(socket, program_file()).run(), {}};
  child.pidfd = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, child.pid, 0)));
  if (!child.pidfd) {
    const int error = errno;
    end(child);
    fail(error, "watch a worker");
  }
  return child;
}

std::optional<siginfo_t> end(Child& child) {
  // The whole group: without seccomp a plugin may have made processes. And the process, which may not have
  // made its group yet.
  kill(-child.pid, SIGKILL);
  kill(child.pid, SIGKILL);
  return wait_for(child);
}

Nursery::Nursery() try {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) return;
  Descriptor ours(pair[0]);
  const Descriptor theirs(pair[1]);
  const timeval limit{seconds_to_bear, 0};
  setsockopt(ours.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  child_ = start_worker_program(theirs.get());
  socket_ = std::move(ours);
} catch (const std::system_error&) {
  // Each worker is then started alone, and says itself why it cannot be.
}

Nursery::~Nursery() {
  if (child_.pid < 0) return;
  kill(child_.pid, SIGKILL);  // and not its group, which who was born last may not have left yet
  wait_for(child_);
}

std::optional<Child> Nursery::bear(int socket) {
  const std::lock_guard lock(mutex_);
  if (!socket_) return std::nullopt;
  std::array<char, 64> buffer{};
  Received born{};
  if (send_frame(socket_.get(), Tag::bear, "", {socket}) && receive_frame(socket_.get(), buffer, born) &&
      born.frame.tag == Tag::born && born.descriptors.size() == 1)
    return Child{body_as<int32_t>(born.frame.body), std::move(born.descriptors[0])};
  socket_.reset();
  return std::nullopt;
}

void bear_worker(Descriptor socket) {
  int pidfd = -1;
  const int32_t pid = fork_for_parent(pidfd);
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setsid();
    dup2(socket.get(), worker_socket);
    return;
  }
  const Descriptor born(pidfd);
  if (pid < 0 || !send_frame(worker_socket, Tag::born, bytes_of(pid), {born.get()})) _exit(1);
}

}  // namespace stet
