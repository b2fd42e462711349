#include "media/capture/portal/portal_source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <future>
#include <thread>

#include "media/capture/devices.h"
#include "media/capture/portal/restore_token.h"
#include "media/capture/source_registry.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/picture_colours.h"
#include "tests/support/picture_giver.h"
#include "tests/support/scripted_portal.h"

namespace meanwhile {
namespace {

constexpr std::uint32_t kBlue = 0x2040c0;
constexpr std::uint32_t kGreen = 0x20c040;

// The real front end of the portal; the desktop, and the person in front of it, are the test's.
class Portal : public testing::Test {
 protected:
  void SetUp() override {
    std::string missing = DesktopServices::missing();
    if (missing.empty()) missing = ScriptedPortal::missing();
    if (!missing.empty()) GTEST_SKIP() << "this machine has no " << missing;
    auto services = DesktopServices::start();
    ASSERT_TRUE(services) << services.error().message;
    services_ = std::move(*services);
    environment_ = std::make_unique<ScopedEnvironment>(services_->environment());
  }

  void start_desktop() {
    auto screen = PictureGiver::start({});
    ASSERT_TRUE(screen) << screen.error().message;
    screen_ = std::move(*screen);
    auto portal = ScriptedPortal::start(*services_);
    ASSERT_TRUE(portal) << portal.error().message;
    portal_ = std::move(*portal);
    portal_->set_answer(PortalAnswer::Grant, screen_->node());
  }

  Result<std::unique_ptr<FrameSource>> open(const std::string& spec = "portal:") {
    return open_screen(spec, 30, clock_, {.state_folder = state_.path(), .stop = stop_.get_token()});
  }

  void record() {
    auto source = open();
    ASSERT_TRUE(source) << source.error().message;
    source_ = std::move(*source);
    ASSERT_TRUE(source_->start(frames_, &pointer_));
    ASSERT_TRUE(screen_->give_colour(kBlue));
    ASSERT_TRUE(shows(kBlue));
  }

  bool shows(std::uint32_t rgb) {
    return frames_.wait_for([=](const auto& state) {
      return !state.last_frames.empty() && has_colour(*state.last_frames.back(), 320, 240, rgb);
    });
  }

  std::filesystem::path token_file() const { return restore_token_file(state_.path()); }

  const SteadyClock clock_;
  ScopedFolder state_;
  std::stop_source stop_;
  std::unique_ptr<DesktopServices> services_;
  std::unique_ptr<ScopedEnvironment> environment_;
  std::unique_ptr<PictureGiver> screen_;
  std::unique_ptr<ScriptedPortal> portal_;
  KeepingFrameSink frames_;
  KeepingPointerSink pointer_;
  std::unique_ptr<FrameSource> source_;  // last: stopped before its sinks go
};

TEST_F(Portal, ScreenThatThePersonPicksIsRecorded) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  ASSERT_NO_FATAL_FAILURE(record());

  ASSERT_TRUE(screen_->give_colour(kGreen));

  EXPECT_TRUE(shows(kGreen));
  EXPECT_EQ(source_->info().name, "Shared screen, 640 x 480");
  EXPECT_EQ(portal_->log().dialogs, 1);
  EXPECT_EQ(portal_->log().types, 3U);        // monitors and windows
  EXPECT_EQ(portal_->log().cursor_mode, 4U);  // as metadata
}

TEST_F(Portal, PointerIsMetadataWhereTheDesktopHasIt) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  ASSERT_NO_FATAL_FAILURE(record());

  GivenPointer pointer{.x = 12, .y = 34, .size = {1, 1}, .bgra = {0, 0, 0, 0xff}};
  ASSERT_TRUE(screen_->give({.paint = {}, .damage = {}, .crop = {}, .pointer = pointer}));

  EXPECT_TRUE(pointer_.wait_for([](const auto& state) {
    return !state.samples.empty() && state.samples.back().x == 12 && state.samples.back().y == 34;
  }));
}

TEST_F(Portal, CancelledDialogIsAborted) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  portal_->set_answer(PortalAnswer::Cancel, 0);

  const auto source = open();

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Aborted);
  EXPECT_NE(source.error().message.find("cancelled"), std::string::npos) << source.error().message;
}

TEST_F(Portal, DesktopThatCannotIsAnError) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  portal_->set_answer(PortalAnswer::Fail, 0);

  const auto source = open();

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Unavailable);
}

TEST_F(Portal, StopEndsTheWaitForAPersonWhoThinksAndTheirDialog) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  portal_->set_answer(PortalAnswer::Nothing, 0);
  auto opening = std::async(std::launch::async, [this] { return open(); });
  ASSERT_TRUE(becomes_true([this] { return portal_->log().dialogs == 1; }));

  stop_.request_stop();

  const auto source = opening.get();
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Aborted);
  EXPECT_TRUE(becomes_true([this] { return portal_->log().withdrawn == 1; }));
}

