// Keys that the desktop's portal gives, under Wayland.
#include "app/platform/portal_hotkeys.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "app/platform/hotkeys.h"
#include "media/base/guarded.h"
#include "tests/support/desktop_services.h"
#include "tests/support/shortcuts_portal.h"

namespace meanwhile {
namespace {

class PortalHotkeysTest : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string missing = ShortcutsPortal::missing(); !missing.empty()) GTEST_SKIP() << missing;
    portal_ = ShortcutsPortal::start().value();
    environment_.emplace(portal_->environment());
    keys_ = make_portal_hotkeys([this](Hotkey key) { pressed_.lock()->push_back(key); });
  }
  void TearDown() override {
    keys_.reset();
    environment_.reset();
  }
  bool comes(const std::vector<Hotkey>& keys) {
    return becomes_true([&] { return *pressed_.lock() == keys; });
  }

  std::unique_ptr<ShortcutsPortal> portal_;
  std::optional<ScopedEnvironment> environment_;
  Guarded<std::vector<Hotkey>> pressed_;
  std::unique_ptr<Hotkeys> keys_;
};

TEST_F(PortalHotkeysTest, WhatThePersonChoseComes) {
  ASSERT_TRUE(becomes_true([&] { return !portal_->bound().empty(); }));
  EXPECT_EQ(portal_->bound(), (std::vector<std::string>{"pause", "stop", "mute", "redo", "chapter"}));
  portal_->press("mute");
  portal_->press("redo");
  EXPECT_TRUE(comes({Hotkey::Mute, Hotkey::SayAgain}));
}

TEST_F(PortalHotkeysTest, KeysOfOthersAndUnknownOnesAreNone) {
  ASSERT_TRUE(becomes_true([&] { return !portal_->bound().empty(); }));
  portal_->press_elsewhere("stop");
  portal_->press("eject");
  portal_->press("pause");
  EXPECT_TRUE(comes({Hotkey::PauseOrResume}));
}

TEST(PortalHotkeys, WithoutAPortalIsNoError) {
  if (const std::string missing = SessionBus::missing(); !missing.empty()) GTEST_SKIP() << missing;
  const auto session = SessionBus::start().value();
  const ScopedEnvironment environment(session->environment());
  make_portal_hotkeys([](Hotkey) {});
}

}  // namespace
}  // namespace meanwhile
