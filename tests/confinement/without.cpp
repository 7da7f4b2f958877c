// without [landlock] [seccomp] -- COMMAND...: runs COMMAND as on a kernel that lacks these. The calls
// fail as unknown ones do, for COMMAND and all that it starts.
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <vector>

namespace {

constexpr uint32_t unknown = SECCOMP_RET_ERRNO | ENOSYS;

class Filter {
 public:
  Filter() { load(offsetof(seccomp_data, nr)); }
  void refuse(uint32_t call) {
    skip_unless_equal(call, 1);
    add(BPF_RET | BPF_K, unknown);
  }
  // When its first argument is `value`.
  void refuse(uint32_t call, uint32_t value) {
    skip_unless_equal(call, 4);
    load(offsetof(seccomp_data, args));
    skip_unless_equal(value, 1);
    add(BPF_RET | BPF_K, unknown);
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  }
  bool install() {
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    const sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  }

 private:
  void load(uint32_t offset) { add(BPF_LD | BPF_W | BPF_ABS, offset); }
  void skip_unless_equal(uint32_t value, uint8_t count) {
    code_.push_back({BPF_JMP | BPF_JEQ | BPF_K, 0, count, value});
  }
  void add(uint16_t operation, uint32_t operand) { code_.push_back({operation, 0, 0, operand}); }
  std::vector<sock_filter> code_;
};

int fail(const char* sentence) {
  std::fprintf(stderr, "without: %s\n", sentence);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  Filter filter;
  int at = 1;
  for (; at < argc && std::string_view(argv[at]) != "--"; ++at) {
    const std::string_view what = argv[at];
    if (what == "landlock") {
      for (const auto call : {SYS_landlock_create_ruleset, SYS_landlock_add_rule, SYS_landlock_restrict_self})
        filter.refuse(static_cast<uint32_t>(call));
    } else if (what == "seccomp") {
      filter.refuse(SYS_seccomp);
      filter.refuse(SYS_prctl, PR_SET_SECCOMP);
    } else {
      return fail("knows landlock and seccomp");
    }
  }
  if (at + 1 >= argc) return fail("wants: [landlock] [seccomp] -- COMMAND...");
  if (!filter.install()) return fail("this kernel has no seccomp to do it with");
  execvp(argv[at + 1], argv + at + 1);
  return fail("cannot run the command");
}
