#include "upload/hash_at_once.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>

#include "media/base/at_once.h"

namespace meanwhile {
namespace {

// Takes about 2 ms: a thread's start is little beside it.
constexpr std::uint64_t kBytesWorthAThread = 4 << 20;
// More would wait for the disk, or take the processor from who records.
constexpr std::uint64_t kMostHashers = 4;

}  // namespace

void hash_at_once(std::size_t count, std::uint64_t bytes, const std::function<void(std::size_t)>& hash) {
  const std::uint64_t most = std::clamp<std::uint64_t>(std::thread::hardware_concurrency(), 1, kMostHashers);
  at_once(count, std::min(most, 1 + bytes / kBytesWorthAThread), "hash", hash);
}

}  // namespace meanwhile
