#include "media/play/apart/landlock.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "media/base/descriptor.h"

namespace meanwhile {
namespace {

// linux/landlock.h as of ABI 6: the system's own may be older than its kernel, and the kernel takes the
// beginning that it knows.
struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scopes = 0;
};
constexpr std::uint32_t kAskVersion = 1;  // LANDLOCK_CREATE_RULESET_VERSION

constexpr std::uint64_t lowest_bits(int count) {
  return (std::uint64_t{1} << count) - 1;
}

// All that may be forbidden: each version added some.
Ruleset all_of(long version) {
  Ruleset ruleset{.files = lowest_bits(version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13)};
  if (version >= 4) ruleset.network = lowest_bits(2);
  if (version >= 6) ruleset.scopes = lowest_bits(2);
  return ruleset;
}

std::size_t size_of(long version) {
  return version >= 6   ? sizeof(Ruleset)
         : version >= 4 ? offsetof(Ruleset, scopes)
                        : offsetof(Ruleset, network);
}

}  // namespace

bool forbid_files() {
  const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, kAskVersion);
  if (version < 1) return false;
  const Ruleset ruleset = all_of(version);
  const Descriptor descriptor(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &ruleset, size_of(version), 0)));
  return descriptor.is_open() && ::syscall(SYS_landlock_restrict_self, descriptor.get(), 0) == 0;
}

}  // namespace meanwhile
