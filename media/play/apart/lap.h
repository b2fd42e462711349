// What a player gives its decoder: the bytes that it asked for, and back the pictures that were shown.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "media/play/apart/messages.h"
#include "media/play/apart/sealed_memory.h"
#include "media/play/newer_mark.h"

namespace meanwhile {

constexpr std::size_t kLapGivenBytes = 256 * 1024;
// Sparse: pages that no picture lay in take no memory. A decoder holds up to 17 pictures, a window 36 more.
constexpr std::size_t kArenaBytes = sizeof(void*) == 8 ? std::size_t{1} << 30 : std::size_t{192} << 20;

// Shared memory that only the player's process can write to.
struct Lap {
  // How often the picture of a ticket came back: no message, so that any thread can let go of a picture, at
  // once.
  std::array<std::atomic<std::uint32_t>, kTickets> returned{};
  LetGoTime let_go_from{};  // NewerMark's
  std::array<std::byte, kLapGivenBytes> given{};
};
static_assert(std::atomic<std::uint32_t>::is_always_lock_free);

// Zeros, as the memory begins, are an empty one.
inline Lap& lap_in(const SealedMemory& memory) {
  return *reinterpret_cast<Lap*>(memory.bytes().data());
}

}  // namespace meanwhile
