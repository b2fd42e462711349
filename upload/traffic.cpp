#include "upload/traffic.h"

#include <atomic>
#include <cstdint>

namespace meanwhile {
namespace {

std::atomic<std::uint64_t> moved = 0;

}  // namespace

std::uint64_t traffic() {
  return moved;
}

void note_traffic(std::uint64_t bytes) {
  moved += bytes;
}

}  // namespace meanwhile
