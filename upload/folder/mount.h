// What a folder is mounted by, where that takes everything at once and sends it on later.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace meanwhile {

// The program that does so ("rclone"), by the text of /proc/self/mountinfo; "": none, as far as one can tell.
// device: as stat() says. Source: proc_pid_mountinfo(5).
std::string late_sender(std::string_view mountinfo, std::uint64_t device);

// The same on this machine; "" where there is no /proc.
std::string late_sender(std::uint64_t device);

}  // namespace meanwhile
