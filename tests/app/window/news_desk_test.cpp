// What the window tells of outside of it, shown by a make-believe service.
#include "app/window/news_desk.h"

#include <gtest/gtest.h>

#include "tests/support/desk_rig.h"
#include "tests/support/desktop_services.h"
#include "tests/support/library_events.h"
#include "tests/support/notification_service.h"

namespace meanwhile {
namespace {

class NewsDeskTest : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string missing = NotificationService::missing(); !missing.empty()) GTEST_SKIP() << missing;
    service_ = NotificationService::start().value();
    environment_.emplace(service_->environment());
    Settings& settings = rig_.application->settings();
    settings.hours = "00:00-24:00";  // whenever the test runs
    settings.work_days = "mon,tue,wed,thu,fri,sat,sun";
    news_ = std::make_unique<NewsDesk>(
        rig_.desk, NewsDesk::Calls{.watch = [this](const std::string& clip) { watched_ = clip; },
                                   .show_inbox = [this] { is_inbox_shown_ = true; }});
    look();
  }

  EventId say(const EventBody& body) {
    const AuthoredEvents batch = ben_.batch({ben_.write(body, ++now_)});
    EXPECT_TRUE(library().index().apply(std::span(&batch, 1)));
    return ben_.last();
  }
  LibrarySession& library() { return **rig_.application->library(); }
  void look(bool is_here = false) { news_->look(is_here); }
  ShownNote wait_for_note(std::size_t count) {
    EXPECT_TRUE(becomes_true([&] { return service_->shown().size() >= count; }));
    const auto shown = service_->shown();
    return shown.size() < count ? ShownNote{} : shown[count - 1];
  }
  bool press(const ShownNote& note, const std::string& action, const std::function<bool()>& done) {
    service_->press(note.id, action);
    return becomes_true([&] {
      rig_.mailbox.deliver();
      return done();
    });
  }

  std::unique_ptr<NotificationService> service_;
  std::optional<ScopedEnvironment> environment_;
  DeskRig rig_;
  Writer ben_{"ben"};
  const std::string clip_ = id_from("c1");
  std::int64_t now_ = kStoryBegin;
  std::string watched_;
  bool is_inbox_shown_ = false;
  std::unique_ptr<NewsDesk> news_;
};

TEST_F(NewsDeskTest, AnUpdateIsToldAndWatchOpensIt) {
  say(published(clip_, "Budget <draft>"));
  look();
  const ShownNote note = wait_for_note(1);
  EXPECT_NE(note.title.find("Budget <draft>"), std::string::npos) << note.title;
  EXPECT_TRUE(press(note, "watch", [&] { return watched_ == clip_; }));
  look();
  EXPECT_EQ(service_->shown().size(), 1U);
}

TEST_F(NewsDeskTest, AnswersToMeAreToldByTheirClip) {
  const std::string mine = id_from("c2");
  ASSERT_TRUE(library().say(published(mine, "My plan")));
  look();
  say(CommentEvent{mine, std::chrono::seconds(2), std::nullopt, "I agree"});
  look();
  EXPECT_EQ(wait_for_note(1).title, "Answers for you: My plan");
}

TEST_F(NewsDeskTest, LaterIsNotNow) {
  say(published(clip_, "Budget"));
  look();
  const ShownNote note = wait_for_note(1);
  EXPECT_FALSE(news_->next_duty());
  EXPECT_TRUE(press(note, "later", [&] { return news_->next_duty().has_value(); }));
  EXPECT_GT(*news_->next_duty(), rig_.clock.now() + std::chrono::minutes(50));
  EXPECT_EQ(watched_, "");
}

TEST_F(NewsDeskTest, ManyAreOneNoteThatOpensTheInbox) {
  for (const char* clip : {"c1", "c2", "c3", "c4", "c5"}) say(published(id_from(clip), clip));
  look();
  const ShownNote note = wait_for_note(1);
  EXPECT_EQ(note.title, "5 updates for you");
  EXPECT_TRUE(press(note, "default", [&] { return is_inbox_shown_; }));
}

TEST_F(NewsDeskTest, WhoIsHereOrWantsNoneIsToldNothing) {
  say(published(clip_, "Budget"));
  look(true);
  rig_.application->settings().notify = false;
  say(published(id_from("c2"), "Plan"));
  look();
  rig_.application->settings().notify = true;
  say(published(id_from("c3"), "Third"));
  look();
  EXPECT_NE(wait_for_note(1).title.find("Third"), std::string::npos);
  EXPECT_EQ(service_->shown().size(), 1U);
}

}  // namespace
}  // namespace meanwhile
