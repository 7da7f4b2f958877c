#include "sandbox.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace stet;

constexpr int allowed = 0, refused = 10, forbidden = 20, unnamed = 21;
constexpr unsigned memory_mb = 64;

void exit_forbidden(int system_call) {
  _exit(system_call < 0 ? unnamed : forbidden);
}

enum class Fence { loading, verifying };

// What becomes of `act` behind the fence, in a process of its own: `allowed` or `refused` as it says, or
// `forbidden`, or 128 + the signal that ended it.
int behind(Fence fence, const std::function<bool()>& act) {
  const int pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close_range(3, ~0u, 0);  // what other tests keep open counts against the limit
    const auto how = sandbox::confine_for_loading(memory_mb, exit_forbidden);
    if (how.find("seccomp (") != how.npos) _exit(77);
    if (fence == Fence::verifying) sandbox::confine_for_verifying();
    _exit(act() ? allowed : refused);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int both(const std::function<bool()>& act) {
  const int loading = behind(Fence::loading, act);
  return loading == behind(Fence::verifying, act) ? loading : -1;
}

bool opens(const char* path) {
  return open(path, O_RDONLY) >= 0;
}

}  // namespace

TEST_CASE("a confined process may compute, allocate and end") {
  if (sandbox::built_with_sanitizers()) return;
  CHECK(both([] {
          std::vector<std::string> words(1000, std::string(1000, 'w'));
          std::vector<int> numbers(100000, 7);
          // glibc's qsort asks for the size of memory before it sorts this much.
          std::qsort(numbers.data(), numbers.size(), sizeof(int), [](const void* a, const void* b) {
            return *static_cast<const int*>(a) - *static_cast<const int*>(b);
          });
          return words.size() == 1000;
        }) == allowed);
}

TEST_CASE("no file of the user's can be opened while a plugin is loaded, and none at all after") {
  if (sandbox::built_with_sanitizers()) return;
  CHECK(behind(Fence::verifying, [] { return opens("/etc/passwd"); }) == refused);
  CHECK(behind(Fence::verifying, [] { return opens("/etc/ld.so.cache"); }) == refused);
  CHECK(behind(Fence::loading, [] { return opens("/etc/ld.so.cache"); }) == allowed);
  // By seccomp, also where there is no Landlock.
  CHECK(behind(Fence::loading, [] { return open("/tmp/stet-made", O_CREAT | O_WRONLY, 0600) >= 0; }) ==
        refused);
  CHECK(behind(Fence::loading, [] { return open("/etc/ld.so.cache", O_RDWR) >= 0; }) == refused);
  if (syscall(SYS_landlock_create_ruleset, nullptr, 0, 1) < 1) return;  // this kernel has no Landlock
  CHECK(behind(Fence::loading, [] { return opens("/etc/passwd"); }) == refused);
}

TEST_CASE("sockets, processes and signals to others are forbidden") {
  if (sandbox::built_with_sanitizers()) return;
  CHECK(both([] { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }) == forbidden);
  CHECK(both([] { return fork() >= 0; }) == forbidden);
  CHECK(both([] { return execl("/bin/true", "true", nullptr) == 0; }) == forbidden);
  CHECK(both([] { return kill(getppid(), 0) == 0; }) == forbidden);
  CHECK(both([] { return syscall(SYS_tgkill, 1, 1, SIGTERM) == 0; }) == forbidden);
  CHECK(both([] { return syscall(SYS_ptrace, 0, 0, 0, 0) == 0; }) == forbidden);
  CHECK(both([] { return unlink("/tmp/stet-nothing") == 0; }) == forbidden);
}

TEST_CASE("a call made with SIGSYS blocked ends the process all the same") {
  if (sandbox::built_with_sanitizers()) return;
  CHECK(both([] {
          sigset_t all;
          sigfillset(&all);
          sigprocmask(SIG_BLOCK, &all, nullptr);
          return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
        }) == 128 + SIGSYS);
}

