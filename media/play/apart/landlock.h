// The kernel's fence around files.
#pragma once

namespace meanwhile {

// This thread and what it starts can open, make and remove no file any more, and reach no TCP port or
// abstract socket where the kernel knows of those. False: this kernel has no landlock. Source:
// https://docs.kernel.org/userspace-api/landlock.html
bool forbid_files();

}  // namespace meanwhile
