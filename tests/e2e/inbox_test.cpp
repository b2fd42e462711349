// Two people and an inbox: what is told, played, found and put away.
#include <gtest/gtest.h>

#include "tests/app/ui_states/scripted_states.h"
#include "tests/e2e/real_window.h"
#include "tests/e2e/stage.h"
#include "tests/support/notification_service.h"

namespace meanwhile::e2e {
namespace {

class InboxByHand : public testing::Test {
 protected:
  InboxByHand() {
    auto desktop = XServer::start({1400, 900});
    if (!desktop) throw std::runtime_error(desktop.error().message);
    desktop_ = std::move(*desktop);
    auto manager = desktop_->launch({"openbox", "--sm-disable"});
    if (!manager) throw std::runtime_error(manager.error().message);
    manager_ = std::move(*manager);
  }

  Person at_the_desktop(const std::string& name, const Environment& more = {}) const {
    Environment environment = stage_.environment();
    for (auto& [variable, value] : environment)
      if (variable == "DISPLAY") value = desktop_->display();
    environment.emplace_back("SDL_VIDEODRIVER", "x11");
    environment.emplace_back("SDL_AUDIODRIVER", "dummy");
    environment.insert(environment.end(), more.begin(), more.end());
    std::filesystem::create_directories(stage_.folder() / name);
    return {stage_.folder() / name, stage_.library(), environment};
  }

  static void publish(const Person& person, const std::string& title,
                      const std::vector<std::string>& more = {}) {
    std::vector<std::string> words = {"record", "--for",   "3s",  "--screen",
                                      "none",   "--title", title, "--publish"};
    words.insert(words.end(), more.begin(), more.end());
    const Answer answer = person.run(words);
    ASSERT_EQ(answer.status, 0) << answer.err;
  }

  static Json list(const Person& person, std::vector<std::string> words = {}) {
    words.insert(words.begin(), "list");
    return person.ask(words).json["clips"];
  }

  // An inbox of one library without anything in it.
  static UiState bare_inbox() {
    UiState state = plain_state();
    state.inbox = {.load = LoadState::Ready};
    return state;
  }

  static UiState inbox_with_news() {
    UiState state = bare_inbox();
    state.inbox.clips = {{.id = "one"}};
    state.inbox.news = "New";
    state.inbox.can_play_all = true;
    return state;
  }

  std::string title() const {
    const ScopedFolder folder;
    const auto out = folder.path() / "out";
    (void)run_program({"xdotool", "search", "--onlyvisible", "--name", "Meanwhile$", "getwindowname"},
                      {.environment = desktop_->environment(), .output = out, .errors = "/dev/null"});
    return text_of_file(out);
  }

