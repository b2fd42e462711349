#include "media/capture/avdevice/camera_watch.h"

#ifdef __linux__
#include <sys/inotify.h>
#include <unistd.h>
#endif

#include <array>
#include <cstddef>
#include <filesystem>
#include <string_view>

namespace meanwhile {

#ifdef __linux__

namespace {

int watch_folder(const std::filesystem::path& folder) {
  const int descriptor = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  // IN_ATTRIB: udev gives the person the right to a new device only after its name is there.
  if (descriptor >= 0) ::inotify_add_watch(descriptor, folder.c_str(), IN_CREATE | IN_DELETE | IN_ATTRIB);
  return descriptor;
}

}  // namespace

CameraWatch::CameraWatch(const std::filesystem::path& device_folder)
    : descriptor_(watch_folder(device_folder)) {}

CameraWatch::~CameraWatch() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool CameraWatch::take_changes() {
  one_thread_.check();
  if (descriptor_ < 0) return false;
  bool has_changed = false;
  alignas(inotify_event) std::array<char, 4096> buffer;
  ssize_t got = 0;
  while ((got = ::read(descriptor_, buffer.data(), buffer.size())) > 0) {
    for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      at += sizeof(inotify_event) + event->len;
      const std::string_view name = event->len > 0 ? event->name : "";
      if (name.starts_with("video") || (event->mask & IN_Q_OVERFLOW) != 0) has_changed = true;
    }
  }
  return has_changed;
}

#else  // there is no /dev to watch

CameraWatch::CameraWatch(const std::filesystem::path& /*device_folder*/) : descriptor_(-1) {}
CameraWatch::~CameraWatch() = default;
bool CameraWatch::take_changes() {
  one_thread_.check();
  return false;
}

#endif

}  // namespace meanwhile
