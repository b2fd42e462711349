#include "media/play/apart/system_calls.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "media/play/apart/sanitizers.h"

namespace meanwhile {
namespace {

// Numbers of calls mean something else to a program of another kind (seccomp(2)).
#if defined(__x86_64__) && !defined(__ILP32__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#elif defined(__riscv) && __riscv_xlen == 64
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_RISCV64;
#else
constexpr std::uint32_t kArchitecture = 0;  // not known here: no filter
#endif

constexpr long kAllowed[] = {
    SYS_recvfrom,
    SYS_sendmsg,
    SYS_futex,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_brk,
    SYS_clock_gettime,
    SYS_gettimeofday,
    SYS_getrandom,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_getpid,
    SYS_gettid,
    SYS_set_robust_list,
    SYS_set_tid_address,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_restart_syscall,
    SYS_sysinfo,
    SYS_close,
    SYS_exit,
    SYS_exit_group,
#ifdef SYS_rseq
    SYS_rseq,
#endif
};

class Program {
 public:
  void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)); }
  void answer(std::uint32_t action) { add(BPF_RET | BPF_K, action); }
  void answer_if_equal(std::uint32_t value, std::uint32_t action) {
    add_jump(BPF_JEQ, value, 0, 1);
    answer(action);
  }
  void answer_unless_equal(std::uint32_t value, std::uint32_t action) {
    add_jump(BPF_JEQ, value, 1, 0);
    answer(action);
  }
  // Of call `number`: only those whose argument has none of `bad` and all of `good`. The number is loaded.
  void allow_by_bits(long number, int argument, std::uint32_t bad, std::uint32_t good) {
    add_jump(BPF_JEQ, static_cast<std::uint32_t>(number), 0, 6);
    load(lower_half(argument));
    add_jump(BPF_JSET, bad, 2, 0);
    add(BPF_ALU | BPF_AND | BPF_K, good);
    add_jump(BPF_JEQ, good, 1, 0);
    answer(kRefuse);
    answer(SECCOMP_RET_ALLOW);
  }
  bool apply() {
    sock_fprog program{.len = static_cast<unsigned short>(code_.size()), .filter = code_.data()};
    return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
  }

  static constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;

 private:
  static std::size_t lower_half(int argument) {
    const std::size_t half = std::endian::native == std::endian::little ? 0 : sizeof(std::uint32_t);
    return offsetof(seccomp_data, args) + static_cast<std::size_t>(argument) * sizeof(std::uint64_t) + half;
  }
  void add(int code, std::uint32_t value) {
    code_.push_back({static_cast<std::uint16_t>(code), 0, 0, value});
  }
  void add_jump(int test, std::uint32_t value, std::uint8_t if_so, std::uint8_t if_not) {
    code_.push_back({static_cast<std::uint16_t>(BPF_JMP | test | BPF_K), if_so, if_not, value});
  }

  std::vector<sock_filter> code_;
};

}  // namespace

bool forbid_system_calls() {
  if (kIsSanitized || kArchitecture == 0) return false;
  Program program;
  program.load(offsetof(seccomp_data, arch));
  program.answer_unless_equal(kArchitecture, SECCOMP_RET_KILL_PROCESS);
  program.load(offsetof(seccomp_data, nr));
  for (const long number : kAllowed)
    program.answer_if_equal(static_cast<std::uint32_t>(number), SECCOMP_RET_ALLOW);
  // The C library falls back on clone, whose flags can be looked at: threads, no processes.
  program.answer_if_equal(SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
  program.allow_by_bits(SYS_clone, 0, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET, CLONE_THREAD | CLONE_VM);
  program.allow_by_bits(SYS_mmap, 2, PROT_EXEC, 0);
  program.allow_by_bits(SYS_mprotect, 2, PROT_EXEC, 0);
  program.answer(Program::kRefuse);
  return program.apply();
}

}  // namespace meanwhile
