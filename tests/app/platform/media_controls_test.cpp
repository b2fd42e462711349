// What is played, as a desktop sees it, and its media keys.
#include "app/platform/media_controls.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/base/bus.h"
#include "media/base/guarded.h"
#include "tests/support/desktop_services.h"
#include "tests/support/session_bus.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

constexpr const char* kPath = "/org/mpris/MediaPlayer2";
constexpr const char* kPlayer = "org.mpris.MediaPlayer2.Player";

const PlayedView kOpen{.id = "01J0000000000000000000000A",
                       .title = "Where we stand",
                       .author = "Ada Berg",
                       .length = seconds(300),
                       .position = seconds(60),
                       .speed = 1,
                       .volume = 0.5};

class MediaControlsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string missing = SessionBus::missing(); !missing.empty()) GTEST_SKIP() << missing;
    session_ = SessionBus::start().value();
    environment_.emplace(session_->environment());
    desktop_ = session_->connect();
    controls_ = make_media_controls([this](const MediaWish& wish) { wishes_.lock()->push_back(wish); });
  }
  void TearDown() override {
    controls_.reset();
    environment_.reset();
  }
  std::string text(const char* property, const char* interface = kPlayer) {
    char* words = nullptr;
    sd_bus_get_property_string(desktop_.get(), name_.c_str(), kPath, interface, property, nullptr, &words);
    const std::unique_ptr<char, decltype(&std::free)> owned(words, &std::free);
    return words ? words : "";
  }
  std::int64_t position() {
    std::int64_t us = -1;
    sd_bus_get_property_trivial(desktop_.get(), name_.c_str(), kPath, kPlayer, "Position", nullptr, 'x', &us);
    return us;
  }
  bool is_on_bus() {
    sd_bus_message* reply = nullptr;
    sd_bus_call_method(desktop_.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus",
                       "org.freedesktop.DBus", "NameHasOwner", nullptr, &reply, "s", name_.c_str());
    const BusMessagePtr owned(reply);
    int has = 0;
    return reply && sd_bus_message_read(reply, "b", &has) > 0 && has != 0;
  }
  bool shows(const PlayedView& view) {
    controls_->show(view);
    return becomes_true(
        [&] { return is_on_bus() && text("PlaybackStatus") == (view.is_playing ? "Playing" : "Paused"); });
  }
  // As `busctl` prints it.
  std::string title() {
    sd_bus_message* reply = nullptr;
    sd_bus_get_property(desktop_.get(), name_.c_str(), kPath, kPlayer, "Metadata", nullptr, &reply, "a{sv}");
    const BusMessagePtr owned(reply);
    if (!reply || sd_bus_message_enter_container(reply, 'a', "{sv}") <= 0) return {};
    while (sd_bus_message_enter_container(reply, 'e', "sv") > 0) {
      const char* name = nullptr;
      const char* words = nullptr;
      sd_bus_message_read(reply, "s", &name);
      if (std::string(name) == "xesam:title" && sd_bus_message_read(reply, "v", "s", &words) > 0)
        return words;
      sd_bus_message_skip(reply, "v");
      sd_bus_message_exit_container(reply);
    }
    return {};
  }
  template <typename... Args>
  bool press(const char* method, const char* types = "", Args... args) {
    return sd_bus_call_method(desktop_.get(), name_.c_str(), kPath, kPlayer, method, nullptr, nullptr, types,
                              args...) >= 0;
  }
  bool wished(const MediaWish& wish) {
    return becomes_true([&] {
      const auto all = wishes_.copy();
      return !all.empty() && all.back() == wish;
    });
  }

  std::unique_ptr<SessionBus> session_;
  std::optional<ScopedEnvironment> environment_;
  BusPtr desktop_;
  Guarded<std::vector<MediaWish>> wishes_;
  const std::string name_ = "org.mpris.MediaPlayer2.meanwhile.instance" + std::to_string(::getpid());
  std::unique_ptr<MediaControls> controls_;
};

TEST_F(MediaControlsTest, WhatIsOpenIsThereAndGoesWithIt) {
  ASSERT_TRUE(shows(kOpen));
  EXPECT_EQ(title(), "Where we stand");
  EXPECT_EQ(text("Identity", "org.mpris.MediaPlayer2"), "Meanwhile");
  EXPECT_EQ(position(), 60'000'000);
  controls_->show(std::nullopt);
  EXPECT_TRUE(becomes_true([&] { return !is_on_bus(); })) << "the keys are others' again";
}

TEST_F(MediaControlsTest, ThePositionGoesOnByItself) {
  PlayedView playing = kOpen;
  playing.is_playing = true;
  playing.speed = 2;
  ASSERT_TRUE(shows(playing));
  const std::int64_t first = position();
  EXPECT_TRUE(becomes_true([&] { return position() > first + 100'000; }));
}

TEST_F(MediaControlsTest, KeysAreWishes) {
  ASSERT_TRUE(shows(kOpen));
  ASSERT_TRUE(press("PlayPause"));
  EXPECT_TRUE(wished({MediaWishKind::PlayPause}));
  ASSERT_TRUE(press("Seek", "x", std::int64_t{-5'000'000}));
  EXPECT_TRUE(wished({MediaWishKind::SeekBy, seconds(-5)}));
  ASSERT_TRUE(press("Next"));
  EXPECT_TRUE(wished({MediaWishKind::Next}));
  ASSERT_GE(sd_bus_set_property(desktop_.get(), name_.c_str(), kPath, kPlayer, "Volume", nullptr, "d", 7.0),
            0);
  EXPECT_TRUE(wished({MediaWishKind::SetVolume, {}, 1.0}));
  ASSERT_GE(sd_bus_set_property(desktop_.get(), name_.c_str(), kPath, kPlayer, "Rate", nullptr, "d", 0.0), 0);
  EXPECT_TRUE(wished({MediaWishKind::Pause}));
}

TEST_F(MediaControlsTest, APositionOfAnotherUpdateIsPassedOver) {
  ASSERT_TRUE(shows(kOpen));
  ASSERT_TRUE(
      press("SetPosition", "ox", "/app/meanwhile/01J0000000000000000000000A", std::int64_t{9'000'000}));
  EXPECT_TRUE(wished({MediaWishKind::SeekTo, seconds(9)}));
  ASSERT_TRUE(press("SetPosition", "ox", "/app/meanwhile/another", std::int64_t{1'000'000}));
  ASSERT_TRUE(
      press("SetPosition", "ox", "/app/meanwhile/01J0000000000000000000000A", std::int64_t{900'000'000}));
  ASSERT_TRUE(press("Pause"));
  EXPECT_TRUE(wished({MediaWishKind::Pause}));
  EXPECT_EQ(wishes_.lock()->size(), 2U);
}

TEST(MediaControls, WithoutABusIsNoError) {
  const ScopedFolder folder;
  const ScopedEnvironment environment(
      {{"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder.path() / "no-bus").string()}});
  make_media_controls([](const MediaWish&) {})->show(kOpen);
}

}  // namespace
}  // namespace meanwhile
