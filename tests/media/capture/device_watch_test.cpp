#include "media/capture/device_watch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>

#include "tests/support/environment.h"
#include "tests/support/pulse_server.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kDeadline{20};

class Changes {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }
  // Waits for one that wasn't waited for yet. false: the deadline passed.
  bool wait_for_one(std::chrono::milliseconds limit = kDeadline) {
    std::unique_lock lock(mutex_);
    const bool has_come = changed_.wait_for(lock, limit, [this] { return count_ > waited_for_; });
    waited_for_ = count_;
    return has_come;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
  int waited_for_ = 0;
};

TEST(DeviceWatch, SaysWhenACameraComesAndGoes) {
  const ScopedEnvironment nothing({{"DISPLAY", ""}, {"PULSE_SERVER", "unix:/nowhere"}});
  const ScopedFolder devices;
  Changes changes;
  const auto watch = DeviceWatch::start([&] { changes.add(); }, devices.path());
  std::ofstream(devices.path() / "sda") << "a disk";
  std::ofstream(devices.path() / "video7") << "a camera";
  EXPECT_TRUE(changes.wait_for_one());
  std::filesystem::remove(devices.path() / "video7");
  EXPECT_TRUE(changes.wait_for_one());
}

TEST(DeviceWatch, SaysWhenAMicrophoneComesAndGoes) {
  auto server = PulseServer::start();
  ASSERT_TRUE(server) << server.error().message;
  auto environment = (*server)->environment();
  environment.emplace_back("DISPLAY", "");
  const ScopedEnvironment surroundings(environment);
  Changes changes;
  const auto watch = DeviceWatch::start([&] { changes.add(); });
  // Again and again, until the watch has begun to listen: it says nothing of what was before.
  bool is_seen = false;
  for (int i = 0; i < 100 && !is_seen; ++i) {
    ASSERT_TRUE((*server)->unplug_microphone());
    ASSERT_TRUE((*server)->plug_microphone());
    is_seen = changes.wait_for_one(std::chrono::milliseconds(300));
  }
  EXPECT_TRUE(is_seen);
  (*server)->kill();
  EXPECT_TRUE(changes.wait_for_one());
}

TEST(DeviceWatch, SaysWhenTheScreenChangesItsSize) {
  auto server = XServer::start();
  ASSERT_TRUE(server) << server.error().message;
  auto environment = (*server)->environment();
  environment.emplace_back("PULSE_SERVER", "unix:/nowhere");
  const ScopedEnvironment surroundings(environment);
  Changes changes;
  const auto watch = DeviceWatch::start([&] { changes.add(); });
  ASSERT_TRUE((*server)->resize({1280, 720}));
  EXPECT_TRUE(changes.wait_for_one());
  (*server)->kill();
  EXPECT_TRUE(changes.wait_for_one());
}

}  // namespace
}  // namespace meanwhile
