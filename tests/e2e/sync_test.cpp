// Sound against picture: a flash on the screen, a flash before the camera and a beep at the same instants,
// recorded for a minute.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "media/record/recorder.h"
#include "tests/e2e/stage.h"
#include "tests/support/metronome.h"
#include "tests/support/track_inspection.h"

namespace meanwhile::e2e {
namespace {

// With another test beside it the sound server itself moves the beeps by 20 ms while it comes up ("ms off the
// beat" shows that): what is held to here is what people begin to notice, not what is promised.
constexpr double kLargestOffset = 0.060;
// With the devices up, and several beats to take the middle of.
constexpr double kPromisedOffset = 0.025;
constexpr int kStretches = 6;
constexpr auto kPause = std::chrono::milliseconds(1370);  // no whole number of beats
constexpr int kSettlingBeeps = 2;
constexpr double kCut = 0.2;
constexpr double kBright = 120;  // of 255
constexpr float kLoud = 0.15F;
constexpr double kNearSeconds = 0.5;  // half a beat
// The start of a take and its end, in beats. A busy machine drops pictures, and a flash with them.
constexpr std::ptrdiff_t kBeats = 12;

// A screen's picture bears the instant of its change. A camera's bears that of its exposure: the flash began
// somewhere between the last dark picture and the first bright one, 33 ms apart, most likely halfway.
enum class FlashBegins { AtFirstBrightPicture, BetweenPictures };

// When each flash begins, in seconds of the take.
std::vector<double> flashes_in(const std::filesystem::path& track,
                               FlashBegins begin = FlashBegins::AtFirstBrightPicture) {
  const auto pictures = pictures_of(track);
  EXPECT_TRUE(pictures) << pictures.error().message;
  std::vector<double> flashes;
  if (!pictures) return flashes;
  for (std::size_t i = 1; i < pictures->size(); ++i) {
    const bool begins = (*pictures)[i - 1].luma < kBright && (*pictures)[i].luma >= kBright;
    if (!begins) continue;
    const double bright = to_seconds((*pictures)[i].at);
    const double dark = to_seconds((*pictures)[i - 1].at);
    flashes.push_back(begin == FlashBegins::BetweenPictures ? (dark + bright) / 2 : bright);
  }
  return flashes;
}

std::vector<double> beeps_in(const std::filesystem::path& track) {
  constexpr double kRate = 48'000;
  constexpr std::size_t kQuietSamples = 24'000;  // a beep is one beep however it swings
  const auto sound = sound_of(track);
  EXPECT_TRUE(sound) << sound.error().message;
  std::vector<double> beeps;
  if (!sound) return beeps;
  std::optional<std::size_t> last_loud;
  for (std::size_t i = 0; i < sound->samples.size(); ++i) {
    if (std::abs(sound->samples[i]) < kLoud) continue;
    const bool begins = !last_loud || i - *last_loud > kQuietSamples;
    if (begins)
      beeps.push_back(static_cast<double>(sound->first_sample + static_cast<std::int64_t>(i)) / kRate);
    last_loud = i;
  }
  return beeps;
}

// How much later `instants` has what comes nearest to `at`.
std::optional<double> offset_from(double at, const std::vector<double>& instants) {
  if (instants.empty()) return std::nullopt;
  const auto nearest =
      std::ranges::min_element(instants, {}, [at](double instant) { return std::abs(instant - at); });
  if (std::abs(*nearest - at) > kNearSeconds) return std::nullopt;
  return *nearest - at;
}

// Of several beats the middle offset: one beat that a busy machine delayed says nothing of the clocks.
std::optional<double> middle_offset(const std::vector<double>& beats, const std::vector<double>& instants) {
  std::vector<double> offsets;
  for (const double beat : beats) {
    if (const auto offset = offset_from(beat, instants)) offsets.push_back(*offset);
  }
  if (offsets.size() < 3) return std::nullopt;
  std::ranges::sort(offsets);
  return offsets[offsets.size() / 2];
}

void expect_in_step(const char* when, const std::vector<double>& beeps, const std::vector<double>& screen,
                    const std::vector<double>& camera, double most = kLargestOffset) {
  const auto screen_offset = middle_offset(beeps, screen);
  const auto camera_offset = middle_offset(beeps, camera);
  ASSERT_TRUE(screen_offset) << when << ": the screen's flashes aren't there";
  ASSERT_TRUE(camera_offset) << when << ": the camera's flashes aren't there";
  std::printf("%s: screen %+.1f ms, camera %+.1f ms after the beep\n", when, *screen_offset * 1e3,
              *camera_offset * 1e3);
  EXPECT_LE(std::abs(*screen_offset), most) << when;
  EXPECT_LE(std::abs(*camera_offset), most) << when;
  EXPECT_LE(std::abs(*screen_offset - *camera_offset), most) << when;
}

// For whoever looks for the cause of an offset: how far each series leaves the beat of its own first instant,
// a second on the take's clock, every five beats.
void print_drift(const char* what, const std::vector<double>& instants) {
  std::printf("%s, ms off the beat:", what);
  for (std::size_t i = 0; i < instants.size(); i += 5) {
    const double since = instants[i] - instants.front();
    std::printf(" %+.0f", (since - std::round(since)) * 1e3);
  }
  std::printf("\n");
}

// MEANWHILE_SYNC_SECONDS: how long it records, for whoever wants to be sure; on a machine that has nothing
// else to do, so that it is held to what is promised.
std::chrono::milliseconds stretch_length() {
  const char* wanted = std::getenv("MEANWHILE_SYNC_SECONDS");
  return std::chrono::milliseconds(1000 * (wanted ? std::atoi(wanted) : 48) / kStretches);
}

// By the Recorder itself, which can pause: what it promises is 25 ms throughout.
TEST(Synchrony, FlashesAndBeepsAgreeBetweenAllOfFivePauses) {
  Stage stage;
  stage.camera().flash_every_second();
  const ScopedEnvironment surroundings(stage.environment());
  const Environment sound = stage.sound().environment();
  const auto metronome = Metronome::start(stage.screen().display(), sound.front().second, "rig_micfeed");
  ASSERT_TRUE(metronome) << metronome.error().message;
  const SteadyClock clock;
  auto recorder = Recorder::create({}, clock, nullptr);
  ASSERT_TRUE(recorder) << recorder.error().message;
  ASSERT_TRUE(wait_until([&] {
    return (*metronome)->beeps() >= kSettlingBeeps && (*recorder)->status().voice_peak > kLoud &&
           (*recorder)->preview(TrackKind::Screen) && (*recorder)->preview(TrackKind::Camera);
  }));
  ASSERT_TRUE((*recorder)->start(stage.folder() / "takes", {}));
  std::vector<double> borders{0};
  for (int stretch = 0; stretch < kStretches; ++stretch) {
    if (stretch > 0) {
      (*recorder)->pause();
      borders.push_back(to_seconds((*recorder)->status().elapsed));
      const MonotonicTime end = clock.now() + kPause;
      ASSERT_TRUE(wait_until([&] { return clock.now() >= end; }));
      (*recorder)->resume();
    }
    const MediaTime end = (*recorder)->status().elapsed + stretch_length();
    ASSERT_TRUE(wait_until([&] { return (*recorder)->status().elapsed >= end; }));
  }
  const auto take = (*recorder)->finish();
  ASSERT_TRUE(take) << take.error().message;
  borders.push_back(to_seconds(take->duration));

  const std::vector<double> screen = flashes_in(take->folder / "screen.mp4");
  const std::vector<double> camera = flashes_in(take->folder / "camera.mp4", FlashBegins::BetweenPictures);
  const std::vector<double> beeps = beeps_in(take->folder / "voice.mp4");
  for (std::size_t i = 1; i < borders.size(); ++i) {
    // What a pause cuts through begins earlier than it can be seen.
    std::vector<double> within;
    for (const double beep : beeps) {
      if (beep > borders[i - 1] + kCut && beep < borders[i] - kCut) within.push_back(beep);
    }
    const std::string when = "stretch " + std::to_string(i);
    expect_in_step(when.c_str(), within, screen, camera,
                   std::getenv("MEANWHILE_SYNC_SECONDS") ? kPromisedOffset : kLargestOffset);
  }
}

// Takes a good minute.
TEST(Synchrony, FlashesAndBeepsAgreeAtTheStartAndTheEndOfAMinute) {
  Stage stage;
  stage.camera().flash_every_second();
  const Environment sound = stage.sound().environment();
  const auto metronome = Metronome::start(stage.screen().display(), sound.front().second, "rig_micfeed");
  ASSERT_TRUE(metronome) << metronome.error().message;
  ASSERT_TRUE(wait_until([&] { return (*metronome)->beeps() >= kSettlingBeeps; }));
  const Person anna = stage.person("anna");
  const Answer answer = anna.ask({"record", "--for", "60s"});
  ASSERT_EQ(answer.status, 0) << answer.err;
  EXPECT_EQ(answer.json["warnings"].size(), 0U) << answer.json["warnings"].dump();

  const std::filesystem::path take = only_take(anna);
  const std::vector<double> screen = flashes_in(take / "screen.mp4");
  const std::vector<double> camera = flashes_in(take / "camera.mp4");
  const std::vector<double> beeps = beeps_in(take / "voice.mp4");
  std::printf("%zu beeps, %zu flashes of the screen, %zu before the camera\n", beeps.size(), screen.size(),
              camera.size());
  print_drift("beeps", beeps);
  print_drift("screen", screen);
  print_drift("camera", camera);
  ASSERT_GE(beeps.size(), 58U);
  // The first second belongs to devices that come up.
  expect_in_step("start", {beeps.begin() + 1, beeps.begin() + 1 + kBeats}, screen, camera);
  expect_in_step("end", {beeps.end() - 1 - kBeats, beeps.end() - 1}, screen, camera);
}

}  // namespace
}  // namespace meanwhile::e2e
