// How a worker's process comes to be: as a program that is started, or forked from one that was.
#pragma once

#include <signal.h>

#include <mutex>
#include <optional>

#include "descriptor.hpp"

namespace stet {

// A child of this process.
struct Child {
  int pid = -1;
  Descriptor pidfd;
};

// The program stet-worker, or where it is not there this one again, as `stet worker`: an empty environment,
// /dev/null for input and output, a session of its own, and nothing open but `socket`, as worker_socket. The
// kernel ends it with the thread that calls this. Throws std::system_error.
Child start_worker_program(int socket);

// Kills the child and its group, waits for its end, and says which it was: nothing where the host ignores
// SIGCHLD.
std::optional<siginfo_t> end(Child& child);

// A process of that program that runs no plugin and becomes workers by forking: what takes most of the time,
// to load what all of them need, is done once. They are this process's own children, as if each had been
// started alone; they differ in that their addresses are laid out alike.
class Nursery {
 public:
  // Starts the process and does not wait for it. The kernel ends its workers with the thread that makes it.
  Nursery();
  ~Nursery();
  Nursery(const Nursery&) = delete;
  Nursery& operator=(const Nursery&) = delete;

  // A worker that has `socket`; any thread may ask. Nothing when there is no nursery: it could not be
  // started, or has ended.
  std::optional<Child> bear(int socket);

 private:
  Descriptor socket_;
  Child child_;
  std::mutex mutex_;
};

// The other side of bear(), in the nursery's process: forks, and sends who was born. Returns in the child
// too, whose worker_socket is then `socket`.
void bear_worker(Descriptor socket);

}  // namespace stet
