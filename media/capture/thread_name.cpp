#include "media/capture/thread_name.h"

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace meanwhile {

void name_this_thread([[maybe_unused]] const char* name) {
#ifdef __linux__
  prctl(PR_SET_NAME, name);
#endif
}

}  // namespace meanwhile
