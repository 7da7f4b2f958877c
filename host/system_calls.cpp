// Names for messages only: what is allowed is listed in sandbox.cpp. Numbers differ by processor, and
// some calls exist on one alone.
#include <sys/syscall.h>

#include <string>

#include "sandbox.hpp"

namespace stet::sandbox {
namespace {

struct NamedCall {
  int number;
  const char* name;
};

constexpr NamedCall named_calls[] = {
    {SYS_socket, "socket"},
    {SYS_socketpair, "socketpair"},
    {SYS_connect, "connect"},
    {SYS_bind, "bind"},
    {SYS_listen, "listen"},
    {SYS_accept, "accept"},
    {SYS_accept4, "accept4"},
    {SYS_setsockopt, "setsockopt"},
    {SYS_getsockopt, "getsockopt"},
    {SYS_shutdown, "shutdown"},
    {SYS_sendmmsg, "sendmmsg"},
    {SYS_recvmmsg, "recvmmsg"},
    {SYS_clone, "clone"},
    {SYS_clone3, "clone3"},
    {SYS_execve, "execve"},
    {SYS_execveat, "execveat"},
    {SYS_wait4, "wait4"},
    {SYS_waitid, "waitid"},
    {SYS_kill, "kill"},
    {SYS_tkill, "tkill"},
    {SYS_tgkill, "tgkill"},
    {SYS_ptrace, "ptrace"},
    {SYS_process_vm_readv, "process_vm_readv"},
    {SYS_process_vm_writev, "process_vm_writev"},
    {SYS_pidfd_open, "pidfd_open"},
    {SYS_pidfd_getfd, "pidfd_getfd"},
    {SYS_prctl, "prctl"},
    {SYS_seccomp, "seccomp"},
    {SYS_setrlimit, "setrlimit"},
    {SYS_setuid, "setuid"},
    {SYS_setgid, "setgid"},
    {SYS_capset, "capset"},
    {SYS_unshare, "unshare"},
    {SYS_setns, "setns"},
    {SYS_mount, "mount"},
    {SYS_umount2, "umount2"},
    {SYS_pivot_root, "pivot_root"},
    {SYS_chroot, "chroot"},
    {SYS_chdir, "chdir"},
    {SYS_fchdir, "fchdir"},
    {SYS_unlinkat, "unlinkat"},
    {SYS_renameat, "renameat"},
    {SYS_renameat2, "renameat2"},
    {SYS_mkdirat, "mkdirat"},
    {SYS_linkat, "linkat"},
    {SYS_symlinkat, "symlinkat"},
    {SYS_fchmodat, "fchmodat"},
    {SYS_fchownat, "fchownat"},
    {SYS_truncate, "truncate"},
    {SYS_ftruncate, "ftruncate"},
    {SYS_getdents64, "getdents64"},
    {SYS_fcntl, "fcntl"},
    {SYS_dup, "dup"},
    {SYS_dup3, "dup3"},
    {SYS_pipe2, "pipe2"},
    {SYS_ppoll, "ppoll"},
    {SYS_pselect6, "pselect6"},
    {SYS_epoll_create1, "epoll_create1"},
    {SYS_eventfd2, "eventfd2"},
    {SYS_inotify_init1, "inotify_init1"},
    {SYS_memfd_create, "memfd_create"},
    {SYS_mmap, "mmap"},
    {SYS_mprotect, "mprotect"},
    {SYS_shmget, "shmget"},
    {SYS_shmat, "shmat"},
    {SYS_io_uring_setup, "io_uring_setup"},
    {SYS_io_setup, "io_setup"},
    {SYS_bpf, "bpf"},
    {SYS_perf_event_open, "perf_event_open"},
    {SYS_userfaultfd, "userfaultfd"},
    {SYS_keyctl, "keyctl"},
    {SYS_add_key, "add_key"},
    {SYS_nanosleep, "nanosleep"},
    {SYS_clock_nanosleep, "clock_nanosleep"},
    {SYS_setitimer, "setitimer"},
    {SYS_timer_create, "timer_create"},
    {SYS_rt_sigaction, "rt_sigaction"},
    {SYS_rt_sigsuspend, "rt_sigsuspend"},
    {SYS_setsid, "setsid"},
    {SYS_setpgid, "setpgid"},
    {SYS_getppid, "getppid"},
    {SYS_reboot, "reboot"},
    {SYS_personality, "personality"},
#ifdef SYS_fork
    {SYS_fork, "fork"},
    {SYS_vfork, "vfork"},
    {SYS_unlink, "unlink"},
    {SYS_rename, "rename"},
    {SYS_mkdir, "mkdir"},
    {SYS_rmdir, "rmdir"},
    {SYS_link, "link"},
    {SYS_symlink, "symlink"},
    {SYS_chmod, "chmod"},
    {SYS_chown, "chown"},
    {SYS_creat, "creat"},
    {SYS_dup2, "dup2"},
    {SYS_pipe, "pipe"},
    {SYS_poll, "poll"},
    {SYS_select, "select"},
    {SYS_alarm, "alarm"},
    {SYS_pause, "pause"},
#endif
};

}  // namespace

std::string system_call_name(int number) {
  for (const auto& call : named_calls)
    if (call.number == number) return std::string(call.name) + " (" + std::to_string(number) + ")";
  return "number " + std::to_string(number);
}

}  // namespace stet::sandbox
