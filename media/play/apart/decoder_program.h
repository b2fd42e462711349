// The program that decoders are split off from.
#pragma once

#include <cstdint>

namespace meanwhile {

// The number of the socket over which it is asked.
constexpr int kDecoderSocket = 3;

// The question, with three descriptors: the new process's socket, its lap and its arena. The answer, with its
// pidfd, or an errno.
struct SplitOff {
  std::int32_t error = 0;
};

// What main() does when it was started as kDecoderName: splits off processes until the one that started it is
// gone. Answers the exit status. Never sees what is decoded itself.
int run_decoder_processes();

}  // namespace meanwhile
