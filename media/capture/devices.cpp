#include "media/capture/devices.h"

#include <algorithm>
#include <set>

#include "fmt/format.h"
#include "media/capture/avdevice/cameras.h"
#ifdef MEANWHILE_X11
#include "media/capture/x11/monitors.h"
#endif
#ifdef MEANWHILE_PULSE
#include "media/capture/pulse/connection.h"
#endif

namespace meanwhile {
namespace {

#ifdef MEANWHILE_X11
void add_screens(std::vector<Device>& devices) {
  const auto x = connect_to_x("");
  if (!x) return;
  bool is_first = true;
  for (const Monitor& monitor : list_monitors(*x)) {
    devices.push_back(
        {.kind = DeviceKind::Screen,
         .spec = spec_for(x->display, monitor),
         .name = fmt::format("{}, {} x {}", monitor.name, monitor.area.width, monitor.area.height),
         .details = fmt::format("at {}, {} of the display {}", monitor.area.x, monitor.area.y, x->display),
         .is_default = is_first});
    is_first = false;
  }
}
#else
void add_screens(std::vector<Device>&) {}
#endif

// "mjpeg 1280x720, 640x480; yuyv422 640x480"
std::string describe_modes(const std::vector<CameraMode>& modes) {
  std::string text;
  std::string format;
  std::set<std::string> seen;
  for (const CameraMode& mode : modes) {
    const std::string size = fmt::format("{}x{}", mode.width, mode.height);
    if (!seen.insert(mode.format + size).second) continue;
    text += mode.format == format ? ", " + size
                                  : fmt::format("{}{} {}", text.empty() ? "" : "; ", mode.format, size);
    format = mode.format;
  }
  return text;
}

void add_cameras(std::vector<Device>& devices) {
  bool is_first = true;
  for (const Camera& camera : list_cameras()) {
    devices.push_back({.kind = DeviceKind::Camera,
                       .spec = "v4l2:" + camera.path,
                       .name = camera.name,
                       .details = describe_modes(camera.modes),
                       .is_default = is_first});
    is_first = false;
  }
}

#ifdef MEANWHILE_PULSE
void add_sound(std::vector<Device>& devices) {
  const auto connection = PulseConnection::connect();
  if (!connection) return;
  const auto sound = (*connection)->list();
  if (!sound) return;
  const PulseDevice* microphone = default_microphone(*sound);
  for (const PulseDevice& source : sound->sources) {
    const bool is_default = source.is_monitor ? source.name == sound->default_monitor
                                              : microphone && source.name == microphone->name;
    devices.push_back({.kind = source.is_monitor ? DeviceKind::SystemAudio : DeviceKind::Microphone,
                       .spec = "pulse:" + source.name,
                       .name = source.description,
                       .details = source.channels == 1 ? "mono" : fmt::format("{} channels", source.channels),
                       .is_default = is_default});
  }
}
#else
void add_sound(std::vector<Device>&) {}
#endif

}  // namespace

std::vector<Device> list_devices() {
  std::vector<Device> devices;
  add_screens(devices);
  add_cameras(devices);
  add_sound(devices);
  std::stable_sort(devices.begin(), devices.end(),
                   [](const Device& a, const Device& b) { return a.kind < b.kind; });
  return devices;
}

}  // namespace meanwhile
