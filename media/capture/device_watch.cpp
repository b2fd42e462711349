#include "media/capture/device_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include "media/base/named_thread.h"
#include "media/capture/avdevice/camera_watch.h"
#ifdef MEANWHILE_X11
#include "media/capture/x11/monitor_watch.h"
#endif
#ifdef MEANWHILE_PULSE
#include "media/capture/pulse/sound_watch.h"
#endif

namespace meanwhile {
namespace {

// A monitor or a camera that comes makes several changes, the last of them when it can be used.
constexpr int kSettleMilliseconds = 200;
constexpr int kForever = -1;

class WakeUp {
 public:
  WakeUp() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  ~WakeUp() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  int descriptor() const { return descriptor_; }
  void wake() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(descriptor_, &one, sizeof one);
  }
  void clear() const {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(descriptor_, &count, sizeof count);
  }

 private:
  const int descriptor_;
};

class MachineWatch final : public DeviceWatch {
 public:
  MachineWatch(std::function<void()> on_change, const std::filesystem::path& device_folder)
      : on_change_(std::move(on_change)), cameras_(device_folder) {
    thread_ = NamedThread("device-watch", [this](const std::stop_token& stop) { run(stop); });
  }
  ~MachineWatch() override {
    thread_.request_stop();
    wake_up_.wake();
  }

 private:
  void run(const std::stop_token& stop);
  bool look();
  int monitors_descriptor() const;

  const std::function<void()> on_change_;
  const WakeUp wake_up_;
  std::atomic<bool> has_sound_changed_ = false;
  // Only the thread.
  CameraWatch cameras_;
#ifdef MEANWHILE_X11
  MonitorWatch monitors_;
#endif
#ifdef MEANWHILE_PULSE
  SoundWatch sound_{[this] {
    has_sound_changed_ = true;
    wake_up_.wake();
  }};
#endif
  NamedThread thread_;  // last: joined before anything above goes
};

void MachineWatch::run(const std::stop_token& stop) {
  bool has_changed = false;
  while (!stop.stop_requested()) {
    std::array<pollfd, 3> watched{pollfd{wake_up_.descriptor(), POLLIN, 0},
                                  pollfd{cameras_.descriptor(), POLLIN, 0},
                                  pollfd{monitors_descriptor(), POLLIN, 0}};
    const int ready = ::poll(watched.data(), watched.size(), has_changed ? kSettleMilliseconds : kForever);
    if (stop.stop_requested()) return;
    wake_up_.clear();
    if (look()) {
      has_changed = true;
    } else if (ready == 0 && std::exchange(has_changed, false)) {
      on_change_();
    }
  }
}

bool MachineWatch::look() {
  bool has_changed = has_sound_changed_.exchange(false);
  if (cameras_.take_changes()) has_changed = true;
#ifdef MEANWHILE_X11
  if (monitors_.take_changes()) has_changed = true;
#endif
  return has_changed;
}

// poll() passes over a negative one.
int MachineWatch::monitors_descriptor() const {
#ifdef MEANWHILE_X11
  return monitors_.descriptor();
#else
  return -1;
#endif
}

}  // namespace

std::unique_ptr<DeviceWatch> DeviceWatch::start(std::function<void()> on_change,
                                                const std::filesystem::path& device_folder) {
  return std::make_unique<MachineWatch>(std::move(on_change), device_folder);
}

}  // namespace meanwhile
