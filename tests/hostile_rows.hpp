// What hostile plugins are told to do, and what must become of it.
#pragma once

#include <array>

#include "finding.hpp"

namespace stet::testing {

// `reason` may end with "*", which stands for anything: system calls have other numbers on other processors.
struct Row {
  const char* word;
  Outcome::Kind kind;
  const char* reason;
  Outcome::Kind next = Outcome::Kind::checked;  // on the next document, on which the plugin behaves
};

using Kind = Outcome::Kind;

// Fixtures that can do one thing alone, and do it again to the next document.
constexpr auto by_fixture = std::to_array<Row>({
    {"throws-raw", Kind::failed, "an exception left through the C ABI: left through the C ABI", Kind::failed},
    {"no-instance", Kind::failed, "its word list is missing", Kind::failed},
    {"wrong-abi", Kind::failed, "needs plugin ABI 2, this stet has 1", Kind::failed},
    {"small-struct", Kind::failed, "its stet_plugin has 16 bytes, version 1 has 32", Kind::failed},
});

// Fixture `says`: statements outside the contract.
constexpr auto by_saying = std::to_array<Row>({
    {"range-beyond", Kind::failed,
     "a finding outside the contract: range 5-4000000000 is not in the text of 46 bytes"},
    {"range-reversed", Kind::failed,
     "a finding outside the contract: range 4-2 is not in the text of 48 bytes"},
    {"range-in-character", Kind::failed, "a finding outside the contract: range 0-31 splits a character"},
    {"fact-beyond", Kind::failed,
     "a fact outside the contract: range 0-4294967295 is not in the text of 45 bytes"},
    {"undeclared-check", Kind::failed, "a finding outside the contract: check 'x' is not declared"},
    {"undeclared-fact", Kind::failed, "a fact outside the contract: kind 'x' is not declared"},
    {"no-check", Kind::failed, "a finding outside the contract: check '' is not declared"},
    {"no-message", Kind::failed, "a finding outside the contract: it has no message"},
    {"severity-7", Kind::failed, "a finding outside the contract: there is no severity 7"},
    {"severity-negative", Kind::failed, "a finding outside the contract: there is no severity -1"},
    {"message-not-utf8", Kind::failed, "a finding outside the contract: its message is not UTF-8"},
    {"check-not-utf8", Kind::failed, "a finding outside the contract: its check is not UTF-8"},
    {"fields-not-utf8", Kind::failed, "a fact outside the contract: its fields is not JSON at byte 11"},
    {"fix-not-utf8", Kind::failed, "a finding outside the contract: its fix is not UTF-8"},
    {"not-json", Kind::failed, "a finding outside the contract: its evidence is not JSON at byte 10"},
    {"two-members", Kind::checked, ""},
    {"huge-number", Kind::failed,
     "a finding outside the contract: its evidence is a whole number beyond 2^53 - 1"},
    {"endless-number", Kind::failed,
     "a finding outside the contract: its evidence is JSON with a number out of range"},
    {"deep-json", Kind::failed, "a finding outside the contract: its evidence is JSON nested deeper than 64"},
    {"array", Kind::failed, "a finding outside the contract: its evidence is no JSON object"},
    {"no-fields", Kind::failed, "a fact outside the contract: its fields is not JSON at byte 1"},
    {"host-field", Kind::failed, "a fact outside the contract: its fields hold \"plugin\""},
    {"message-nowhere", Kind::failed, "a finding outside the contract: a text without a pointer"},
    {"evidence-nowhere", Kind::failed, "a finding outside the contract: a text without a pointer"},
    {"message-unmapped", Kind::crashed, "Segmentation fault"},
    {"message-endless", Kind::failed, "a finding outside the contract: over 65536 bytes of text"},
    {"related-nowhere", Kind::failed, "a finding outside the contract: 1 related ranges"},
    {"related-many", Kind::failed, "a finding outside the contract: 2000 related ranges"},
    {"related-endless", Kind::failed, "a finding outside the contract: 4294967295 related ranges"},
    {"related-beyond", Kind::failed,
     "a finding outside the contract: range 0-1000000 is not in the text of 48 bytes"},
    {"fix-beyond", Kind::failed,
     "a finding outside the contract: range 0-1000000 is not in the text of 44 bytes"},
    {"size-0", Kind::failed, "a finding outside the contract: it has 0 bytes, the least is 48"},
    {"fact-size-8", Kind::failed, "a fact outside the contract: it has 8 bytes, the least is 48"},
    {"no-finding", Kind::crashed, "Segmentation fault"},
    {"huge", Kind::failed, "a finding outside the contract: over 65536 bytes of text"},
    {"many-findings", Kind::failed, "more than 10000 findings"},
    {"many-facts", Kind::failed, "more than 10000 facts"},
    {"many-megabytes", Kind::failed, "more than 16 MiB of findings and facts"},
    {"ignore-refusal", Kind::failed, "a finding outside the contract: it has no message"},
    {"return-2", Kind::failed, "failed without a reason"},
    {"fail-without-reason", Kind::failed, "failed without a reason"},
    {"fail-nowhere", Kind::failed, "failed without a reason"},
    {"fail-and-return-1", Kind::checked, ""},
    {"unknown-service", Kind::checked, ""},
});

// Fixture `acts`, and what it may try though nothing confines it.
constexpr auto by_acting = std::to_array<Row>({
    {"throw", Kind::failed, "the date table is empty"},
    {"throw-number", Kind::failed, "an exception that is not a std::exception"},
    {"throw-nothing", Kind::failed, "failed without a reason"},
    {"throw-control", Kind::failed, " [2J ?"},
    {"loop", Kind::timed_out, "no answer within 500 ms"},
    {"exit", Kind::crashed, "exit status 0"},
    {"exit-3", Kind::crashed, "exit status 3"},
    {"loop-at-exit", Kind::timed_out, "no answer within 500 ms"},
    {"arm-exit", Kind::checked, ""},
    {"stop", Kind::timed_out, "no answer within 500 ms"},
    {"kill-itself", Kind::crashed, "Killed"},
    {"write-everywhere", Kind::failed, "a message outside the protocol"},
    {"forge-answer", Kind::checked, "", Kind::timed_out},
    {"forge-start", Kind::failed, "a message outside the protocol"},
    {"forge-cut-short", Kind::failed, "a message outside the protocol"},
    {"forge-finding", Kind::failed, "a message outside the protocol"},
    {"forge-call", Kind::forbidden, "system call number 2139062143"},
    {"forge-nothing", Kind::crashed, "closed its channel and went on running"},
    {"forge-huge", Kind::failed, "a message over *"},
    {"hang-up", Kind::crashed, "closed its channel and went on running"},
    {"hang-up-and-return", Kind::crashed, "exit status 0"},
});

// Only behind all fences: without them it would do it.
constexpr auto by_acting_confined = std::to_array<Row>({
    {"open-to-read", Kind::failed, "refused: Permission denied"},
    {"open-to-write", Kind::failed, "refused: Permission denied"},
    {"open-own-memory", Kind::failed, "refused: Permission denied"},
    {"open-many", Kind::failed, "refused: Permission denied"},
    {"memfd", Kind::forbidden, "system call memfd_create (*"},
    {"unlink", Kind::forbidden, "system call unlink (*"},
    {"socket", Kind::forbidden, "system call socket (*"},
    {"socketpair", Kind::forbidden, "system call socketpair (*"},
    {"dup-many", Kind::forbidden, "system call dup (*"},
    {"fcntl-dup", Kind::forbidden, "system call fcntl (*"},
    {"epoll", Kind::forbidden, "system call epoll_create1 (*"},
    {"send-descriptor", Kind::failed, "a message outside the protocol"},
    {"fork", Kind::forbidden, "system call clone (*"},
    {"thread", Kind::forbidden, "a system call that it kept from being named"},
    {"exec", Kind::forbidden, "system call execve (*"},
    {"new-session", Kind::forbidden, "system call setsid (*"},
    {"unshare", Kind::forbidden, "system call unshare (*"},
    {"ptrace-host", Kind::forbidden, "system call ptrace (*"},
    {"write-host-memory", Kind::forbidden, "system call process_vm_writev (*"},
    {"kill-host", Kind::forbidden, "system call kill (*"},
    {"tgkill-host", Kind::forbidden, "system call tgkill (*"},
    {"tkill-host", Kind::forbidden, "system call tkill (*"},
    {"queue-to-host", Kind::forbidden, "system call rt_sigqueueinfo (*"},
    {"pidfd-of-host", Kind::forbidden, "system call pidfd_open (*"},
    {"pidfd-kill", Kind::forbidden, "system call pidfd_send_signal (*"},
    {"handle-sigsys", Kind::forbidden, "system call rt_sigaction (*"},
    {"block-signals", Kind::forbidden, "a system call that it kept from being named"},
    {"dumpable", Kind::forbidden, "system call prctl (*"},
    {"outlive-host", Kind::forbidden, "system call prctl (*"},
    {"own-filter", Kind::forbidden, "system call seccomp (*"},
    {"old-own-filter", Kind::forbidden, "system call prctl (*"},
    {"raise-limit", Kind::failed, "refused: Permission denied"},
    {"raise-limit-raw", Kind::forbidden, "system call setrlimit (*"},
    {"capabilities", Kind::forbidden, "system call capset (*"},
    {"executable-memory", Kind::forbidden, "system call mmap (*"},
    {"make-executable", Kind::forbidden, "system call mprotect (*"},
    {"poison-memory", Kind::forbidden, "system call madvise (*"},
    {"io-uring", Kind::forbidden, "system call io_uring_setup (*"},
    {"bpf", Kind::forbidden, "system call bpf (*"},
    {"userfaultfd", Kind::forbidden, "system call userfaultfd (*"},
    {"keyring", Kind::forbidden, "system call keyctl (*"},
    {"timer", Kind::forbidden, "system call setitimer (*"},
    {"sleep", Kind::forbidden, "system call clock_nanosleep (*"},
    {"x32-socket", Kind::forbidden, "system call number 1073741865"},
    {"unknown-call", Kind::failed, "refused: Function not implemented"},
    {"throw-noexcept", Kind::crashed, "Aborted"},
    {"segfault", Kind::crashed, "Segmentation fault"},
    {"abort", Kind::crashed, "Aborted"},
    {"trap", Kind::crashed, "Illegal instruction"},
    {"double-free", Kind::crashed, "Aborted"},
    {"stack-overflow", Kind::crashed, "Segmentation fault"},
    {"memory-new", Kind::failed, "std::bad_alloc"},
    {"memory-malloc", Kind::failed, "refused: Cannot allocate memory"},
    {"memory-mmap", Kind::failed, "refused: Cannot allocate memory"},
    {"sigsys-itself", Kind::forbidden, "system call that was not named"},
    {"survive-segfault", Kind::timed_out, "no answer within 500 ms"},
});

// The same while it is loaded, before any function of the ABI is called.
constexpr auto at_load = std::to_array<Row>({
    {"exit", Kind::crashed, "exit status 0", Kind::crashed},
    {"loop", Kind::timed_out, "not ready within 500 ms", Kind::timed_out},
    {"stop", Kind::timed_out, "not ready within 500 ms", Kind::timed_out},
    {"hang-up", Kind::crashed, "closed its channel and went on running", Kind::crashed},
    {"forge-answer", Kind::failed, "a message outside the protocol", Kind::failed},
});

constexpr auto at_load_confined = std::to_array<Row>({
    {"throw", Kind::crashed, "Aborted", Kind::crashed},
    {"segfault", Kind::crashed, "Segmentation fault", Kind::crashed},
    {"stack-overflow", Kind::crashed, "Segmentation fault", Kind::crashed},
    {"memory-new", Kind::crashed, "Aborted", Kind::crashed},
    {"open-to-read", Kind::failed, "at load refused: Permission denied", Kind::failed},
    {"open-to-write", Kind::failed, "at load refused: Permission denied", Kind::failed},
    {"socket", Kind::forbidden, "system call socket (*", Kind::forbidden},
    {"fork", Kind::forbidden, "system call clone (*", Kind::forbidden},
    {"exec", Kind::forbidden, "system call execve (*", Kind::forbidden},
    {"kill-host", Kind::forbidden, "system call kill (*", Kind::forbidden},
    {"ptrace-host", Kind::forbidden, "system call ptrace (*", Kind::forbidden},
    {"outlive-host", Kind::forbidden, "system call prctl (*", Kind::forbidden},
    {"handle-sigsys", Kind::forbidden, "system call rt_sigaction (*", Kind::forbidden},
    {"block-signals", Kind::forbidden, "a system call that it kept from being named", Kind::forbidden},
    {"raise-limit", Kind::failed, "at load refused: Permission denied", Kind::failed},
    {"memfd", Kind::forbidden, "system call memfd_create (*", Kind::forbidden},
    {"poison-memory", Kind::forbidden, "system call madvise (*", Kind::forbidden},
});

}  // namespace stet::testing
