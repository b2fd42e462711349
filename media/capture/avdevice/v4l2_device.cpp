#include "media/capture/avdevice/v4l2_device.h"

#include <cerrno>
#include <expected>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"
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
  std::string_view name;            // FFmpeg's
  std::uint32_t bytes_in_line = 0;  // of the first plane, for each pixel; 0: it isn't made of lines
};
constexpr Format kFormats[] = {{V4L2_PIX_FMT_MJPEG, "mjpeg", 0},    {V4L2_PIX_FMT_YUYV, "yuyv422", 2},
                               {V4L2_PIX_FMT_UYVY, "uyvy422", 2},   {V4L2_PIX_FMT_NV12, "nv12", 1},
                               {V4L2_PIX_FMT_YUV420, "yuv420p", 1}, {V4L2_PIX_FMT_GREY, "gray", 1}};
// Of infrared and depth cameras. Source: the kernel's "Luma-Only Formats" and "Depth Formats".
constexpr std::uint32_t kWithoutColours[] = {
    V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_Y4,   V4L2_PIX_FMT_Y6,     V4L2_PIX_FMT_Y10,      V4L2_PIX_FMT_Y12,
    V4L2_PIX_FMT_Y14,  V4L2_PIX_FMT_Y16,  V4L2_PIX_FMT_Y16_BE, V4L2_PIX_FMT_Y10BPACK, V4L2_PIX_FMT_Y10P,
    V4L2_PIX_FMT_Y8I,  V4L2_PIX_FMT_Y12I, V4L2_PIX_FMT_Z16,    V4L2_PIX_FMT_INZI,     V4L2_PIX_FMT_UV8};

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
    modes.push_back({std::string(format.name), static_cast<int>(width), static_cast<int>(height), rate});
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

// The driver fills lines up, which libavdevice takes for a damaged picture: none would ever come. Drivers
// that can't be asked don't.
bool is_padded(int descriptor, const CameraMode& mode) {
  const auto* format = std::ranges::find(kFormats, mode.format, &Format::name);
  if (format == std::end(kFormats) || format->bytes_in_line == 0) return false;
  v4l2_format answer{};
  answer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  answer.fmt.pix.width = static_cast<std::uint32_t>(mode.width);
  answer.fmt.pix.height = static_cast<std::uint32_t>(mode.height);
  answer.fmt.pix.pixelformat = format->fourcc;
  return ask(descriptor, VIDIOC_TRY_FMT, &answer) && answer.fmt.pix.pixelformat == format->fourcc &&
         answer.fmt.pix.bytesperline > answer.fmt.pix.width * format->bytes_in_line;
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

std::vector<std::uint32_t> formats_of(int descriptor) {
  std::vector<std::uint32_t> formats;
  for (std::uint32_t index = 0; index < kMostAnswers; ++index) {
    v4l2_fmtdesc description{};
    description.index = index;
    description.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (!ask(descriptor, VIDIOC_ENUM_FMT, &description)) break;
    formats.push_back(description.pixelformat);
  }
  return formats;
}

}  // namespace

Result<std::unique_ptr<V4l2Device>> V4l2Device::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (descriptor >= 0) return std::unique_ptr<V4l2Device>(new V4l2Device(descriptor));
  const int error = errno;
  if (error == EBUSY)
    return fail(ErrorCode::Unavailable, tr_format("opening {}: another program is using it", path));
  if (error == ENODEV || error == ENXIO)
    return fail(ErrorCode::NotFound, tr_format("opening {}: it is gone", path));
  return std::unexpected(error_from_errno(error, tr_format("opening the camera {}", path)));
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
  for (const std::uint32_t fourcc : formats_of(descriptor_)) {
    const auto* format = std::ranges::find(kFormats, fourcc, &Format::fourcc);
    if (format != std::end(kFormats)) add_sizes(descriptor_, *format, modes);
  }
  return modes;
}

bool V4l2Device::has_padded_lines(const CameraMode& mode) const {
  one_thread_.check();
  return is_padded(descriptor_, mode);
}

bool V4l2Device::sees_colours() const {
  one_thread_.check();
  const auto formats = formats_of(descriptor_);
  const auto is_grey = [](std::uint32_t format) { return std::ranges::count(kWithoutColours, format) > 0; };
  return formats.empty() || !std::ranges::all_of(formats, is_grey);
}

#else

Result<std::unique_ptr<V4l2Device>> V4l2Device::open(const std::string& path) {
  return fail(ErrorCode::Unsupported, tr_format("opening {}: cameras are found through V4L2 only", path));
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
bool V4l2Device::has_padded_lines(const CameraMode&) const {
  one_thread_.check();
  return false;
}
bool V4l2Device::sees_colours() const {
  one_thread_.check();
  return true;
}

#endif

}  // namespace meanwhile
