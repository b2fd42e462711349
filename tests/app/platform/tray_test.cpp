// The sign in the tray, looked at and pressed by a make-believe desktop.
#include "app/platform/tray.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "app/platform/tray_icon.h"
#include "media/base/guarded.h"
#include "tests/support/desktop_services.h"
#include "tests/support/tray_host.h"

namespace meanwhile {
namespace {

const TrayView kRecording{.time = "1:23", .words = "Recording 1:23"};

class TrayTest : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string missing = TrayHost::missing(); !missing.empty()) GTEST_SKIP() << missing;
    host_ = TrayHost::start().value();
    environment_.emplace(host_->environment());
  }
  void TearDown() override {
    tray_.reset();
    environment_.reset();
  }
  void make() {
    tray_ = make_tray([this](TrayWish wish) { wishes_.lock()->push_back(wish); });
    tray_->show(kRecording);
  }
  // The sign, once it is registered and shows that.
  std::string item_with(const std::string& property, const std::string& value) {
    std::string found;
    becomes_true([&] {
      const auto items = host_->items();
      found = items.empty() ? "" : items.back();
      return !found.empty() && host_->text(found, property) == value;
    });
    EXPECT_EQ(host_->text(found, property), value);
    return found;
  }
  bool wished(TrayWish wish) {
    return becomes_true([&] {
      const auto wishes = wishes_.copy();
      return !wishes.empty() && wishes.back() == wish;
    });
  }

  std::unique_ptr<TrayHost> host_;
  std::optional<ScopedEnvironment> environment_;
  Guarded<std::vector<TrayWish>> wishes_;
  std::unique_ptr<Tray> tray_;
};

TEST_F(TrayTest, ShowsStateAndTimeAndChangesThem) {
  host_->appear();
  make();
  const std::string item = item_with("XAyatanaLabel", "1:23");
  EXPECT_EQ(host_->text(item, "Status"), "Active");
  EXPECT_EQ(host_->text(item, "Title"), "Meanwhile: Recording 1:23");
  EXPECT_EQ(host_->text(item, "ToolTip"), "Recording 1:23");
  EXPECT_EQ(host_->icon_sides(item), (std::vector<int>{22, 44}));
  tray_->show({.mood = TrayMood::Trouble, .time = "1:24", .words = "We can't hear anything from X."});
  item_with("Status", "NeedsAttention");
  item_with("ToolTip", "We can't hear anything from X.");
}

TEST_F(TrayTest, ItsMenuSaysAndDoesWhatATakeNeeds) {
  host_->appear();
  make();
  const std::string item = item_with("XAyatanaLabel", "1:23");
  EXPECT_EQ(host_->menu(item), (std::vector<std::string>{"[Recording 1:23]", "-", "Pause", "Microphone off",
                                                         "Stop", "-", "Show Meanwhile"}));
  EXPECT_TRUE(host_->choose(item, "Pause"));
  EXPECT_TRUE(wished(TrayWish::PauseOrResume));
  EXPECT_TRUE(host_->choose(item, "Microphone off"));
  EXPECT_TRUE(wished(TrayWish::MuteOrUnmute));
  EXPECT_TRUE(host_->choose(item, "Stop"));
  EXPECT_TRUE(wished(TrayWish::Stop));
  host_->click(item);
  EXPECT_TRUE(wished(TrayWish::ShowWindow));
  tray_->show(
      {.mood = TrayMood::Busy, .time = "1:25", .words = "Saving", .is_paused = true, .can_act = false});
  item_with("Title", "Meanwhile: Saving");
  EXPECT_EQ(host_->menu(item).at(2), "[Resume]");
}

TEST_F(TrayTest, ComesWhenATrayComesAndAgainWhenItIsStartedAnew) {
  make();
  host_->appear();
  item_with("XAyatanaLabel", "1:23");
  host_->disappear();
  tray_->show({.time = "1:24", .words = "Recording 1:24"});
  host_->appear();
  item_with("XAyatanaLabel", "1:24");
}

TEST_F(TrayTest, GoesWithItsObject) {
  host_->appear();
  make();
  item_with("XAyatanaLabel", "1:23");
  tray_.reset();
  EXPECT_TRUE(becomes_true([&] { return host_->items().empty(); }));
}

TEST(Tray, WithoutABusIsNoError) {
  const ScopedFolder folder;
  const ScopedEnvironment environment(
      {{"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder.path() / "no-bus").string()}});
  make_tray([](TrayWish) {})->show(kRecording);
}

TEST(TrayIcon, EachStateLooksUnlikeTheOthers) {
  const std::vector moods{TrayMood::Recording, TrayMood::Muted, TrayMood::Paused, TrayMood::Trouble,
                          TrayMood::Busy};
  for (const TrayMood one : moods) {
    for (const TrayMood other : moods) {
      const auto first = tray_icon(one, 22);
      const auto second = tray_icon(other, 22);
      ASSERT_EQ(first.size(), 22U * 22 * 4);
      const auto differing = std::ranges::count_if(
          first, [&, i = std::size_t(0)](std::uint8_t value) mutable { return value != second[i++]; });
      EXPECT_EQ(differing > 50, one != other);
    }
  }
}

}  // namespace
}  // namespace meanwhile
