// Names that debuggers and `top -H` show.
#pragma once

namespace meanwhile {

// At most 15 characters; does nothing where the system has no such names.
void name_this_thread(const char* name);

}  // namespace meanwhile
