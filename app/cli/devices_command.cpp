#include <fmt/format.h>

#include <string>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/capture/camera_mode.h"
#include "media/capture/devices.h"

namespace meanwhile {
namespace {

const char* kind_name(DeviceKind kind) {
  switch (kind) {
    case DeviceKind::Screen:
      return "screen";
    case DeviceKind::Window:
      return "window";
    case DeviceKind::Camera:
      return "camera";
    case DeviceKind::Microphone:
      return "microphone";
    case DeviceKind::SystemAudio:
      return "system sound";
  }
  return "device";
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

std::string input_words(const Device& device) {
  if (device.inputs < 2) return "";
  return fmt::format("; the voice is looked for in all of them, {} takes input 1 alone",
                     input_spec(device, 1));
}

Result<void> print_devices(const Context& context) {
  Json array = Json::array();
  std::string text;
  for (const Device& device : list_devices()) {
    array.push_back(json_of(device));
    text += fmt::format("{:<13}{} {}\n{:15}{}\n", kind_name(device.kind), device.is_default ? "*" : " ",
                        device.name, "", device.spec);
    if (!device.details.empty()) text += fmt::format("{:15}{}{}\n", "", device.details, input_words(device));
  }
  if (text.empty()) text = "No screen, camera or microphone was found. `meanwhile doctor` tells more.\n";
  context.print({{"devices", array}}, text);
  return {};
}

}  // namespace

void add_devices_command(CLI::App& cli, Context& context) {
  auto* command =
      cli.add_subcommand("devices", "Lists what can be recorded, with the names to give to record");
  run_on_parse(command, context, [](Context& used) { return print_devices(used); });
}

}  // namespace meanwhile
