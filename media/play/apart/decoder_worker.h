// What a decoder's process does.
#pragma once

#include <cstddef>
#include <span>

#include "media/play/apart/lap.h"
#include "media/play/apart/messages.h"

namespace meanwhile {

// Carries out orders until the player's process is gone; ends the process then. walls: what it tells the
// player first.
[[noreturn]] void run_decoder_worker(int socket, const Lap& lap, std::span<std::byte> arena,
                                     const Walls& walls);

}  // namespace meanwhile