TEST_CASE("the handler that names forbidden calls cannot be replaced, nor told of one by a signal") {
  if (sandbox::built_with_sanitizers()) return;
  CHECK(both([] { return signal(SIGSYS, SIG_IGN) != SIG_ERR; }) == forbidden);
  CHECK(both([] { return raise(SIGSYS) == 0; }) == unnamed);
}

TEST_CASE("memory is limited to what the plugin may add") {
  if (sandbox::built_with_sanitizers()) return;
  const auto maps = [](size_t mb) {
    return mmap(nullptr, mb << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
  };
  CHECK(both([&] { return maps(memory_mb / 2); }) == allowed);
  CHECK(both([&] { return maps(memory_mb + 1); }) == refused);
}

TEST_CASE("no memory can be made executable after loading") {
  if (sandbox::built_with_sanitizers()) return;
  const auto map = [](int protection) {
    return mmap(nullptr, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  };
  CHECK(behind(Fence::verifying, [&] { return map(PROT_READ | PROT_EXEC) != MAP_FAILED; }) == forbidden);
  CHECK(behind(Fence::verifying,
               [&] { return mprotect(map(PROT_READ), 4096, PROT_READ | PROT_EXEC) == 0; }) == forbidden);
  CHECK(behind(Fence::loading, [&] { return map(PROT_READ | PROT_EXEC) != MAP_FAILED; }) == allowed);
}

TEST_CASE("a call by another of the processor's numberings is not let through") {
  if (sandbox::built_with_sanitizers()) return;
  constexpr int x32 = 0x40000000;
  CHECK(both([] { return syscall(x32 | SYS_getpid) > 0; }) == forbidden);
  CHECK(both([] { return syscall(x32 | SYS_socket, AF_UNIX, SOCK_STREAM, 0) >= 0; }) == forbidden);
#ifdef __x86_64__
  CHECK(both([] {
          long result = 20;  // getpid() of 32-bit programs
          asm volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
          return result > 0;
        }) >= 128);
#endif
}

TEST_CASE("a call that this stet does not know yet fails as on an older kernel") {
  if (sandbox::built_with_sanitizers()) return;
  CHECK(both([] { return syscall(451) == -1 && errno == ENOSYS; }) == allowed);
  CHECK(both([] { return syscall(9999) == -1 && errno == ENOSYS; }) == allowed);
}

TEST_CASE("advice that takes memory out of service is forbidden, other advice is not") {
  if (sandbox::built_with_sanitizers()) return;
  const auto advises = [](int advice) {
    void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return madvise(page, 4096, advice) == 0;
  };
  CHECK(both([&] { return advises(MADV_DONTNEED); }) == allowed);
  CHECK(both([&] { return advises(MADV_HWPOISON); }) == forbidden);
  CHECK(both([&] { return advises(MADV_HWPOISON + 1); }) == forbidden);
}

TEST_CASE("what is missing is told from what is there") {
  CHECK(sandbox::missing_fences("process, rlimits, Landlock 7, seccomp") == "");
  CHECK(sandbox::missing_fences("process, rlimits, seccomp; no Landlock (Function not implemented)") ==
        "no Landlock (Function not implemented)");
  CHECK(sandbox::missing_fences("") == "");
}

TEST_CASE("how this machine confines can be told without being confined") {
  const auto words = sandbox::describe();
  if (sandbox::built_with_sanitizers()) {
    CHECK(words == "not confined: this stet was built with sanitizers");
    return;
  }
  CHECK(words.rfind("process, rlimits", 0) == 0);
  for (const char* fence : {"Landlock", "seccomp"}) CHECK(words.find(fence) != words.npos);
  CHECK(opens("/etc/passwd"));
  CHECK(sandbox::describe() == words);
}

TEST_CASE("a system call is named with its number, and one without a name by its number alone") {
  CHECK(sandbox::system_call_name(SYS_socket) == "socket (" + std::to_string(SYS_socket) + ")");
  CHECK(sandbox::system_call_name(9999) == "number 9999");
}
