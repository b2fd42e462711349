// What libav has to say goes where our own messages go.
#pragma once

namespace meanwhile {

// Warnings and errors of libav become debug messages of ours (what matters reaches us as an error code
// anyway); its chatter is dropped. Any thread, any number of times.
void route_libav_messages();

}  // namespace meanwhile
