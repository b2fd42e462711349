#include "tests/fake_camera/device.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>

namespace meanwhile::fake_camera {
namespace {

constexpr const char* kPath = "/dev/video42";
constexpr std::uint32_t kMostBuffers = 8;
constexpr std::chrono::microseconds kLongExposure{80'000};
constexpr auto kFlashLength = std::chrono::milliseconds(100);

struct Control {
  std::string state = "working";
  bool flashes = false;
};

Control read_control() {
  Control control;
  const char* path = std::getenv("MEANWHILE_FAKE_CAMERA");
  if (!path) return control;
  std::ifstream file(path);
  std::string more;
  file >> control.state >> more;
  control.flashes = more == "flash";
  return control;
}

bool is_flash_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return now % std::chrono::seconds(1) < kFlashLength;
}

std::uint32_t rate_of(const Mode& mode, std::uint32_t format) {
  return format == V4L2_PIX_FMT_MJPEG ? mode.mjpeg_rate : mode.yuyv_rate;
}

bool is_known(std::uint32_t format) {
  return format == V4L2_PIX_FMT_YUYV || format == V4L2_PIX_FMT_MJPEG || format == V4L2_PIX_FMT_GREY;
}

// As drivers do: the nearest there is, whatever was asked for.
const Mode& nearest_mode(std::uint32_t width) {
  return *std::min_element(std::begin(kModes), std::end(kModes), [width](const Mode& a, const Mode& b) {
    const auto distance = [width](const Mode& mode) {
      return std::abs(static_cast<int>(mode.width) - static_cast<int>(width));
    };
    return distance(a) < distance(b);
  });
}

void copy_text(std::uint8_t* into, std::size_t size, const char* text) {
  std::strncpy(reinterpret_cast<char*>(into), text, size - 1);
}

int describe_camera(v4l2_capability& answer) {
  answer = {};
  copy_text(answer.driver, sizeof answer.driver, "uvcvideo");
  copy_text(answer.card, sizeof answer.card, "Rig Camera");
  copy_text(answer.bus_info, sizeof answer.bus_info, "usb-rig-1");
  answer.version = 0x060100;
  answer.device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_EXT_PIX_FORMAT;
  answer.capabilities = answer.device_caps | V4L2_CAP_DEVICE_CAPS;
  return 0;
}

int describe_format(v4l2_fmtdesc& format) {
  const bool is_infrared = read_control().state == "infrared";
  if (format.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || format.index > (is_infrared ? 0 : 1)) return EINVAL;
  if (is_infrared) {
    format.flags = 0;
    format.pixelformat = V4L2_PIX_FMT_GREY;
    copy_text(format.description, sizeof format.description, "8-bit Greyscale");
    return 0;
  }
  const bool is_jpeg = format.index == 1;
  format.flags = is_jpeg ? V4L2_FMT_FLAG_COMPRESSED : 0;
  format.pixelformat = is_jpeg ? V4L2_PIX_FMT_MJPEG : V4L2_PIX_FMT_YUYV;
  copy_text(format.description, sizeof format.description, is_jpeg ? "Motion-JPEG" : "YUYV 4:2:2");
  return 0;
}

int describe_size(v4l2_frmsizeenum& size) {
  if (size.index >= std::size(kModes) || !is_known(size.pixel_format)) return EINVAL;
  size.type = V4L2_FRMSIZE_TYPE_DISCRETE;
  size.discrete = {kModes[size.index].width, kModes[size.index].height};
  return 0;
}

int describe_interval(v4l2_frmivalenum& interval) {
  const Mode& mode = nearest_mode(interval.width);
  const bool is_mode = mode.width == interval.width && mode.height == interval.height;
  if (interval.index > 0 || !is_mode || !is_known(interval.pixel_format)) return EINVAL;
  interval.type = V4L2_FRMIVAL_TYPE_DISCRETE;
  interval.discrete = {1, rate_of(mode, interval.pixel_format)};
  return 0;
}

void describe_pixels(std::uint32_t format, const Mode& mode, v4l2_pix_format& pixels) {
  pixels = {};
  pixels.width = mode.width;
  pixels.height = mode.height;
  pixels.pixelformat = format;
  pixels.field = V4L2_FIELD_NONE;
  pixels.bytesperline = format == V4L2_PIX_FMT_YUYV ? mode.width * 2 : 0;
  pixels.sizeimage = mode.width * mode.height * 2;
  pixels.colorspace = V4L2_COLORSPACE_SRGB;
}

int describe_input(v4l2_input& input) {
  if (input.index > 0) return EINVAL;
  input = {};
  copy_text(input.name, sizeof input.name, "Camera 1");
  input.type = V4L2_INPUT_TYPE_CAMERA;
  return 0;
}

}  // namespace

bool is_camera(const char* path) {
  return path && std::strcmp(path, kPath) == 0 && std::getenv("MEANWHILE_FAKE_CAMERA");
}

std::shared_ptr<Device> Device::open(int flags) {
  if (read_control().state == "unplugged") {
    errno = ENOENT;
    return nullptr;
  }
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return nullptr;
  if (flags & O_NONBLOCK) fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return std::shared_ptr<Device>(new Device(ends[0], ends[1]));
}

// read_end_ is closed by the program's own close().
Device::~Device() {
  stream_off();
  v4l2_requestbuffers none{};
  request_buffers(none);
  if (write_end_ >= 0) ::close(write_end_);
}

int Device::ioctl(std::uint32_t request, void* argument) {
  if (request == VIDIOC_DQBUF) return dequeue_buffer(*static_cast<v4l2_buffer*>(argument));
  if (request == VIDIOC_STREAMOFF) return stream_off();
  std::lock_guard lock(mutex_);
  return is_gone_ ? ENODEV : answer(request, argument);
}

int Device::answer(std::uint32_t request, void* argument) {
  switch (request) {
    case VIDIOC_QUERYCAP:
      return describe_camera(*static_cast<v4l2_capability*>(argument));
    case VIDIOC_ENUM_FMT:
      return describe_format(*static_cast<v4l2_fmtdesc*>(argument));
    case VIDIOC_ENUM_FRAMESIZES:
      return describe_size(*static_cast<v4l2_frmsizeenum*>(argument));
    case VIDIOC_ENUM_FRAMEINTERVALS:
      return describe_interval(*static_cast<v4l2_frmivalenum*>(argument));
    case VIDIOC_ENUMINPUT:
      return describe_input(*static_cast<v4l2_input*>(argument));
    case VIDIOC_G_INPUT:
      return *static_cast<int*>(argument) = 0;
    case VIDIOC_S_INPUT:
      return *static_cast<int*>(argument) == 0 ? 0 : EINVAL;
    case VIDIOC_G_FMT:
      return set_format(*static_cast<v4l2_format*>(argument), true);
    case VIDIOC_TRY_FMT:
      return set_format(*static_cast<v4l2_format*>(argument), true);
    case VIDIOC_S_FMT:
      return set_format(*static_cast<v4l2_format*>(argument), false);
    case VIDIOC_G_PARM:
      return rate(*static_cast<v4l2_streamparm*>(argument), false);
    case VIDIOC_S_PARM:
      return rate(*static_cast<v4l2_streamparm*>(argument), true);
    case VIDIOC_REQBUFS:
      return request_buffers(*static_cast<v4l2_requestbuffers*>(argument));
    case VIDIOC_QUERYBUF:
      return query_buffer(*static_cast<v4l2_buffer*>(argument));
    case VIDIOC_QBUF:
      return queue_buffer(*static_cast<v4l2_buffer*>(argument));
    case VIDIOC_STREAMON:
      return stream_on();
    default:
      return ENOTTY;  // controls, cropping, standards: it has none
  }
}

int Device::set_format(v4l2_format& format, bool is_trial) {
  if (format.type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return EINVAL;
  if (!is_trial && (!buffers_.empty() || read_control().state == "busy")) return EBUSY;
  const v4l2_pix_format& wanted = format.fmt.pix;
  const std::uint32_t chosen = is_known(wanted.pixelformat) ? wanted.pixelformat : V4L2_PIX_FMT_YUYV;
  const bool is_stubborn = read_control().state == "stubborn";
  const Mode& mode = is_stubborn ? kModes[0] : nearest_mode(wanted.width);
  if (!is_trial) {
    format_ = chosen;
    mode_ = mode;
    rate_ = rate_of(mode, chosen);
  }
  describe_pixels(chosen, mode, format.fmt.pix);
  if (read_control().state == "padded" && chosen == V4L2_PIX_FMT_YUYV) format.fmt.pix.bytesperline += 64;
  return 0;
}

int Device::rate(v4l2_streamparm& parameters, bool is_set) {
  if (parameters.type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return EINVAL;
  if (is_set) rate_ = rate_of(mode_, format_);
  parameters.parm.capture = {};
  parameters.parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
  parameters.parm.capture.timeperframe = {1, rate_};
  parameters.parm.capture.readbuffers = 2;
  return 0;
}

std::size_t Device::slot_bytes() const {
  constexpr std::size_t kPage = 4096;
  return (std::size_t{mode_.width} * mode_.height * 2 + kPage - 1) / kPage * kPage;
}

int Device::request_buffers(v4l2_requestbuffers& request) {
  if (thread_.joinable()) return EBUSY;
  if (bytes_) munmap(bytes_, slot_bytes() * buffers_.size());
  if (memory_ >= 0) ::close(memory_);
  bytes_ = nullptr;
  memory_ = -1;
  request.count = std::min(request.count, kMostBuffers);
  buffers_.assign(request.count, {});
  queued_.clear();
  done_.clear();
  if (request.count == 0) return 0;
  memory_ = memfd_create("fake-camera", MFD_CLOEXEC);
  const std::size_t bytes = slot_bytes() * request.count;
  if (memory_ < 0 || ftruncate(memory_, static_cast<off_t>(bytes)) != 0) return ENOMEM;
  void* mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory_, 0);
  if (mapped == MAP_FAILED) return ENOMEM;
  bytes_ = static_cast<std::uint8_t*>(mapped);
  return 0;
}

void Device::describe_locked(std::uint32_t index, v4l2_buffer& buffer) const {
  buffer = buffers_[index];
  buffer.index = index;
  buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  buffer.memory = V4L2_MEMORY_MMAP;
  buffer.length = static_cast<std::uint32_t>(slot_bytes());
  buffer.m.offset = static_cast<std::uint32_t>(slot_bytes() * index);
}

int Device::query_buffer(v4l2_buffer& buffer) const {
  if (buffer.index >= buffers_.size()) return EINVAL;
  describe_locked(buffer.index, buffer);
  return 0;
}

int Device::queue_buffer(v4l2_buffer& buffer) {
  if (buffer.index >= buffers_.size()) return EINVAL;
  queued_.push_back(buffer.index);
  return 0;
}

int Device::dequeue_buffer(v4l2_buffer& buffer) {
  for (;;) {
    char byte = 0;
    const ssize_t got = ::read(read_end_, &byte, 1);
    if (got < 0) return errno;
    if (got == 0) return ENODEV;
    std::lock_guard lock(mutex_);
    if (done_.empty()) continue;  // a byte left from before STREAMOFF
    const std::uint32_t index = done_.front();
    done_.pop_front();
    describe_locked(index, buffer);
    return 0;
  }
}

int Device::stream_on() {
  if (buffers_.empty()) return EINVAL;
  if (thread_.joinable()) return 0;
  painter_ = std::make_unique<Painter>(format_, mode_);
  small_painter_ = std::make_unique<Painter>(format_, kModes[0]);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  return 0;
}

int Device::stream_off() {
  std::jthread ending;
  {
    std::lock_guard lock(mutex_);
    ending.swap(thread_);
  }
  ending.request_stop();
  if (ending.joinable()) ending.join();
  std::lock_guard lock(mutex_);
  queued_.clear();
  done_.clear();
  return 0;
}

void Device::run(const std::stop_token& stop) {
  std::mutex sleep_mutex;
  std::condition_variable_any sleep;
  auto next = std::chrono::steady_clock::now();
  for (;;) {
    const bool is_dark = read_control().state == "dark";
    next += is_dark ? kLongExposure : std::chrono::microseconds(1'000'000 / rate_);
    std::unique_lock lock(sleep_mutex);
    if (sleep.wait_until(lock, stop, next, [&] { return stop.stop_requested(); })) return;
    if (stop.stop_requested() || !take_picture()) return;
  }
}

bool Device::take_picture() {
  const Control control = read_control();
  std::lock_guard lock(mutex_);
  if (control.state == "unplugged") {
    is_gone_ = true;
    ::close(write_end_);
    write_end_ = -1;
    return false;
  }
  const std::uint32_t number = number_++;  // counts also what finds no buffer, so that a gap shows
  if (control.state == "stalled" || queued_.empty()) return true;
  number_ = number;
  finish_buffer_locked(queued_.front(), control.flashes && is_flash_now());
  number_ = number + 1;
  queued_.pop_front();
  const char byte = 1;
  return ::write(write_end_, &byte, 1) == 1;
}

void Device::finish_buffer_locked(std::uint32_t index, bool is_flash) {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  v4l2_buffer& buffer = buffers_[index];
  const std::string state = read_control().state;
  Painter& painter = state == "shrunken" && format_ == V4L2_PIX_FMT_MJPEG ? *small_painter_ : *painter_;
  buffer.bytesused = static_cast<std::uint32_t>(
      painter.paint(number_, is_flash, {bytes_ + slot_bytes() * index, slot_bytes()}));
  if (state == "damaged") buffer.bytesused /= 2;
  buffer.sequence = number_;
  buffer.field = V4L2_FIELD_NONE;
  buffer.flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
  buffer.timestamp = {now.tv_sec, now.tv_nsec / 1000};
  done_.push_back(index);
}

}  // namespace meanwhile::fake_camera
