// Notes on the desktop, shown by a make-believe service.
#include "app/platform/desktop_notes.h"

#include <gtest/gtest.h>

#include "media/base/guarded.h"
#include "tests/support/desktop_services.h"
#include "tests/support/notification_service.h"

namespace meanwhile {
namespace {

const DesktopNote kNote{"new/1", "Anna: Release plan", "4 min", {{"watch", "Watch"}, {"later", "Later"}}};

TEST(DesktopNotes, AreShownWithButtonsThatAreHeard) {
  if (const std::string missing = NotificationService::missing(); !missing.empty()) GTEST_SKIP() << missing;
  const auto service = NotificationService::start().value();
  const ScopedEnvironment environment(service->environment());
  Guarded<std::string> pressed;
  const auto notes = make_desktop_notes(
      [&](const std::string& key, const std::string& action) { *pressed.lock() = key + " " + action; });
  notes->show(kNote);
  ASSERT_TRUE(becomes_true([&] { return service->shown().size() == 1; }));
  const ShownNote shown = service->shown().front();
  EXPECT_EQ(shown.title, "Anna: Release plan");
  EXPECT_EQ(shown.text, "4 min");
  EXPECT_EQ(shown.actions, (std::vector<std::string>{"watch", "Watch", "later", "Later"}));
  service->press(shown.id, "later");
  EXPECT_TRUE(becomes_true([&] { return *pressed.lock() == "new/1 later"; }));
}

TEST(DesktopNotes, TextIsNoMarkup) {
  if (const std::string missing = NotificationService::missing(); !missing.empty()) GTEST_SKIP() << missing;
  const auto service = NotificationService::start().value();
  const ScopedEnvironment environment(service->environment());
  const auto notes = make_desktop_notes([](const std::string&, const std::string&) {});
  notes->show({"new/1", "R&D <b>", "Anna: R&D <b>", {}});
  ASSERT_TRUE(becomes_true([&] { return service->shown().size() == 1; }));
  EXPECT_EQ(service->shown().front().title, "R&D <b>");
  EXPECT_EQ(service->shown().front().text, "Anna: R&amp;D &lt;b&gt;");
}

// Its first note has the number that the first of the service before had: one press isn't two.
TEST(DesktopNotes, AreHeardOfAServiceThatStartedAnew) {
  if (const std::string missing = NotificationService::missing(); !missing.empty()) GTEST_SKIP() << missing;
  const auto service = NotificationService::start().value();
  const ScopedEnvironment environment(service->environment());
  Guarded<std::vector<std::string>> pressed;
  const auto notes = make_desktop_notes([&](const std::string& key, const std::string& action) {
    pressed.lock()->push_back(key + " " + action);
  });
  notes->show(kNote);
  ASSERT_TRUE(becomes_true([&] { return service->shown().size() == 1; }));
  service->restart();
  ASSERT_TRUE(becomes_true([&] { return service->is_restarted(); }));
  notes->show({"new/2", "Ben: Another", "2 min", {{"watch", "Watch"}, {"later", "Later"}}});
  ASSERT_TRUE(becomes_true([&] { return service->shown().size() == 1; }));
  service->press(service->shown().front().id, "later");
  ASSERT_TRUE(becomes_true([&] { return !pressed.lock()->empty(); }));
  notes->show({"new/3", "Ben: The last", "", {{"watch", "Watch"}}});
  ASSERT_TRUE(becomes_true([&] { return service->shown().size() == 2; }));
  EXPECT_EQ(*pressed.lock(), (std::vector<std::string>{"new/2 later"}));
}

TEST(DesktopNotes, WithoutAServiceAreNoError) {
  const ScopedFolder folder;
  const ScopedEnvironment environment(
      {{"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder.path() / "no-bus").string()}});
  make_desktop_notes([](const std::string&, const std::string&) {})->show(kNote);
}

}  // namespace
}  // namespace meanwhile
