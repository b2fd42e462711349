// What a person chooses: kept, shown, told to those whom it concerns.
#include "app/window/settings_desk.h"

#include <gtest/gtest.h>

#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

class SettingsDeskTest : public testing::Test {
 protected:
  SettingsDeskTest() {
    (void)rig_.library();  // it has heard of the person by then
    settings_.fill();
  }
  // Of what waits to be sent: what the library was told.
  std::int64_t told() { return rig_.library().outbox().status()->waiting_events; }
  const Settings& on_disk() {
    return saved_ = load_settings(rig_.application->home().settings_file())->settings;
  }
  const SettingsState& shown() const { return rig_.state.settings; }

  DeskStory rig_;
  Settings saved_;
  std::vector<Settings> befores_;
  int sending_changes_ = 0;
  SettingsDesk settings_{rig_.desk,
                         {.on_change = [this](const Settings& before) { befores_.push_back(before); },
                          .on_sending = [this] { ++sending_changes_; },
                          .is_metered = [] { return true; },
                          .fill_libraries = [] {}}};
};

TEST_F(SettingsDeskTest, AChoiceIsShownAndOnTheDiskAndOthersHearWhatWasBefore) {
  settings_.change([](Settings& settings) { settings.motion = false; });
  EXPECT_FALSE(shown().chosen.motion);
  EXPECT_FALSE(on_disk().motion);
  ASSERT_EQ(befores_.size(), 1U);
  EXPECT_TRUE(befores_[0].motion);
}

TEST_F(SettingsDeskTest, LibrariesAreToldOfANameButNotOfATheme) {
  const std::int64_t before = told();
  // Something else may have changed the name: a theme is no occasion to say so.
  rig_.application->settings().name = "Anna";
  settings_.change([](Settings& settings) { settings.theme = ThemeSetting::Light; });
  EXPECT_EQ(told(), before);
  settings_.change([](Settings& settings) { settings.name = "Anna Becker"; });
  EXPECT_EQ(told(), before + 1);
  settings_.change([](Settings& settings) { settings.work_days = "mon,tue"; });
  EXPECT_EQ(told(), before + 2);
}

TEST_F(SettingsDeskTest, WhatNobodyCanMeanIsSaidAndChangesNothing) {
  settings_.change([](Settings& settings) { settings.hours = "morning"; });
  EXPECT_TRUE(rig_.notice("'morning' are no working hours"));
  settings_.change([](Settings& settings) { settings.days_off = "Christmas"; });
  EXPECT_TRUE(rig_.notice("'Christmas' are no days off"));
  EXPECT_EQ(rig_.application->settings().hours, "");
  EXPECT_EQ(rig_.application->settings().days_off, "");
  EXPECT_TRUE(befores_.empty());
}

TEST_F(SettingsDeskTest, ANameThatNobodySeesIsSaidAndChangesNothing) {
  settings_.change([](Settings& settings) { settings.name = "Anna"; });
  const std::int64_t before = told();
  settings_.change([](Settings& settings) { settings.name = "\u3164"; });
  EXPECT_TRUE(rig_.notice("Nobody would see that name"));
  EXPECT_EQ(on_disk().name, "Anna");
  EXPECT_EQ(told(), before);
}

TEST_F(SettingsDeskTest, WithoutANameThisMachinesIsTaken) {
  settings_.change([](Settings& settings) { settings.name = ""; });
  EXPECT_NE(shown().name, "");
}

TEST_F(SettingsDeskTest, HoursAreShownInTheirTwoParts) {
  settings_.change([](Settings& settings) { settings.hours = "08:30-16:00"; });
  EXPECT_EQ(shown().hours_from, "08:30");
  EXPECT_EQ(shown().hours_to, "16:00");
  EXPECT_EQ(shown().work_days, "mon,tue,wed,thu,fri") << "what holds where nothing was chosen";
  EXPECT_TRUE(shown().is_metered);
}

TEST_F(SettingsDeskTest, AChosenThemeIsDrawn) {
  settings_.change([](Settings& settings) { settings.theme = ThemeSetting::Light; });
  EXPECT_EQ(shown().theme, ThemeChoice::Light);
  settings_.change([](Settings& settings) { settings.theme = ThemeSetting::Dark; });
  EXPECT_EQ(shown().theme, ThemeChoice::Dark);
}

TEST_F(SettingsDeskTest, SendingIsPausedAndLimitedInTheLibrary) {
  settings_.pause_sending(true);
  settings_.limit_sending(1000);
  const SendingLimits limits = rig_.library().outbox().limits().value();
  EXPECT_TRUE(limits.is_paused);
  EXPECT_EQ(limits.bytes_per_second, 125'000U);
  EXPECT_TRUE(shown().sending_paused);
  EXPECT_EQ(shown().sending_limit_kbit, 1000);
  EXPECT_EQ(sending_changes_, 2);
}

TEST_F(SettingsDeskTest, ZonesAreOfferedByTheirCities) {
  settings_.change([](Settings& settings) { settings.time_zone = "Australia/Sydney"; });
  EXPECT_TRUE(shown().zone_label.starts_with("Sydney, UTC+1"));
  ASSERT_TRUE(rig_.comes_true([&] { return !shown().zones.empty(); }));
  const auto sydney = std::ranges::find(shown().zones, "Sydney", &ZoneView::city);
  ASSERT_NE(sydney, shown().zones.end());
  EXPECT_EQ(sydney->zone, "Australia/Sydney");
}

}  // namespace
}  // namespace meanwhile
