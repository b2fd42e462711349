// Keys that work while another program has the keyboard, under whatever layout.
#include "app/platform/hotkeys.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/environment.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

constexpr int kControl = 37;
constexpr int kAlt = 64;
// A US keyboard's: evdev's codes.
constexpr int kPlaceOfM = 58;
constexpr int kPlaceOfSemicolon = 47;  // M on a French one
constexpr int kPlaceOfS = 39;

class HotkeysTest : public testing::Test {
 protected:
  void SetUp() override {
    auto server = XServer::start({640, 480});
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
    environment_.emplace(server_->environment());
    auto hands = XHands::connect(server_->display());
    ASSERT_TRUE(hands);
    hands_ = std::move(*hands);
  }
  void lay_out(const std::string& layouts) {
    ASSERT_EQ(server_->run({"setxkbmap", "-layout", layouts}).value_or(-1), 0);
  }
  void hold_keys() {
    auto keys = Hotkeys::create([this](Hotkey key) {
      const std::lock_guard lock(mutex_);
      pressed_.push_back(key);
      changed_.notify_all();
    });
    ASSERT_TRUE(keys) << keys.error().message;
    keys_ = std::move(*keys);
  }
  void press(int code) {
    for (const int key : {kControl, kAlt, code}) hands_->press_key(key);
    for (const int key : {code, kAlt, kControl}) hands_->release_key(key);
  }
  // Pressing it comes to that; a change of the layout is on its way to the program for a moment.
  bool means(int code, Hotkey key) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::unique_lock lock(mutex_);
    while (std::chrono::steady_clock::now() < deadline) {
      pressed_.clear();
      lock.unlock();
      press(code);
      lock.lock();
      changed_.wait_for(lock, std::chrono::milliseconds(300), [this] { return !pressed_.empty(); });
      if (!pressed_.empty() && pressed_.front() == key) return true;
    }
    return false;
  }
  // What was pressed since; S is pressed behind it, so that all that comes has come.
  std::vector<Hotkey> pressed_with_stop(int code) {
    {
      const std::lock_guard lock(mutex_);
      pressed_.clear();
    }
    press(code);
    press(kPlaceOfS);
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(20),
                      [this] { return !pressed_.empty() && pressed_.back() == Hotkey::Stop; });
    return pressed_;
  }

  std::unique_ptr<XServer> server_;
  std::optional<ScopedEnvironment> environment_;
  std::unique_ptr<XHands> hands_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Hotkey> pressed_;
  std::unique_ptr<Hotkeys> keys_;  // last: nothing is called any more when the rest goes
};

TEST_F(HotkeysTest, OfTwoLayoutsTheOneInUseCounts) {
  lay_out("us,fr");
  hold_keys();
  EXPECT_TRUE(means(kPlaceOfM, Hotkey::Mute));
  EXPECT_EQ(pressed_with_stop(kPlaceOfSemicolon), std::vector{Hotkey::Stop});

  hands_->use_layout(1);
  EXPECT_TRUE(means(kPlaceOfSemicolon, Hotkey::Mute));
  EXPECT_EQ(pressed_with_stop(kPlaceOfM), std::vector{Hotkey::Stop});
}

TEST_F(HotkeysTest, UnderALayoutThatIsNotLatinPlacesCount) {
  for (const char* layout : {"ru", "gr", "il", "ara", "ru,fr"}) {
    keys_.reset();
    lay_out(layout);
    hands_->use_layout(0);
    hold_keys();
    EXPECT_TRUE(means(kPlaceOfM, Hotkey::Mute)) << layout;
  }
}

TEST_F(HotkeysTest, AnotherLayoutIsFollowedWhileTheyAreHeld) {
  lay_out("us");
  hold_keys();
  EXPECT_TRUE(means(kPlaceOfM, Hotkey::Mute));
  lay_out("fr");
  EXPECT_TRUE(means(kPlaceOfSemicolon, Hotkey::Mute));
}

TEST_F(HotkeysTest, ASecondProgramIsToldThatTheyAreTaken) {
  hold_keys();
  const auto second = Hotkeys::create([](Hotkey) {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::AlreadyExists);
}

TEST_F(HotkeysTest, WhatTheDesktopOffersIsSaid) {
  EXPECT_NE(hotkeys_words().find("Ctrl+Alt with P pauses"), std::string::npos);
  const ScopedEnvironment wayland(
      Environment{{"DISPLAY", server_->display()}, {"WAYLAND_DISPLAY", "wayland-0"}});
  EXPECT_NE(hotkeys_words().find("it asks you once which ones pause"), std::string::npos);
}

}  // namespace
}  // namespace meanwhile
