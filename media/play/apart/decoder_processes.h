// Starts the processes that decode. One program is started for all of them, which has loaded what decoding
// takes and splits off a process for each track: so that a track that is opened waits a millisecond, not for
// a program.
#pragma once

#include <memory>
#include <string>

#include "media/base/result.h"
#include "media/play/apart/decoder_link.h"

namespace meanwhile {

// What main() is called as to be that program.
constexpr const char* kDecoderName = "meanwhile-decoder";

// From now on `program` makes the processes, started as kDecoderName: it must call run_decoder_processes()
// (decoder_program.h) then. Empty: there are none. The one that ran before ends with its processes. Any
// thread.
void set_decoder_program(const std::string& program);
bool are_decoders_apart();

// Starts it if it doesn't run yet, and has a process ready for the next track from now on, which waits and
// costs nothing until then. Doesn't wait for it. Any thread. A failure is for start_decoder() to tell.
void prepare_decoder();

// A process that waits for its first order. Any thread. Errors: Unavailable (none can be started).
Result<std::unique_ptr<DecoderLink>> start_decoder();

}  // namespace meanwhile
