// Says when devices come and go.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

namespace meanwhile {

// Owns the threads "device-watch" (cameras by their names in /dev, monitors by RandR) and "sound-watch"
// (microphones and loudspeakers, by the sound server; also when that comes back). What isn't there at the
// start (an X server) isn't watched. Costs nothing while nothing happens, but for one look a while for a
// sound server where there is none.
class DeviceWatch {
 public:
  // on_change: called on a thread of the watch's, a little after the last of several changes: what
  // list_devices() gives may be another list now. device_folder: where cameras appear.
  static std::unique_ptr<DeviceWatch> start(std::function<void()> on_change,
                                            const std::filesystem::path& device_folder = "/dev");
  virtual ~DeviceWatch() = default;
};

}  // namespace meanwhile
