// Whether anything gets on: who waits for a place counts what moves, and gives up only in silence.
#pragma once

#include <cstdint>

namespace meanwhile {

// Bytes to and from places so far, all of this process's. Any thread.
std::uint64_t traffic();
void note_traffic(std::uint64_t bytes);

}  // namespace meanwhile
