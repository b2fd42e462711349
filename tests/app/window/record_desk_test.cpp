// The Record page behind the picture, on a screen of its own.
#include "app/window/record_desk.h"

#include <gtest/gtest.h>

#include "tests/app/window/desk_story.h"
#include "tests/support/scripted_window.h"
#include "tests/support/tray_host.h"
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

TEST_F(RecordDeskTest, ARehearsalIsPlayedAndNothingOfItIsKept) {
  arm();
  const auto folder = rig_->application->home().rehearsals();
  record_->rehearse();
  EXPECT_EQ(shown().phase, RecordPhase::Rehearsing);
  EXPECT_TRUE(window_.is_aside) << "what is in the way of a recording is in the way of a rehearsal";
  rig_->clock.advance(seconds(1));
  record_->update();
  EXPECT_TRUE(std::filesystem::exists(folder));
  EXPECT_EQ(shown().rehearsal_left, 3);
  EXPECT_FALSE(record_->is_recording()) << "it can be left at any time";
  rig_->clock.advance(seconds(3));
  ASSERT_TRUE(becomes(RecordPhase::Rehearsed));
  EXPECT_FALSE(window_.is_aside);
  EXPECT_TRUE(rig_->comes_true([&] {
    record_->update();
    return shown().screen_preview != nullptr;
  })) << "it isn't played";
  record_->end_rehearsal();
  ASSERT_TRUE(becomes(RecordPhase::Armed));
  EXPECT_TRUE(becomes_true([&] { return !std::filesystem::exists(folder); }));
  EXPECT_TRUE(list_takes(rig_->application->home().takes()).empty());
  EXPECT_FALSE(stopped_);
}

TEST_F(RecordDeskTest, ARehearsalThatIsLeftIsRemoved) {
  arm();
  record_->rehearse();
  rig_->clock.advance(seconds(1));
  record_->update();
  record_->disarm();
  EXPECT_FALSE(window_.is_aside);
  EXPECT_TRUE(becomes_true([&] { return !std::filesystem::exists(rig_->application->home().rehearsals()); }));
}

TEST_F(RecordDeskTest, AnAreaIsDraggedAndRemembered) {
  arm();
  ASSERT_TRUE(shown().can_choose_area);
  record_->choose_area();
  EXPECT_TRUE(window_.is_aside) << "it would lie on what is to be framed";
  rig_->clock.advance(seconds(1));
  record_->update();
  const auto hands = XHands::connect(server_->display()).value();
  hands->move_pointer(100, 50);
  hands->press(1);
  hands->move_pointer(420, 290);
  hands->release(1);
  ASSERT_TRUE(rig_->comes_true([&] { return shown().screen.chosen == "x11:+100,50,320x240"; }));
  EXPECT_FALSE(window_.is_aside);
  EXPECT_EQ(on_disk().screen, "x11:+100,50,320x240");
  ASSERT_TRUE(becomes(RecordPhase::Armed)) << shown().failure;
}

TEST_F(RecordDeskTest, TheFrameRateIsRemembered) {
  arm();
  record_->choose_frame_rate(60);
  EXPECT_EQ(shown().frames_per_second, 60);
  EXPECT_EQ(on_disk().frames_per_second, 60);
  EXPECT_TRUE(becomes(RecordPhase::Armed));
}

TEST_F(RecordDeskTest, NotesThatCantBeShownAreSaidSo) {
  window_.screens = {{0, 0, 640, 360}};
  arm();
  ASSERT_EQ(shown().aside, Aside::Minimised) << "there is one screen, and all of it is recorded";
  EXPECT_EQ(shown().aside_words.find("notes"), std::string::npos);
  record_->edit_notes("Say hello");
  EXPECT_NE(shown().aside_words.find("your notes can't be seen"), std::string::npos);
  record_->choose_device(DeviceKind::Screen, "x11:+0,0,32x300");
  ASSERT_TRUE(becomes(RecordPhase::Armed));
  EXPECT_EQ(shown().aside, Aside::Strip) << "beside the area there is room for the strip, and for notes";
}

TEST_F(RecordDeskTest, TheTrayShowsAndSteersARunningTake) {
  if (const std::string missing = TrayHost::missing(); !missing.empty()) GTEST_SKIP() << missing;
  const auto host = TrayHost::start().value();
  const ScopedEnvironment bus(host->environment());
  host->appear();
  settings().countdown = false;
  arm();
  EXPECT_TRUE(host->items().empty());
  record_->begin();
  rig_->clock.advance(seconds(1));
  record_->update();
  const auto shows = [&](const std::string& property, const std::string& value) {
    return rig_->comes_true([&] {
      record_->update();
      const auto items = host->items();
      return !items.empty() && host->text(items.back(), property) == value;
    });
  };
  rig_->clock.advance(seconds(5));
  EXPECT_TRUE(shows("XAyatanaLabel", "0:05"));
  EXPECT_TRUE(host->choose(host->items().back(), "Pause"));
  EXPECT_TRUE(becomes(RecordPhase::Paused));
  EXPECT_TRUE(shows("Title", "Meanwhile: Paused at 0:05"));
  EXPECT_TRUE(host->choose(host->items().back(), "Stop"));
  EXPECT_TRUE(rig_->comes_true([&] {
    record_->update();
    return stopped_.has_value();
  }));
  EXPECT_TRUE(becomes_true([&] { return host->items().empty(); }));
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
