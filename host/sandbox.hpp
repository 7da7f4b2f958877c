// Takes from the calling process all that a verifier does not need. Linux lives here.
#pragma once

#include <string>
#include <string_view>

namespace stet::sandbox {

// The sanitizers reserve terabytes of address space and make system calls of their own: what they
// are built into cannot be confined.
constexpr bool built_with_sanitizers() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)  // g++
  return true;
#elif defined(__has_feature)  // clang
  return __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
  return false;
#endif
}

// Called in a signal handler with the number of a system call that was forbidden, or -1 when it is
// not known. Must not return.
using OnForbidden = void (*)(int system_call);

// For the time of loading a plugin, whose static constructors are its own code: no file but shared
// libraries can be opened, no process, thread or socket made, and at most `memory_mb` MiB added to
// what the process has. Only for a process with one thread; cannot be undone.
// Gives what was done, such as "process, rlimits, Landlock 7, seccomp"; what this kernel does not
// have is done without, and named: "process, rlimits, seccomp; no Landlock (Function not implemented)".
std::string confine_for_loading(unsigned memory_mb, OnForbidden on_forbidden);

// The part of such words that says what was missing: "no Landlock (Function not implemented)", or nothing.
std::string_view missing_fences(std::string_view confinement);

// The words that confine_for_loading() gives on this machine, found by doing it in a child process that
// ends at once; the calling process stays as it is. "not confined: ..." in a build that cannot be.
// Throws std::system_error when no child can be made.
std::string describe();

// After loading: no file can be opened and no memory made executable. Without effect where
// confine_for_loading() had no seccomp. A static constructor that never gives control back stays
// outside this second fence, and inside the first.
void confine_for_verifying();

// "socket (41)", or "number 9999" for one that has no name here.
std::string system_call_name(int number);

}  // namespace stet::sandbox
