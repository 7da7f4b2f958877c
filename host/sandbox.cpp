// Three fences, each of which holds if another falls: limits on what may be used (rlimits), on which
// files may be opened (Landlock), and on what may be asked of the kernel at all (seccomp).
#include "sandbox.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <system_error>
#include <vector>

#include "descriptor.hpp"
#include "files.hpp"

namespace stet::sandbox {
namespace {

#if defined(__x86_64__)
constexpr uint32_t processor = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr uint32_t processor = AUDIT_ARCH_AARCH64;
#else
#error "stet's seccomp filter is written for x86-64 and arm64"
#endif

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void require(long result, const char* what) {
  if (result < 0) fail(what);
}

// ---- rlimits ----

void limit(__rlimit_resource resource, rlim_t most) {
  rlimit value{};
  require(getrlimit(resource, &value), "getrlimit");
  value.rlim_cur = value.rlim_max = std::min(most, value.rlim_max);
  require(setrlimit(resource, &value), "setrlimit");
}

// What the process has mapped already: the limit is on what a plugin adds to it.
rlim_t mapped_bytes() {
  constexpr size_t longest_line = 200;  // the first of its numbers is meant, in pages
  const rlim_t pages = std::strtoull(read_file("/proc/self/statm", longest_line).c_str(), nullptr, 10);
  return pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

// Root's worker is then no more than any user's: it cannot raise its limits again, nor trace or signal
// what is not its own.
void drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
  require(syscall(SYS_capset, &header, none.data()), "capset");
}

void limit_resources(unsigned memory_mb) {
  limit(RLIMIT_AS, mapped_bytes() + (rlim_t{memory_mb} << 20));
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 32);
  limit(RLIMIT_NPROC, 1);  // does not bind root; seccomp does
  drop_capabilities();
}

// ---- Landlock ----

// Debian 12 has the headers of Linux 6.1, which know Landlock ABI 2. The running kernel may know more.
struct Ruleset {
  uint64_t handled_access_fs;
  uint64_t handled_access_net;  // from ABI 4
  uint64_t scoped;              // from ABI 6
};
constexpr uint64_t fs_of_abi_1 = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
constexpr uint64_t fs_truncate = 1u << 14;              // ABI 3
constexpr uint64_t net_bind_and_connect = 3;            // ABI 4
constexpr uint64_t fs_ioctl_device = 1u << 15;          // ABI 5
constexpr uint64_t scope_unix_sockets_and_signals = 3;  // ABI 6

void allow_reading(const Descriptor& ruleset, const char* path) {
  const Descriptor at(open(path, O_PATH | O_CLOEXEC));
  if (!at) return;  // a place that this distribution does not have
  landlock_path_beneath_attr rule{};
  rule.parent_fd = at.get();
  rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
  require(syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0), "add_rule");
}

// Gives the kernel's Landlock ABI. Throws std::system_error where there is none.
long restrict_files() {
  const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  require(abi, "Landlock");
  Ruleset rules{fs_of_abi_1, 0, 0};
  if (abi >= 2) rules.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3) rules.handled_access_fs |= fs_truncate;
  if (abi >= 4) rules.handled_access_net = net_bind_and_connect;
  if (abi >= 5) rules.handled_access_fs |= fs_ioctl_device;
  if (abi >= 6) rules.scoped = scope_unix_sockets_and_signals;
  const size_t size = abi >= 6 ? sizeof rules : abi >= 4 ? offsetof(Ruleset, scoped) : sizeof(uint64_t);
  const Descriptor ruleset(static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, size, 0)));
  require(ruleset.get(), "create_ruleset");
  // Where the loader finds the libraries that a plugin is linked with; the plugin itself is a memfd,
  // which Landlock lets pass.
  for (const char* path : {"/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache"})
    allow_reading(ruleset, path);
  require(syscall(SYS_landlock_restrict_self, ruleset.get(), 0), "restrict_self");
  return abi;
}

// ---- seccomp ----

constexpr uint32_t newest_known_call = 450;  // of Linux 6.1; from 424 on they are the same everywhere
constexpr uint32_t x32_calls = 0x40000000;