TEST_F(Portal, DialogComesOnceBecauseTheTokenIsKept) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());

  for (int i = 0; i < 3; ++i) {
    const auto source = open();
    ASSERT_TRUE(source) << source.error().message;
  }

  EXPECT_EQ(portal_->log().dialogs, 1);
  EXPECT_EQ(portal_->log().restored, 2);
  EXPECT_EQ(portal_->log().persist_mode, 2U);
}

TEST_F(Portal, TokenIsNobodyElsesToRead) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  ASSERT_TRUE(open());

  struct stat found{};
  ASSERT_EQ(::stat(token_file().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600U);
}

TEST_F(Portal, AskingAnewBringsTheDialog) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  ASSERT_TRUE(open());

  ASSERT_TRUE(open("portal:ask"));

  EXPECT_EQ(portal_->log().dialogs, 2);
}

TEST_F(Portal, TokenOfAnotherDesktopBringsTheDialog) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  ASSERT_TRUE(write_restore_token(token_file(), "0b0e6d0c-8a5c-4d3f-9a45-2f4b8e3c1a77"));

  const auto source = open();

  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ(portal_->log().dialogs, 1);
}

TEST_F(Portal, SharingThatThePersonEndsEndsWithASentence) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  ASSERT_NO_FATAL_FAILURE(record());

  portal_->revoke();

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  EXPECT_NE(frames_.end()->message.find("ended the sharing"), std::string::npos) << frames_.end()->message;
}

TEST_F(Portal, StopClosesTheSession) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  ASSERT_NO_FATAL_FAILURE(record());

  source_.reset();

  EXPECT_TRUE(becomes_true([this] { return portal_->log().closed == 1; }));
}

TEST_F(Portal, DesktopWithoutPortalSaysWhatToInstall) {
  const auto source = open();

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Unavailable);
  EXPECT_NE(source.error().message.find("install xdg-desktop-portal"), std::string::npos)
      << source.error().message;
}

TEST_F(Portal, PortalWithoutBackEndSaysWhatToInstall) {
  const auto front_end =
      services_->launch({ScriptedPortal::kFrontEnd},
                        {{"XDG_DESKTOP_PORTAL_DIR", state_.path()}, {"XDG_CURRENT_DESKTOP", "rig"}});
  ASSERT_TRUE(front_end);
  ASSERT_TRUE(services_->wait_for_name("org.freedesktop.portal.Desktop"));

  const auto source = open();

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Unavailable);
  EXPECT_NE(source.error().message.find("back end"), std::string::npos) << source.error().message;
}

TEST_F(Portal, MachineWithoutSessionBusSaysSo) {
  const ScopedEnvironment nowhere(Environment{{"DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus"}});

  const auto source = open();

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Unavailable);
  EXPECT_NE(source.error().message.find("session bus"), std::string::npos) << source.error().message;
}

TEST_F(Portal, UnknownSpecIsRefused) {
  EXPECT_EQ(open("portal:HDMI-1").error().code, ErrorCode::InvalidArgument);
}

TEST_F(Portal, UnderWaylandItIsTheScreenAndX11IsNot) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  const ScopedEnvironment wayland(
      Environment{{"WAYLAND_DISPLAY", "wayland-1"}, {"XDG_SESSION_TYPE", "wayland"}, {"DISPLAY", ":0"}});

  const auto devices = list_devices();
  const auto source = open("default");

  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ(portal_->log().dialogs, 1);
  ASSERT_FALSE(devices.empty());
  EXPECT_EQ(devices.front().spec, "portal:");
  EXPECT_TRUE(devices.front().is_default);
  for (const Device& device : devices) EXPECT_FALSE(device.spec.starts_with("x11:")) << device.spec;
}

TEST_F(Portal, UnderX11ItIsNotTheDefault) {
  ASSERT_NO_FATAL_FAILURE(start_desktop());
  const ScopedEnvironment x11(Environment{{"WAYLAND_DISPLAY", "wayland-1"}, {"XDG_SESSION_TYPE", "x11"}});

  EXPECT_FALSE(open("default"));

  EXPECT_EQ(portal_->log().dialogs, 0);
}

TEST(RestoreToken, WhatIsNoTokenIsNotReadAndNotKept) {
  const ScopedFolder folder;
  const auto file = restore_token_file(folder.path());
  EXPECT_EQ(read_restore_token(file), "");
  std::ofstream(file) << "two words";
  EXPECT_EQ(read_restore_token(file), "");

  ASSERT_TRUE(write_restore_token(file, "abc-1"));
  EXPECT_EQ(read_restore_token(file), "abc-1");
  ASSERT_TRUE(write_restore_token(file, ""));
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_TRUE(write_restore_token(restore_token_file({}), "abc-1"));
}

}  // namespace
}  // namespace meanwhile