  Stage stage_;
  std::unique_ptr<XServer> desktop_;
  std::unique_ptr<ChildProcess> manager_;
};

TEST_F(InboxByHand, OneKeyPlaysAllThatIsNewOneAfterTheOther) {
  const Person anna = at_the_desktop("anna");
  const Person ben = at_the_desktop("ben");
  publish(anna, "First");
  publish(anna, "Second");
  ASSERT_EQ(list(ben, {"--unwatched"}).size(), 2U);
  RealWindow window(ben, *desktop_);
  window.wait_for(inbox_with_news(), "play-all");
  window.press("p");
  EXPECT_TRUE(wait_until([&] { return list(ben, {"--unwatched"}).empty(); }));
}

TEST_F(InboxByHand, ClipIsArchivedByAClickAndComesBackWithAnAnswer) {
  const Person anna = at_the_desktop("anna");
  const Person ben = at_the_desktop("ben");
  publish(anna, "Plan");
  ASSERT_EQ(ben.run({"me", "--name", "Ben"}).status, 0) << "else a newcomer's card stands above";
  const std::string clip = list(ben)[0].value("clip", "");
  const Json comment = ben.ask({"comment", clip, "--at", "1", "Why now?"}).json;
  ASSERT_EQ(ben.run({"archive", clip}).status, 0);
  EXPECT_TRUE(list(ben).empty());
  EXPECT_EQ(list(ben, {"--archived"}).size(), 1U);
  EXPECT_EQ(list(anna).size(), 1U);
  ASSERT_EQ(anna.run({"reply", comment.value("id", ""), "Because"}).status, 0);
  EXPECT_EQ(list(ben, {"--answers"}).size(), 1U);

  RealWindow window(ben, *desktop_);
  UiState inbox = bare_inbox();
  inbox.inbox.clips = {{.id = clip}};
  inbox.inbox.sections = {{"New replies", 1}};
  inbox.inbox.news = "Waiting for you";
  window.wait_for(inbox, "clip/" + clip + "/archive");
  window.click(inbox, "clip/" + clip + "/archive");
  EXPECT_TRUE(wait_until([&] { return list(ben, {"--archived"}).size() == 1; }));
}

TEST_F(InboxByHand, SearchHitOpensTheClip) {
  const Person anna = at_the_desktop("anna");
  const Person ben = at_the_desktop("ben");
  publish(anna, "Quarterly figures");
  const std::string clip = list(ben)[0].value("clip", "");
  RealWindow window(ben, *desktop_);
  window.wait_for(bare_inbox(), "search");
  window.click(bare_inbox(), "search");
  window.type("quarter");
  UiState inbox = bare_inbox();
  inbox.inbox.search = "quarter";
  inbox.inbox.found = {{.kind = FoundKind::Title, .clip = clip, .text = "Quarterly figures"}};
  window.wait_for(inbox, "found/0");
  window.click(inbox, "found/0");
  UiState watch = plain_state();
  watch.page = PageId::Watch;
  window.wait_for(watch, "play");
  window.press("space");
  EXPECT_TRUE(wait_until([&] { return list(ben, {"--unwatched"}).empty(); }));
}

TEST_F(InboxByHand, NewsAreToldOnTheDesktopAndInTheTitle) {
  if (const std::string missing = NotificationService::missing(); !missing.empty()) GTEST_SKIP() << missing;
  const auto service = NotificationService::start().value();
  const Person anna = at_the_desktop("anna");
  const Person ben = at_the_desktop("ben", service->environment());
  // So that it doesn't matter when this test runs.
  ASSERT_EQ(ben.run({"me", "--hours", "00:00-24:00", "--work-days", "mon,tue,wed,thu,fri,sat,sun"}).status,
            0);
  RealWindow window(ben, *desktop_);
  window.wait_for(bare_inbox(), "search");
  publish(anna, "Fresh");
  ASSERT_TRUE(wait_until([&] { return !service->shown().empty(); }));
  EXPECT_NE(service->shown().front().title.find("Fresh"), std::string::npos);
  EXPECT_TRUE(wait_until([&] { return title().starts_with("(1) Meanwhile"); })) << title();
  service->press(service->shown().front().id, "watch");
  EXPECT_TRUE(wait_until([&] { return list(ben, {"--unwatched"}).empty(); }));
  EXPECT_TRUE(wait_until([&] { return title().starts_with("Meanwhile"); })) << title();
}

TEST_F(InboxByHand, WhatIsForTheMorningIsShownAtOnceToWhoHasNone) {
  const Person anna = at_the_desktop("anna");
  const Person ben = at_the_desktop("ben");
  // Away for as long as this test could run.
  ASSERT_EQ(ben.run({"me", "--days-off", "2020-01-01..2120-01-01"}).status, 0);
  ASSERT_EQ(anna.run({"record", "--for", "2s", "--screen", "none", "--title", "Night"}).status, 0);
  const Answer published = anna.ask({"publish", "latest", "--in-the-morning"});
  EXPECT_EQ(published.json.value("deliver", ""), "morning");
  EXPECT_EQ(list(ben).size(), 1U);
}

TEST_F(InboxByHand, WatchingThatIsNotSharedStaysHere) {
  const Person anna = at_the_desktop("anna");
  const Person ben = at_the_desktop("ben");
  publish(anna, "Plan");
  ASSERT_EQ(ben.run({"me", "--share-watching", "off"}).status, 0);
  RealWindow window(ben, *desktop_);
  window.wait_for(inbox_with_news(), "play-all");
  window.press("p");
  ASSERT_TRUE(wait_until([&] { return list(ben, {"--unwatched"}).empty(); }));
  EXPECT_TRUE(anna.ask({"show", "latest"}).json["seen_by"].empty());
}

}  // namespace
}  // namespace meanwhile::e2e