// A filter that traps (SIGSYS, so that the worker can name the call) what it does not allow. The low
// half of an argument stands first: both processors are little-endian.
class Filter {
 public:
  Filter() {
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
    skip(BPF_JEQ, processor, 1, 0);
    add(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
    // A newer C library tries calls that this list cannot know: it falls back as on an older kernel. The
    // numbers of x32, a second set for the same processor, are far above and trap.
    skip(BPF_JGE, x32_calls, 2, 0);
    skip(BPF_JGT, newest_known_call, 0, 1);
    add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS);
  }
  void allow(std::initializer_list<int> calls) { answer(calls, SECCOMP_RET_ALLOW); }
  // An error instead of a trap, for what libraries probe and can do without.
  void refuse(std::initializer_list<int> calls) { answer(calls, SECCOMP_RET_ERRNO | EACCES); }
  void allow_without_bits(int call, unsigned argument, uint32_t bits) {
    allow_if(call, argument, BPF_JSET, bits, false);
  }
  void allow_equal(int call, unsigned argument, uint32_t value) {
    allow_if(call, argument, BPF_JEQ, value, true);
  }
  void allow_unequal(int call, unsigned argument, uint32_t value) {
    allow_if(call, argument, BPF_JEQ, value, false);
  }

  void allow_below(int call, unsigned argument, uint32_t value) {
    allow_if(call, argument, BPF_JGE, value, false);
  }

  void install() {
    add(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    require(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), "seccomp");
  }

 private:
  // One verdict for all of them: the kernel translates a filter, step by step, whenever one is installed.
  void answer(std::initializer_list<int> calls, uint32_t verdict) {
    auto left = static_cast<uint8_t>(calls.size());
    for (int call : calls) {
      --left;
      skip(BPF_JEQ, static_cast<uint32_t>(call), left, left == 0 ? 1 : 0);
    }
    add(BPF_RET | BPF_K, verdict);
  }
  // Allows `call` when the test of its argument against `operand` comes out as `wanted`; otherwise the
  // rules that follow decide.
  void allow_if(int call, unsigned argument, uint16_t test, uint32_t operand, bool wanted) {
    skip(BPF_JEQ, static_cast<uint32_t>(call), 0, 4);
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args) + sizeof(uint64_t) * argument);
    skip(test, operand, wanted ? 0 : 1, wanted ? 1 : 0);
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
  }
  void add(uint16_t operation, uint32_t operand) { code_.push_back({operation, 0, 0, operand}); }
  void skip(uint16_t test, uint32_t operand, uint8_t if_so, uint8_t if_not) {
    code_.push_back({static_cast<uint16_t>(BPF_JMP | test | BPF_K), if_so, if_not, operand});
  }
  std::vector<sock_filter> code_;
};

// What computing, memory, the worker's socket and dying need.
void allow_computing(Filter& filter) {
  filter.allow({SYS_read,   SYS_write,         SYS_writev,       SYS_recvmsg,         SYS_sendmsg,
                SYS_sendto, SYS_close,         SYS_munmap,       SYS_mremap,          SYS_brk,
                SYS_futex,  SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday,    SYS_getpid,
                SYS_gettid, SYS_getrandom,     SYS_rt_sigreturn, SYS_rt_sigprocmask,  SYS_sigaltstack,
                SYS_exit,   SYS_exit_group,    SYS_sched_yield,  SYS_restart_syscall, SYS_lseek,
                SYS_sysinfo});  // qsort() asks how much memory there is
#ifdef SYS_time
  filter.allow({SYS_time});
#endif
  filter.allow_below(SYS_madvise, 2, MADV_HWPOISON);  // from there on, advice takes pages out of service
  filter.allow_equal(SYS_tgkill, 0, static_cast<uint32_t>(getpid()));  // abort()
  filter.allow_unequal(SYS_rt_sigaction, 0, SIGSYS);                   // the worker's own handler stays
}

