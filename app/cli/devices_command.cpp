#include <fmt/format.h>

#include <string>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/camera_mode.h"
#include "media/capture/devices.h"

namespace meanwhile {
namespace {

const char* kind_name(DeviceKind kind) {
  switch (kind) {
    case DeviceKind::Screen:
      return tr_later("screen");
    case DeviceKind::Window:
      return tr_later("window");
    case DeviceKind::Camera:
      return tr_later("camera");
    case DeviceKind::Microphone:
      return tr_later("microphone");
    case DeviceKind::SystemAudio:
      return tr_later("system sound");
  }
  return tr_later("device");
}

Json json_of(const Device& device) {
  Json json{{"kind", kind_name(device.kind)},
            {"spec", device.spec},
            {"name", device.name},
            {"details", device.details},
            {"default", device.is_default}};
  for (const CameraMode& mode : device.modes) {
    json["modes"].push_back({{"spec", device.spec + "@" + mode_words(mode)},
                             {"format", mode.format},
                             {"width", mode.width},
                             {"height", mode.height},
                             {"frames_per_second", mode.frames_per_second}});
  }
  for (int input = 1; device.inputs > 1 && input <= device.inputs; ++input)
    json["inputs"].push_back({{"spec", input_spec(device, input)}, {"name", fmt::format("Input {}", input)}});
  return json;
}

std::string details_words(const Device& device) {
  if (device.inputs < 2) return device.details;
  // TRANSLATORS: {0} is as "48 kHz, 2 inputs", {1} what is typed to record one.
  return tr_format("{0}; the voice is looked for in all of them, {1} takes input 1 alone", device.details,
                   input_spec(device, 1));
}

Result<void> print_devices(const Context& context) {
  Json array = Json::array();
  std::string text;
  for (const Device& device : list_devices()) {
    array.push_back(json_of(device));
    text += fmt::format("{:<13}{} {}\n{:15}{}\n", tr(kind_name(device.kind)), device.is_default ? "*" : " ",
                        device.name, "", device.spec);
    if (!device.details.empty()) text += fmt::format("{:15}{}\n", "", details_words(device));
  }
  if (text.empty()) text = tr("No screen, camera or microphone was found. `meanwhile doctor` tells more.\n");
  context.print({{"devices", array}}, text);
  return {};
}

}  // namespace

void add_devices_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("devices", tr("Lists what can be recorded, with the names to give to record"));
  run_on_parse(command, context, [](Context& used) { return print_devices(used); });
}

}  // namespace meanwhile
