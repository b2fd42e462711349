#include "media/play/apart/sandbox.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstddef>

#include "media/play/apart/landlock.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/sanitizers.h"
#include "media/play/apart/system_calls.h"

namespace meanwhile {
namespace {

// Beside the arena: libraries, stacks, and what the decoder of the largest picture keeps for itself.
constexpr std::size_t kMostBytes =
    kArenaBytes + (sizeof(void*) == 8 ? std::size_t{3} << 30 : kArenaBytes * 3);

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{.rlim_cur = most, .rlim_max = most};
  ::setrlimit(resource, &both);
}

}  // namespace

Walls wall_off() {
  ::prctl(PR_SET_DUMPABLE, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  const bool may_filter = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  Walls walls{.landlock = may_filter && forbid_files()};
  if (!kIsSanitized) limit(RLIMIT_NOFILE, 0);       // they ask by a pipe whether memory can be read
  if (!kIsSanitized) limit(RLIMIT_AS, kMostBytes);  // they map terabytes
  walls.seccomp = may_filter && forbid_system_calls();
  return walls;
}

}  // namespace meanwhile
