// What the tests of cutting a take stand on.
#pragma once

#include <filesystem>
#include <optional>

#include "media/record/take_cut.h"
#include "tests/media/record/recorder_rig.h"
#include "tests/support/test_clip.h"

namespace meanwhile {

class TakeCutRig : public RecorderTest {
 protected:
  // Each picture of screen and camera shows its number.
  void play_numbered(MediaTime length) {
    const MonotonicTime end = clock_.now() + length;
    while (clock_.now() < end) {
      ++step_;
      screen_.frame(test::numbered_frame(kWidth, kHeight, step_), clock_.now());
      camera_.frame(test::numbered_frame(kWidth, kHeight, step_), clock_.now());
      for (int block = 0; block < 5; ++block) play_sound(clock_.now() + block * milliseconds(10), {});
      clock_.advance(milliseconds(50));
    }
  }
  void stand_still(MediaTime length) {
    const MonotonicTime end = clock_.now() + length;
    while (clock_.now() < end) {
      screen_.unchanged(clock_.now());
      camera_.unchanged(clock_.now());
      for (int block = 0; block < 5; ++block) play_sound(clock_.now() + block * milliseconds(10), {});
      clock_.advance(milliseconds(50));
    }
  }
  // The take's folder; nothing of the recorder runs any more.
  std::filesystem::path stop() {
    const TakeSummary summary = finish();
    recorder_.reset();
    return summary.folder;
  }
  Take trimmed(const std::filesystem::path& folder, std::optional<MediaTime> from,
               std::optional<MediaTime> to) {
    auto take = trim_take(folder, {.from = from, .to = to});
    EXPECT_TRUE(take) << take.error().message;
    return take ? *take : Take{};
  }
  // Trims it and lets the cut stay.
  Take cut(const std::filesystem::path& folder, std::optional<MediaTime> from, std::optional<MediaTime> to) {
    trimmed(folder, from, to);
    auto cut = TakeCut::make(folder, "a-library");
    EXPECT_TRUE(cut) << cut.error().message;
    if (!cut) return {};
    (*cut)->keep();
    cut->reset();
    EXPECT_EQ(leftovers(), 0);
    return read_take(folder).value();
  }
  int leftovers() const {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(takes_))
      count += entry.path().filename().string()[0] == '.';
    return count;
  }
};

}  // namespace meanwhile
