// The make-believe camera: what a driver would answer to each V4L2 ioctl.
#pragma once

#include <linux/videodev2.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/fake_camera/picture.h"

namespace meanwhile::fake_camera {

// The path that stands for the camera: the file named by $MEANWHILE_FAKE_CAMERA holds its state and, behind a
// space, "flash"; without the variable there is no camera.
bool is_camera(const char* path);

// One opened camera. Its descriptor is the read end of a pipe that holds a byte for each finished picture, so
// that poll, select and epoll are the kernel's own and show POLLHUP once it was unplugged. Source:
// https://docs.kernel.org/userspace-api/media/v4l/user-func.html
class Device {
 public:
  // nullptr: errno says why.
  static std::shared_ptr<Device> open(int flags);
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  int descriptor() const { return read_end_; }
  int memory() const { return memory_; }
  // 0 or an errno value.
  int ioctl(std::uint32_t request, void* argument);

 private:
  Device(int read_end, int write_end) : read_end_(read_end), write_end_(write_end) {}

  int answer(std::uint32_t request, void* argument);
  int request_buffers(v4l2_requestbuffers& request);
  int query_buffer(v4l2_buffer& buffer) const;
  int queue_buffer(v4l2_buffer& buffer);
  int dequeue_buffer(v4l2_buffer& buffer);
  int set_format(v4l2_format& format, bool is_trial);
  int rate(v4l2_streamparm& parameters, bool is_set);
  int stream_on();
  int stream_off();
  std::size_t slot_bytes() const;
  void describe_locked(std::uint32_t index, v4l2_buffer& buffer) const;

  void run(const std::stop_token& stop);
  // false: unplugged.
  bool take_picture();
  void finish_buffer_locked(std::uint32_t index, bool is_flash);

  const int read_end_;
  std::mutex mutex_;
  int write_end_;
  bool is_gone_ = false;
  std::uint32_t format_ = V4L2_PIX_FMT_YUYV;
  Mode mode_ = kModes[0];
  std::uint32_t rate_ = 30;
  int memory_ = -1;
  std::uint8_t* bytes_ = nullptr;
  std::vector<v4l2_buffer> buffers_;
  std::deque<std::uint32_t> queued_;
  std::deque<std::uint32_t> done_;
  std::uint32_t number_ = 0;
  std::unique_ptr<Painter> painter_;
  std::unique_ptr<Painter> small_painter_;
  std::jthread thread_;
};

}  // namespace meanwhile::fake_camera
