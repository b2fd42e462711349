// The kernel's filter of system calls.
#pragma once

namespace meanwhile {

// This process makes no system call any more but what decoding takes: memory that can't be executed, threads,
// locks, the clock, packets over what it holds open. All others answer EPERM, so that a C library that tries
// something new goes on without it. PR_SET_NO_NEW_PRIVS must be set. False: this kernel has no seccomp, or it
// is a build with sanitizers, which make calls of their own. Source: seccomp(2);
// https://docs.kernel.org/userspace-api/seccomp_filter.html
bool forbid_system_calls();

}  // namespace meanwhile
