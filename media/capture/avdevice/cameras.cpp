#include "media/capture/avdevice/cameras.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "fmt/format.h"
#include "media/capture/avdevice/v4l2_device.h"

namespace meanwhile {
namespace {

constexpr std::string_view kScheme = "v4l2:";
constexpr int kWantedWidth = 1280;
constexpr int kWantedHeight = 720;
constexpr int kRawIsGoodUpTo = 480;  // lines

// Smaller is better. A missing frame a second weighs as much as 4 % of the size; nothing is gained by more
// frames than were asked for.
double penalty(const CameraMode& mode, int frames_per_second) {
  const double size = std::abs(std::log2(static_cast<double>(mode.width) / kWantedWidth)) +
                      std::abs(std::log2(static_cast<double>(mode.height) / kWantedHeight));
  const double missing = std::max(0.0, frames_per_second - mode.frames_per_second);
  const double surplus = std::max(0.0, mode.frames_per_second - frames_per_second);
  const bool is_jpeg = mode.format == "mjpeg";
  const double format = is_jpeg == (mode.height > kRawIsGoodUpTo) ? 0 : 0.5;
  return size + missing * 0.08 + surplus * 0.001 + format;
}

}  // namespace

std::optional<CameraMode> choose_mode(const std::vector<CameraMode>& modes, int frames_per_second) {
  const auto best =
      std::min_element(modes.begin(), modes.end(), [&](const CameraMode& a, const CameraMode& b) {
        return penalty(a, frames_per_second) < penalty(b, frames_per_second);
      });
  return best == modes.end() ? std::nullopt : std::optional(*best);
}

Result<Camera> find_camera(const std::string& path) {
  auto device = V4l2Device::open(path);
  if (!device) return std::unexpected(device.error());
  const auto name = (*device)->camera_name();
  if (!name) return fail(ErrorCode::NotFound, fmt::format("opening {}: it is no camera", path));
  return Camera{path, *name, (*device)->modes()};
}

std::vector<Camera> list_cameras() {
  std::vector<Camera> cameras;
  // The kernel numbers them from 0, with gaps after unplugging, up to 63.
  for (int number = 0; number < 64; ++number) {
    if (auto camera = find_camera(fmt::format("/dev/video{}", number))) cameras.push_back(std::move(*camera));
  }
  return cameras;
}

Result<InputSpec> camera_input(const std::string& spec, int frames_per_second) {
  std::string path = spec.starts_with(kScheme) ? spec.substr(kScheme.size()) : "";
  if (spec == "default") {
    const auto cameras = list_cameras();
    if (cameras.empty()) return fail(ErrorCode::NotFound, "finding a camera: none is plugged in");
    path = cameras.front().path;
  }
  if (path.empty())
    return fail(ErrorCode::InvalidArgument, fmt::format("“{}” isn't a camera: v4l2:/dev/videoN", spec));
  auto camera = find_camera(path);
  if (!camera) return std::unexpected(camera.error());
  InputSpec input{.name = camera->name, .format = "v4l2", .url = path, .options = {}};
  input.is_live = input.is_device = true;
  if (const auto mode = choose_mode(camera->modes, frames_per_second)) {
    input.options = {{"input_format", mode->format},
                     {"video_size", fmt::format("{}x{}", mode->width, mode->height)},
                     {"framerate", fmt::format("{}", mode->frames_per_second)}};
  }
  return input;
}

}  // namespace meanwhile
