#include "media/capture/avdevice/cameras.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fmt/ranges.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/avdevice/camera_spec.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/capture/avdevice/v4l2_device.h"
#include "media/capture/camera_mode.h"

namespace meanwhile {
namespace {

constexpr int kWantedWidth = 1280;
constexpr int kWantedHeight = 720;
constexpr int kRawIsGoodUpTo = 480;  // lines

// Cameras' rates are 30 or 29.97 for the same thing.
constexpr double kSameRate = 0.5;

// How far a length is from what is wanted, in doublings. More than that costs work and shows little, so it
// weighs twice.
double distance(int length, int wanted) {
  const double doublings = std::log2(static_cast<double>(length) / wanted);
  return doublings < 0 ? -doublings : 2 * doublings;
}

// Smaller is better. A missing frame a second weighs as much as 4 % of the size; nothing is gained by more
// frames than were asked for.
double penalty(const CameraMode& mode, int frames_per_second) {
  const double size = distance(mode.width, kWantedWidth) + distance(mode.height, kWantedHeight);
  const double missing = std::max(0.0, frames_per_second - mode.frames_per_second);
  const double surplus = std::max(0.0, mode.frames_per_second - frames_per_second);
  const bool is_jpeg = mode.format == "mjpeg";
  const double format = is_jpeg == (mode.height > kRawIsGoodUpTo) ? 0 : 0.5;
  return size + missing * 0.08 + surplus * 0.001 + format;
}

// "640x480, 1280x720", each once.
template <typename Words>
std::string listed(const std::vector<CameraMode>& modes, Words words_of) {
  std::vector<std::string> seen;
  for (const CameraMode& mode : modes) {
    std::string words = words_of(mode);
    if (std::ranges::find(seen, words) == seen.end()) seen.push_back(std::move(words));
  }
  return fmt::format("{}", fmt::join(seen, ", "));
}

std::string size_words(const CameraMode& mode) {
  return fmt::format("{}x{}", mode.width, mode.height);
}

std::string rate_words(const CameraMode& mode) {
  return fmt::format("{:.4g}", mode.frames_per_second);
}

}  // namespace

bool is_called_infrared(std::string name) {
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (name.find("infrared") != std::string::npos) return true;
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (auto at = name.find("ir"); at != std::string::npos; at = name.find("ir", at + 1)) {
    const bool begins = at == 0 || !is_letter(name[at - 1]);
    if (begins && (at + 2 == name.size() || !is_letter(name[at + 2]))) return true;
  }
  return false;
}

void put_faces_first(std::vector<Camera>& cameras) {
  std::ranges::stable_partition(
      cameras, [](const Camera& camera) { return camera.sees_colours && !camera.is_unreadable; });
}

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
  if (!name) return fail(ErrorCode::NotFound, tr_format("opening {}: it is no camera", path));
  Camera camera{path, *name, (*device)->modes(), (*device)->sees_colours() && !is_called_infrared(*name)};
  const auto padded =
      std::erase_if(camera.modes, [&](const CameraMode& mode) { return (*device)->has_padded_lines(mode); });
  camera.is_unreadable = padded > 0 && camera.modes.empty();
  return camera;
}

std::vector<Camera> list_cameras() {
  std::vector<Camera> cameras;
  // The kernel numbers them from 0, with gaps after unplugging, up to 63.
  for (int number = 0; number < 64; ++number) {
    if (auto camera = find_camera(fmt::format("/dev/video{}", number))) cameras.push_back(std::move(*camera));
  }
  put_faces_first(cameras);
  return cameras;
}

Result<std::optional<CameraMode>> find_mode(const Camera& camera, const CameraSpec& spec,
                                            int frames_per_second) {
  // Some drivers list nothing: what they are asked for shows in what they give.
  if (!spec.size || camera.modes.empty()) return choose_mode(camera.modes, frames_per_second);
  std::vector<CameraMode> modes = camera.modes;
  std::erase_if(modes, [&](const CameraMode& mode) {
    return mode.width != spec.size->width || mode.height != spec.size->height;
  });
  if (modes.empty()) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("opening {}: it doesn't offer {}x{}; it has {}", camera.name, spec.size->width,
                          spec.size->height, listed(camera.modes, size_words)));
  }
  const std::string rates = listed(modes, rate_words);
  std::erase_if(modes, [&](const CameraMode& mode) {
    return spec.frames_per_second && std::abs(mode.frames_per_second - *spec.frames_per_second) > kSameRate;
  });
  if (modes.empty()) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("opening {}: it doesn't offer {}x{} at {:.4g} pictures a second; it has {}",
                          camera.name, spec.size->width, spec.size->height, *spec.frames_per_second, rates));
  }
  return choose_mode(modes, frames_per_second);
}

Result<InputSpec> camera_input(const std::string& spec, int frames_per_second) {
  CameraSpec wanted;
  if (spec == "default") {
    const auto cameras = list_cameras();
    if (cameras.empty()) return fail(ErrorCode::NotFound, tr("finding a camera: none is plugged in"));
    wanted.path = cameras.front().path;
  } else {
    auto parsed = parse_camera_spec(spec);
    if (!parsed) return std::unexpected(parsed.error());
    wanted = std::move(*parsed);
  }
  auto camera = find_camera(wanted.path);
  if (!camera) return std::unexpected(camera.error());
  if (camera->is_unreadable) {
    return fail(
        ErrorCode::Unsupported,
        tr_format("opening {}: its driver fills its pictures' lines up, which can't be read; choose another "
                  "camera",
                  camera->name));
  }
  const auto mode = find_mode(*camera, wanted, frames_per_second);
  if (!mode) return std::unexpected(mode.error());
  InputSpec input{.name = camera->name, .format = "v4l2", .url = wanted.path, .options = {}};
  input.is_live = input.is_device = true;
  input.required_size = wanted.size;
  if (*mode) {
    input.options = {{"input_format", (*mode)->format},
                     {"video_size", size_words(**mode)},
                     {"framerate", fmt::format("{}", (*mode)->frames_per_second)}};
  } else if (wanted.size) {
    input.options = {{"video_size", fmt::format("{}x{}", wanted.size->width, wanted.size->height)}};
  }
  return input;
}

}  // namespace meanwhile
