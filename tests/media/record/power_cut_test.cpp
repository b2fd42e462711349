// A power cut at any moment loses at most two seconds: what the disk had been told to keep is a take that
// plays.
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <map>
#include <random>

#include "media/base/files.h"
#include "media/base/guarded.h"
#include "media/record/recorder.h"
#include "media/record/take.h"
#include "tests/media/record/recorder_rig.h"

namespace meanwhile {
namespace {

// How much of each file is safe, and how much more may or may not be.
struct OnDisk {
  std::uint64_t synced = 0;
  std::uint64_t written = 0;
};
using Disk = Guarded<std::map<std::string, OnDisk>>;

// A file of which we know what a power cut would leave.
class WatchedSink final : public ByteSink {
 public:
  WatchedSink(std::unique_ptr<ByteSink> file, std::string name, std::shared_ptr<Disk> disk)
      : file_(std::move(file)), name_(std::move(name)), disk_(std::move(disk)) {
    (*disk_->lock())[name_] = {};
  }
  Result<void> append(std::span<const std::byte> bytes) override {
    MEANWHILE_TRY(file_->append(bytes));
    (*disk_->lock())[name_].written += bytes.size();
    return {};
  }
  Result<void> sync() override {
    const std::uint64_t written = (*disk_->lock())[name_].written;
    MEANWHILE_TRY(file_->sync());
    (*disk_->lock())[name_].synced = written;
    return {};
  }
  Result<void> cut(std::uint64_t size_bytes) override {
    MEANWHILE_TRY(file_->cut(size_bytes));
    auto disk = disk_->lock();
    OnDisk& file = (*disk)[name_];
    file.written = size_bytes;
    file.synced = std::min(file.synced, size_bytes);
    return {};
  }

 private:
  const std::unique_ptr<ByteSink> file_;
  const std::string name_;
  const std::shared_ptr<Disk> disk_;
};

class PowerCut : public ::testing::Test {
 protected:
  PowerCut() : parts_(parts_without_devices()) {
    parts_.open_screen = [this](const std::string&, int, const Clock& clock) {
      return Result<std::unique_ptr<FrameSource>>(
          paced_frames({"Screen", kWidth, kHeight, 20}, clock, [this](std::int64_t n) {
            return stands_still_ && n > 0 ? nullptr
                                          : grey_frame(kWidth, kHeight, kDark, static_cast<int>(n) + 1);
          }));
    };
    parts_.open_microphone = [](const std::string&, const Clock& clock) {
      return Result<std::unique_ptr<SampleSource>>(paced_samples(
          {"Microphone", 1}, clock,
          [](std::int64_t n) { return static_cast<float>(0.2 * std::sin(static_cast<double>(n) * 0.05)); }));
    };
    parts_.make_sink = [disk =
                            disk_](const std::filesystem::path& path) -> Result<std::unique_ptr<ByteSink>> {
      auto file = FileSink::create(path);
      if (!file) return std::unexpected(file.error());
      return std::make_unique<WatchedSink>(std::move(*file), path.filename().string(), disk);
    };
  }

  // The take as the next start of the machine finds it: what was synced, and a part of what wasn't.
  std::filesystem::path as_the_disk_has_it(const RecordStatus& status) {
    const std::filesystem::path copy = folder_.path() / "after" / status.clip;
    std::filesystem::create_directories(copy);
    std::filesystem::copy_file(status.folder / "take.json", copy / "take.json");
    for (const auto& [name, file] : disk_->copy()) {
      const std::uint64_t more = random_() % (file.written - file.synced + 1);
      auto bytes = read_file(status.folder / name, 1 << 30).value();
      bytes.resize(std::min<std::size_t>(bytes.size(), file.synced + more));
      std::ofstream(copy / name, std::ios::binary) << as_text(bytes);
    }
    return copy;
  }

  void cut_after(std::chrono::milliseconds length) {
    const SteadyClock clock;
    auto recorder = create_recorder({.camera = "none"}, clock, nullptr, parts_);
    ASSERT_TRUE(recorder) << recorder.error().message;
    ASSERT_TRUE((*recorder)->start(folder_.path() / "takes", {}));
    const auto begin = clock.now();
    while (clock.now() < begin + length) std::this_thread::yield();
    const MediaTime recorded = (*recorder)->status().elapsed;
    const auto copy = as_the_disk_has_it((*recorder)->status());
    (*recorder)->cancel();

    const auto take = recover_take(copy);
    ASSERT_TRUE(take) << take.error().message;
    EXPECT_EQ(take->tracks.size(), 2U);
    for (const TrackReport& track : take->tracks) {
      EXPECT_GE(track.duration, recorded - seconds(2)) << track.file;
      const auto path = copy / track.file;
      EXPECT_TRUE(track.kind == TrackKind::Voice ? sound_of(path).has_value()
                                                 : pictures_of(path).has_value());
    }
  }

  ScratchFolder folder_;
  const std::shared_ptr<Disk> disk_ = std::make_shared<Disk>();
  std::atomic<bool> stands_still_ = false;
  RecorderParts parts_;
  std::minstd_rand random_{std::random_device{}()};
};

TEST_F(PowerCut, LosesAtMostTwoSecondsOfAMovingPicture) {
  for (int i = 0; i < 4; ++i) cut_after(milliseconds(2100 + random_() % 1500));
}

TEST_F(PowerCut, LosesAtMostTwoSecondsOfAStillPicture) {
  stands_still_ = true;
  for (int i = 0; i < 3; ++i) cut_after(milliseconds(2100 + random_() % 1500));
}

}  // namespace
}  // namespace meanwhile
