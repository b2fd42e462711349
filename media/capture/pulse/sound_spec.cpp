#include "media/capture/pulse/sound_spec.h"

#include <charconv>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/pulse/connection.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostChosen = 2;

std::unexpected<Error> no_such_source(std::string_view name) {
  return fail(ErrorCode::NotFound, tr_format("opening “{}”: the sound server has no such source", name));
}

// "3", "3+4". Empty: it isn't that.
std::vector<int> parse_inputs(std::string_view text) {
  std::vector<int> inputs;
  while (inputs.size() < kMostChosen) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 1) return {};
    inputs.push_back(number - 1);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) return inputs;
    if (text.front() != '+') return {};
    text.remove_prefix(1);
  }
  return {};
}

}  // namespace

std::string ChosenDevice::name() const {
  if (inputs.empty()) return device.description;
  if (inputs.size() == 1) return tr_format("{}, Input {}", device.description, inputs[0] + 1);
  return tr_format("{}, Inputs {} and {}", device.description, inputs[0] + 1, inputs[1] + 1);
}

// A source's own name may have an "@" in it, so the whole is looked for first.
Result<ChosenDevice> find_sound_device(const PulseDevices& devices, const std::string& spec) {
  const std::string_view name = std::string_view(spec).substr(kSoundScheme.size());
  if (const PulseDevice* whole = find_by_name(devices, name)) return ChosenDevice{*whole, {}};
  const auto at = name.rfind('@');
  if (at == std::string_view::npos) return no_such_source(name);
  const PulseDevice* device = find_by_name(devices, name.substr(0, at));
  if (!device) return no_such_source(name);
  const std::vector<int> inputs = parse_inputs(name.substr(at + 1));
  for (const int input : inputs) {
    if (input >= device->channels) {
      return fail(ErrorCode::InvalidArgument,
                  tr_count(device->channels, "opening “{}”: {} has {} input",
                           "opening “{}”: {} has {} inputs", name, device->description, device->channels));
    }
  }
  if (!inputs.empty()) return ChosenDevice{*device, inputs};
  return fail(ErrorCode::InvalidArgument,
              tr_format("opening “{}”: inputs are chosen like @3, or @3+4 for left and right", name));
}

}  // namespace meanwhile
