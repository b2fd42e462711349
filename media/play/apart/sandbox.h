// What keeps a process that decodes other people's bytes from everything but decoding.
#pragma once

#include "media/play/apart/messages.h"

namespace meanwhile {

// From here on this process and its threads open no file, socket or process, see no other, run no other
// program, write no core, and take a bounded part of the memory; for good. What it holds open stays open.
// Answers what of it this kernel has: without seccomp and landlock only the bounds hold. Call while there is
// one thread.
Walls wall_off();

}  // namespace meanwhile
