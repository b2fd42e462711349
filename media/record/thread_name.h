// Threads are named after what they do, so that debuggers and top tell them apart.
#pragma once

#include <pthread.h>

#include <string>

namespace meanwhile {

// Names the calling thread; the kernel keeps 15 characters.
inline void name_this_thread(const std::string& name) {
#ifdef __APPLE__
  pthread_setname_np(name.substr(0, 15).c_str());
#else
  pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
#endif
}

}  // namespace meanwhile
