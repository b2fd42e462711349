#include "media/capture/devices.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "media/base/translation.h"
#include "media/capture/avdevice/cameras.h"
#include "media/capture/camera_mode.h"
#include "media/capture/x11/connection.h"
#ifdef MEANWHILE_PIPEWIRE
#include "media/capture/pipewire/cameras.h"
#include "media/capture/portal/portal_source.h"
#endif
#ifdef MEANWHILE_X11
#include "media/capture/x11/monitors.h"
#include "media/capture/x11/windows.h"
#endif
#ifdef MEANWHILE_PULSE
#include "media/capture/pulse/connection.h"
#endif

namespace meanwhile {
namespace {

#ifdef MEANWHILE_PIPEWIRE
// What can be picked is the desktop's secret until the person does.
void add_portal(std::vector<Device>& devices) {
  if (!check_portal()) return;
  devices.push_back({.kind = DeviceKind::Screen,
                     .spec = std::string(kPortalSpec),
                     .name = tr("The screen or window chosen last"),
                     .details = tr("the desktop asks where it doesn't remember"),
                     .is_default = true});
  devices.push_back({.kind = DeviceKind::Screen,
                     .spec = std::string(kPortalAskSpec),
                     .name = tr("Choose a screen or window"),
                     .details = tr("the desktop asks each time")});
}

void add_pipewire_cameras(std::vector<Device>& devices) {
  const auto is_listed = [&devices](const std::string& path) {
    return std::ranges::any_of(devices, [&](const Device& device) { return device.spec == "v4l2:" + path; });
  };
  const bool has_default = std::ranges::any_of(
      devices, [](const Device& device) { return device.kind == DeviceKind::Camera && device.is_default; });
  bool is_first = !has_default;
  for (const PipeWireCamera& camera : list_pipewire_cameras()) {
    if (is_listed(camera.device_path)) continue;
    devices.push_back({.kind = DeviceKind::Camera,
                       .spec = std::string(kPipeWirePrefix) + camera.node,
                       .name = camera.description,
                       .details = tr("through PipeWire"),
                       .is_default = is_first});
    is_first = false;
  }
}
#else
void add_pipewire_cameras(std::vector<Device>&) {}
#endif

#ifdef MEANWHILE_X11
void add_monitors(const XScreen& x, std::vector<Device>& devices) {
  bool is_first = true;
  for (const Monitor& monitor : list_monitors(x)) {
    devices.push_back(
        {.kind = DeviceKind::Screen,
         .spec = spec_for(x.display, monitor),
         .name = fmt::format("{}, {} x {}", monitor.name, monitor.area.width, monitor.area.height),
         .details = tr_format("at {}, {} of the display {}", monitor.area.x, monitor.area.y, x.display),
         .is_default = is_first});
    is_first = false;
  }
}

void add_windows(const XScreen& x, std::vector<Device>& devices) {
  for (const AppWindow& window : list_windows(x)) {
    devices.push_back({.kind = DeviceKind::Window,
                       .spec = spec_for(x.display, window),
                       .name = window.name,
                       .details = fmt::format("{} x {}", window.size.width, window.size.height)});
  }
}

void add_x11_screens(std::vector<Device>& devices) {
  const auto x = connect_to_x("");
  if (!x) return;
  add_monitors(*x, devices);
  add_windows(*x, devices);
}
#else
void add_x11_screens(std::vector<Device>&) {}
#endif

// A Wayland desktop's X server shows only what is its own, on black: it is no screen.
void add_screens(std::vector<Device>& devices) {
#ifdef MEANWHILE_PIPEWIRE
  if (is_wayland_session()) return add_portal(devices);
#endif
  add_x11_screens(devices);
}

// "mjpeg 1280x720:30, 640x480:30; yuyv422 640x480:30": each size once, with its highest rate.
std::string describe_modes(const std::vector<CameraMode>& modes) {
  std::vector<CameraMode> shown;
  for (const CameraMode& mode : modes) {
    const auto same = std::ranges::find_if(shown, [&mode](const CameraMode& other) {
      return other.format == mode.format && other.width == mode.width && other.height == mode.height;
    });
    if (same == shown.end()) {
      shown.push_back(mode);
    } else {
      same->frames_per_second = std::max(same->frames_per_second, mode.frames_per_second);
    }
  }
  std::string text;
  std::string format;
  for (const CameraMode& mode : shown) {
    const char* between = text.empty() ? "" : "; ";
    text += mode.format == format ? ", " : between + mode.format + " ";
    text += mode_words(mode);
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
                       .is_default = is_first,
                       .modes = camera.modes});
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
    Device device{.kind = source.is_monitor ? DeviceKind::SystemAudio : DeviceKind::Microphone,
                  .spec = "pulse:" + source.name,
                  .name = source.description,
                  .details = source.channels == 1
                                 ? tr("mono")
                                 : tr_count(source.channels, "{} channel", "{} channels", source.channels),
                  .is_default = is_default};
    if (!source.is_monitor) device.inputs = source.channels;
    devices.push_back(std::move(device));
  }
}
#else
void add_sound(std::vector<Device>&) {}
#endif

}  // namespace

std::string input_spec(const Device& microphone, int input) {
  return fmt::format("{}@{}", microphone.spec, input);
}

std::vector<Device> list_devices() {
  std::vector<Device> devices;
  add_screens(devices);
  add_cameras(devices);
  add_pipewire_cameras(devices);
  add_sound(devices);
  std::stable_sort(devices.begin(), devices.end(),
                   [](const Device& a, const Device& b) { return a.kind < b.kind; });
  return devices;
}

}  // namespace meanwhile
