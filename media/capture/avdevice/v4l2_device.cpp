#include "media/capture/avdevice/v4l2_device.h"

#include <fmt/format.h>

#include <cerrno>
#include <expected>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/base/files.h"
#include "media/base/result.h"
#include "media/capture/camera_mode.h"

#ifdef __linux__
#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#endif

namespace meanwhile {

#ifdef __linux__
namespace {

struct Format {
  std::uint32_t fourcc;
  const char* name;  // FFmpeg's
};
constexpr Format kFormats[] = {{V4L2_PIX_FMT_MJPEG, "mjpeg"},
                               {V4L2_PIX_FMT_YUYV, "yuyv422"},
                               {V4L2_PIX_FMT_UYVY, "uyvy422"},
                               {V4L2_PIX_FMT_NV12, "nv12"},
                               {V4L2_PIX_FMT_YUV420, "yuv420p"}};

// Cameras that can any size in a range are asked for these.
constexpr int kUsualSizes[][2] = {{640, 480}, {1280, 720}, {1920, 1080}};
// A driver that never says "that was the last one" must not keep us.
constexpr std::uint32_t kMostAnswers = 256;

bool ask(int descriptor, unsigned long request, void* argument) {
  int result = 0;
  do {
    result = ::ioctl(descriptor, request, argument);
  } while (result < 0 && errno == EINTR);
  return result == 0;
}

double rate_of(const v4l2_fract& interval) {
  return interval.numerator > 0 ? static_cast<double>(interval.denominator) / interval.numerator : 0;
}

// The rates of one size, one mode each; where the camera gives a range, its highest.
void add_rates(int descriptor, const Format& format, std::uint32_t width, std::uint32_t height,
               std::vector<CameraMode>& modes) {
  const auto add = [&](double rate) {
    modes.push_back({format.name, static_cast<int>(width), static_cast<int>(height), rate});
  };
  for (std::uint32_t index = 0; index < kMostAnswers; ++index) {
    v4l2_frmivalenum interval{};
    interval.index = index;
    interval.pixel_format = format.fourcc;
    interval.width = width;
    interval.height = height;
    if (!ask(descriptor, VIDIOC_ENUM_FRAMEINTERVALS, &interval)) return;
    if (interval.type != V4L2_FRMIVAL_TYPE_DISCRETE) return add(rate_of(interval.stepwise.min));
    add(rate_of(interval.discrete));
  }
}

void add_usual_sizes(int descriptor, const Format& format, const v4l2_frmsize_stepwise& range,
                     std::vector<CameraMode>& modes) {
  for (const auto& [width, height] : kUsualSizes) {
    const auto w = static_cast<std::uint32_t>(width);
    const auto h = static_cast<std::uint32_t>(height);
    const bool fits =
        w >= range.min_width && w <= range.max_width && h >= range.min_height && h <= range.max_height;
    if (fits) add_rates(descriptor, format, w, h, modes);
  }
}

void add_sizes(int descriptor, const Format& format, std::vector<CameraMode>& modes) {
  for (std::uint32_t index = 0; index < kMostAnswers; ++index) {
    v4l2_frmsizeenum size{};
    size.index = index;
    size.pixel_format = format.fourcc;
    if (!ask(descriptor, VIDIOC_ENUM_FRAMESIZES, &size)) return;
    if (size.type != V4L2_FRMSIZE_TYPE_DISCRETE)
      return add_usual_sizes(descriptor, format, size.stepwise, modes);
    add_rates(descriptor, format, size.discrete.width, size.discrete.height, modes);
  }
}

}  // namespace

Result<std::unique_ptr<V4l2Device>> V4l2Device::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (descriptor >= 0) return std::unique_ptr<V4l2Device>(new V4l2Device(descriptor));
  const int error = errno;
  if (error == EBUSY)
    return fail(ErrorCode::Unavailable, fmt::format("opening {}: another program is using it", path));
  if (error == ENODEV || error == ENXIO)
    return fail(ErrorCode::NotFound, fmt::format("opening {}: it is gone", path));
  return std::unexpected(error_from_errno(error, fmt::format("opening the camera {}", path)));
}

V4l2Device::~V4l2Device() {
  ::close(descriptor_);
}

std::optional<std::string> V4l2Device::camera_name() const {
  one_thread_.check();
  v4l2_capability capability{};
  if (!ask(descriptor_, VIDIOC_QUERYCAP, &capability)) return std::nullopt;
  const bool has_own = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0;
  const std::uint32_t able = has_own ? capability.device_caps : capability.capabilities;
  if ((able & V4L2_CAP_VIDEO_CAPTURE) == 0 || (able & V4L2_CAP_STREAMING) == 0) return std::nullopt;
  const auto* card = reinterpret_cast<const char*>(capability.card);
  return std::string(card, strnlen(card, sizeof capability.card));
}

std::vector<CameraMode> V4l2Device::modes() const {
  one_thread_.check();
  std::vector<CameraMode> modes;
  for (std::uint32_t index = 0; index < kMostAnswers; ++index) {
    v4l2_fmtdesc description{};
    description.index = index;
    description.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (!ask(descriptor_, VIDIOC_ENUM_FMT, &description)) break;
    const auto* format = std::find_if(std::begin(kFormats), std::end(kFormats), [&](const Format& known) {
      return known.fourcc == description.pixelformat;
    });
    if (format != std::end(kFormats)) add_sizes(descriptor_, *format, modes);
  }
  return modes;
}

#else

Result<std::unique_ptr<V4l2Device>> V4l2Device::open(const std::string& path) {
  return fail(ErrorCode::Unsupported, fmt::format("opening {}: cameras are found through V4L2 only", path));
}
V4l2Device::~V4l2Device() = default;
std::optional<std::string> V4l2Device::camera_name() const {
  one_thread_.check();
  return std::nullopt;
}
std::vector<CameraMode> V4l2Device::modes() const {
  one_thread_.check();
  return {};
}

#endif

}  // namespace meanwhile