void refuse_probing(Filter& filter) {
  filter.refuse({SYS_openat, SYS_newfstatat, SYS_fstat, SYS_statx, SYS_faccessat, SYS_faccessat2,
                 SYS_readlinkat, SYS_getcwd, SYS_ioctl, SYS_prlimit64, SYS_uname, SYS_sched_getaffinity,
                 SYS_pread64});
#ifdef SYS_open
  filter.refuse({SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink});
#endif
}

void filter_for_loading() {
  Filter filter;
  allow_computing(filter);
  filter.allow({SYS_newfstatat, SYS_fstat, SYS_pread64, SYS_mmap, SYS_mprotect, SYS_readlinkat, SYS_getcwd,
                SYS_seccomp});
  constexpr uint32_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;  // where there is no Landlock
  filter.allow_without_bits(SYS_openat, 2, writing);
#ifdef SYS_open
  filter.allow({SYS_stat, SYS_access, SYS_readlink});
  filter.allow_without_bits(SYS_open, 1, writing);
#endif
  filter.allow_equal(SYS_prctl, 0, PR_SET_DUMPABLE);
  refuse_probing(filter);
  filter.install();
}

void filter_for_verifying() {
  Filter filter;
  allow_computing(filter);
  filter.allow_without_bits(SYS_mmap, 2, PROT_EXEC);
  filter.allow_without_bits(SYS_mprotect, 2, PROT_EXEC);
  refuse_probing(filter);
  filter.install();
}

OnForbidden on_forbidden_call = nullptr;

void on_sigsys(int, siginfo_t* info, void*) {
  constexpr int from_seccomp = 1;  // SYS_SECCOMP; any other code is a signal that somebody sent
  on_forbidden_call(info->si_code == from_seccomp ? info->si_syscall : -1);
}

void catch_forbidden_calls(OnForbidden on_forbidden) {
  on_forbidden_call = on_forbidden;
  struct sigaction action {};
  action.sa_sigaction = on_sigsys;
  action.sa_flags = SA_SIGINFO;
  require(sigaction(SIGSYS, &action, nullptr), "sigaction");
}

bool is_filtered = false;

}  // namespace

std::string confine_for_loading(unsigned memory_mb, OnForbidden on_forbidden) {
  std::string done = "process", missing;
  const auto attempt = [&](const char* name, auto step) {
    try {
      done += ", " + (name + step());
    } catch (const std::system_error& e) {
      missing += std::string(missing.empty() ? "; no " : ", no ") + name + " (" + e.code().message() + ")";
    }
  };
  catch_forbidden_calls(on_forbidden);
  attempt("rlimits", [&] {
    limit_resources(memory_mb);
    return std::string();
  });
  require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
  attempt("Landlock", [] { return " " + std::to_string(restrict_files()); });
  attempt("seccomp", [] {
    filter_for_loading();
    is_filtered = true;
    return std::string();
  });
  return done + missing;
}

std::string_view missing_fences(std::string_view confinement) {
  const auto at = confinement.find("; ");
  return at == confinement.npos ? std::string_view() : confinement.substr(at + 2);
}

namespace {

// In a child, which must not come back into its parent's code: hence noexcept.
[[noreturn]] void describe_to(int descriptor) noexcept {
  constexpr unsigned memory_mb = 64;
  const auto words = confine_for_loading(memory_mb, [](int) { _exit(1); });
  const auto written = write(descriptor, words.data(), words.size());
  _exit(written < 0 ? 1 : 0);
}

}  // namespace

std::string describe() {
  if (built_with_sanitizers()) return "not confined: this stet was built with sanitizers";
  int ends[2];
  require(pipe2(ends, O_CLOEXEC), "pipe2");
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  const int child = fork();
  require(child, "fork");
  if (child == 0) describe_to(writing.get());
  writing.reset();
  std::array<char, 1000> words{};
  const auto size = read(reading.get(), words.data(), words.size());
  waitpid(child, nullptr, 0);
  return size > 0 ? std::string(words.data(), static_cast<size_t>(size))
                  : "not known: no process could try it";
}

void confine_for_verifying() {
  // Not earlier: the loader reads the plugin through /proc/self/fd, which only a dumpable process may.
  // A crash is then not handed, with the document in it, to a core dump service.
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (is_filtered) filter_for_verifying();
}

}  // namespace stet::sandbox
