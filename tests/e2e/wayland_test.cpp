// Recording under Wayland: by the real program, on a real compositor, and with a person who answers its
// dialog.
#include <gtest/gtest.h>

#include <csignal>

#include "tests/e2e/stage.h"
#include "tests/support/picture_giver.h"
#include "tests/support/scripted_portal.h"
#include "tests/support/wayland_session.h"

namespace meanwhile::e2e {
namespace {

const std::vector<std::string> kRecordScreen{"record", "--camera", "none", "--mic", "none", "--for", "2s"};

TEST(Wayland, DefaultScreenIsRecordedAndPlaysAnywhere) {
  if (const auto missing = WaylandSession::missing(); !missing.empty())
    GTEST_SKIP() << "this machine has no " << missing;
  const ScopedFolder folder;
  auto session = WaylandSession::start({800, 600});
  ASSERT_TRUE(session) << session.error().message;
  ASSERT_TRUE((*session)->show(0x2040c0));
  const Person person(folder.path(), folder.path() / "library", (*session)->environment());

  auto recording = person.start({"record", "--camera", "none", "--mic", "none", "--for", "3s", "--json"});
  // wlroots' portal may lose the only picture of a screen that stands still: something must change, and more
  // than once, because the first change may go to a cast that is over.
  ASSERT_TRUE(wait_until([&, is_red = false]() mutable {
    is_red = !is_red;
    return (*session)->show_corner(is_red ? 0xc04020 : 0x20c040) && recorded_by(person) > MediaTime{};
  }));
  const Answer answer = recording.wait();

  ASSERT_EQ(answer.status, 0) << answer.err;
  ASSERT_EQ(answer.json["tracks"].size(), 1U) << answer.out;
  EXPECT_EQ(answer.json["tracks"][0]["device"], "Shared screen, 800 x 600");
  const auto film = person.takes() / answer.json["clip"].get<std::string>() / "screen.mp4";
  // The first picture from there on: while nothing changes there is one a second.
  const Colour colour = colour_at(film, 1.0, 0.25, 0.25, 0.5, 0.5);
  EXPECT_NEAR(colour.red, 0x20, 8);
  EXPECT_NEAR(colour.green, 0x40, 8);
  EXPECT_NEAR(colour.blue, 0xc0, 8);
}

// A desktop whose dialog the test answers.
class Dialog : public testing::Test {
 protected:
  void SetUp() override {
    std::string missing = DesktopServices::missing();
    if (missing.empty()) missing = ScriptedPortal::missing();
    if (!missing.empty()) GTEST_SKIP() << "this machine has no " << missing;
    auto services = DesktopServices::start();
    ASSERT_TRUE(services) << services.error().message;
    services_ = std::move(*services);
    environment_ = std::make_unique<ScopedEnvironment>(services_->environment());
    auto screen = PictureGiver::start({});
    ASSERT_TRUE(screen) << screen.error().message;
    screen_ = std::move(*screen);
    auto portal = ScriptedPortal::start(*services_);
    ASSERT_TRUE(portal) << portal.error().message;
    portal_ = std::move(*portal);
    portal_->set_answer(PortalAnswer::Grant, screen_->node());
    Environment session = services_->environment();
    session.emplace_back("WAYLAND_DISPLAY", "wayland-1");
    person_ = std::make_unique<Person>(folder_.path(), folder_.path() / "library", session);
  }

  ScopedFolder folder_;
  std::unique_ptr<DesktopServices> services_;
  std::unique_ptr<ScopedEnvironment> environment_;
  std::unique_ptr<PictureGiver> screen_;
  std::unique_ptr<ScriptedPortal> portal_;
  std::unique_ptr<Person> person_;
};

TEST_F(Dialog, ComesOnceInAHome) {
  for (int i = 0; i < 2; ++i) {
    auto recording = person_->start(kRecordScreen);
    EXPECT_TRUE(screen_->give_colour(0x2040c0));
    const Answer answer = recording.wait();
    EXPECT_EQ(answer.status, 0) << answer.err;
  }

  EXPECT_EQ(portal_->log().dialogs, 1);
  EXPECT_EQ(portal_->log().restored, 1);
}

TEST_F(Dialog, CancelledIsAFailureWithASentenceAndNoTake) {
  portal_->set_answer(PortalAnswer::Cancel, 0);

  const Answer answer = person_->run(kRecordScreen);

  EXPECT_EQ(answer.status, 1);
  EXPECT_NE(answer.err.find("cancelled"), std::string::npos) << answer.err;
  EXPECT_FALSE(std::filesystem::exists(person_->takes()) && !std::filesystem::is_empty(person_->takes()));
}

TEST_F(Dialog, IsGivenUpBySignal) {
  portal_->set_answer(PortalAnswer::Nothing, 0);
  auto recording = person_->start(kRecordScreen);
  ASSERT_TRUE(wait_until([this] { return portal_->log().dialogs == 1; }));

  recording.signal(SIGTERM);

  EXPECT_EQ(recording.wait().status, 1);
  EXPECT_TRUE(wait_until([this] { return portal_->log().withdrawn == 1; }));
}

}  // namespace
}  // namespace meanwhile::e2e
