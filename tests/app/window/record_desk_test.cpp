// The Record page behind the picture, on a screen of its own.
#include "app/window/record_desk.h"

#include <gtest/gtest.h>

#include "tests/app/window/desk_story.h"
#include "tests/support/scripted_window.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

class RecordDeskTest : public testing::Test {
 protected:
  void SetUp() override {
    auto server = XServer::start({640, 360});
    if (!server) GTEST_SKIP() << server.error().message;
    server_ = std::move(*server);
    environment_.emplace(server_->environment());
    rig_ = std::make_unique<DeskStory>();
    Settings& settings = rig_->application->settings();
    settings.screen = "x11:" + server_->display();
    settings.camera = settings.microphone = "none";
    record_ = std::make_unique<RecordDesk>(rig_->desk, window_,
                                           [this](const TakeSummary& summary) { stopped_ = summary; });
  }
  // Before the environment changes back: threads read it.
  void TearDown() override {
    record_.reset();
    rig_.reset();
  }
  bool becomes(RecordPhase phase) {
    return rig_->comes_true([&] {
      record_->update();
      return shown().phase == phase;
    });
  }
  void arm() {
    record_->arm();
    ASSERT_TRUE(becomes(RecordPhase::Armed)) << shown().failure;
  }
  const RecordPageState& shown() const { return rig_->state.record; }
  Settings& settings() { return rig_->application->settings(); }
  Settings on_disk() { return load_settings(rig_->application->home().settings_file())->settings; }
  void change(const std::function<void(Settings&)>& change) {
    const Settings before = settings();
    change(settings());
    record_->note_settings(before);
  }

  std::unique_ptr<XServer> server_;
  std::optional<ScopedEnvironment> environment_;
  std::unique_ptr<DeskStory> rig_;
  ScriptedWindow window_;
  std::optional<TakeSummary> stopped_;
  std::unique_ptr<RecordDesk> record_;
};

TEST_F(RecordDeskTest, NoDeviceIsSaidAndLookedForAgain) {
  settings().screen = "none";
  record_->arm();
  ASSERT_TRUE(becomes(RecordPhase::Failed));
  EXPECT_NE(shown().failure, "");
  settings().screen = "x11:" + server_->display();
  record_->refresh_devices();
  EXPECT_TRUE(becomes(RecordPhase::Armed)) << shown().failure;
}

TEST_F(RecordDeskTest, TheCountdownCountsAndCanBeCancelled) {
  arm();
  record_->begin();
  EXPECT_EQ(shown().phase, RecordPhase::Countdown);
  record_->update();
  EXPECT_EQ(shown().countdown_left, 3);
  rig_->clock.advance(seconds(1));
  record_->update();
  EXPECT_EQ(shown().countdown_left, 2);
  record_->cancel_countdown();
  rig_->clock.advance(seconds(9));
  record_->update();
  EXPECT_EQ(shown().phase, RecordPhase::Armed);
}

TEST_F(RecordDeskTest, WithoutACountdownItRecordsOnceTheWindowIsOutOfThePicture) {
  settings().countdown = false;
  arm();
  ASSERT_NE(shown().aside, Aside::Stays) << "the screen sees our window";
  record_->begin();
  EXPECT_TRUE(window_.is_aside);
  record_->update();
  EXPECT_EQ(shown().phase, RecordPhase::Countdown);
  rig_->clock.advance(seconds(1));
  record_->update();
  EXPECT_EQ(shown().phase, RecordPhase::Recording);
  record_->discard();
  EXPECT_FALSE(window_.is_aside);
  EXPECT_TRUE(becomes(RecordPhase::Armed));
  EXPECT_TRUE(list_takes(rig_->application->home().takes()).empty());
}

TEST_F(RecordDeskTest, PausedItComesBackAndResumedItGoesAgain) {
  settings().countdown = false;
  arm();
  record_->begin();
  rig_->clock.advance(seconds(1));
  record_->update();
  record_->pause();
  EXPECT_EQ(shown().phase, RecordPhase::Paused);
  EXPECT_EQ(window_.is_aside, shown().aside == Aside::Strip);
  record_->resume();
  EXPECT_TRUE(window_.is_aside);
  rig_->clock.advance(seconds(1));
  record_->update();
  EXPECT_EQ(shown().phase, RecordPhase::Recording);
  record_->discard();
}

TEST_F(RecordDeskTest, StandingAsideIsASwitchThatHoldsAtOnce) {
  arm();
  change([](Settings& settings) { settings.stand_aside = false; });
  EXPECT_EQ(shown().aside, Aside::Stays);
  change([](Settings& settings) { settings.stand_aside = true; });
  EXPECT_NE(shown().aside, Aside::Stays);
}

TEST_F(RecordDeskTest, OtherDevicesAreOpenedAnew) {
  arm();
  change([](Settings& settings) { settings.countdown = false; });
  EXPECT_EQ(shown().phase, RecordPhase::Armed) << "nothing that a device has to know of";
  change([](Settings& settings) { settings.system_audio = true; });
  EXPECT_EQ(shown().phase, RecordPhase::Opening);
  record_->choose_device(DeviceKind::Camera, "default");
  EXPECT_EQ(on_disk().camera, "default");
  EXPECT_EQ(shown().camera.chosen, "default");
}

TEST_F(RecordDeskTest, NotesAreOnTheDiskWhenThePageIsLeft) {
  arm();
  record_->edit_notes("Say hello");
  EXPECT_EQ(shown().notes, "Say hello");
  record_->disarm();
  EXPECT_EQ(on_disk().speaker_notes, "Say hello");
}

}  // namespace
}  // namespace meanwhile
