// Places that don't answer: what is here is shown, words are kept, and everything ends when it is asked to.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/app/ui_states/scripted_states.h"
#include "tests/e2e/real_window.h"
#include "tests/e2e/stage.h"
#include "tests/support/environment.h"
#include "tests/support/founding.h"
#include "tests/support/hanging_share.h"
#include "tests/support/moody_proxy.h"
#include "tests/support/storage_server.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;

// A small clip without a display or a device.
std::string publish_clip(const Person& person, const std::string& title) {
  const Answer answer = person.ask({"record", "--screen", "lavfi:testsrc2=size=320x240:rate=10", "--camera",
                                    "none", "--mic", "none", "--for", "2s", "--title", title, "--publish"});
  EXPECT_EQ(answer.status, 0) << answer.err;
  return answer.json.is_object() ? answer.json.value("clip", "") : "";
}

Json done(const Person& person, const std::vector<std::string>& words) {
  const Answer answer = person.ask(words);
  EXPECT_EQ(answer.status, 0) << words.front() << ": " << answer.err;
  return answer.json.is_object() ? answer.json : Json::object();
}

bool has_comment(const Person& person, const std::string& clip, const std::string& text) {
  const Json shown = done(person, {"show", clip});
  for (const Json& comment : shown["comments"])
    if (comment.value("text", "") == text) return true;
  return false;
}

bool is_commented(const Person& person, const std::string& clip) {
  return !done(person, {"show", clip})["comments"].empty();
}

// A desktop with a window manager.
class Desktop {
 public:
  Desktop() : screen_(std::move(XServer::start({1400, 900}).value())) {
    manager_ = std::move(screen_->launch({"openbox", "--sm-disable"}).value());
  }
  const XServer& screen() const { return *screen_; }
  Environment environment() const {
    Environment all = screen_->environment();
    all.emplace_back("SDL_VIDEODRIVER", "x11");
    all.emplace_back("SDL_AUDIODRIVER", "dummy");
    return all;
  }

 private:
  std::unique_ptr<XServer> screen_;
  std::unique_ptr<ChildProcess> manager_;
};

class OnAMoodyServer : public testing::Test {
 protected:
  void SetUp() override {
    const std::string missing = WebDavServer::missing_program_of(WebDavKind::Nginx);
    if (!missing.empty()) GTEST_SKIP() << missing << " isn't installed";
    authority_ = std::move(TestAuthority::create().value());
    server_ = std::move(WebDavServer::start(WebDavKind::Nginx, *authority_).value());
    proxy_ = std::make_unique<MoodyProxy>(server_->port());
    const ScopedEnvironment secret({{"MEANWHILE_WEBDAV_USER", server_->secret().user},
                                    {"MEANWHILE_WEBDAV_PASSWORD", server_->secret().password}});
    founded(url("team"));
  }
  std::string url(const std::string& name) const {
    return fmt::format("webdav://127.0.0.1:{}/{}", proxy_->port(), name);
  }
  Person person(const std::string& name, const Environment& more = {}) const {
    Environment environment{{"MEANWHILE_WEBDAV_USER", server_->secret().user},
                            {"MEANWHILE_WEBDAV_PASSWORD", server_->secret().password},
                            {"DISPLAY", ""},
                            {"WAYLAND_DISPLAY", ""}};
    environment.insert(environment.end(), more.begin(), more.end());
    fs::create_directories(folder_.path() / name);
    Person made(folder_.path() / name, folder_.path(), environment);
    made.change_library_url(url("team"));
    return made;
  }
  void expect_comment_arrives(const Person& from, const std::string& clip, const std::string& text) {
    proxy_->set_mood(Mood::Speaks);
    done(from, {"sync"});
    const Person ben = person("ben");
    done(ben, {"sync"});
    EXPECT_TRUE(has_comment(ben, clip, text));
  }

  ScopedFolder folder_;
  std::unique_ptr<TestAuthority> authority_;
  std::unique_ptr<WebDavServer> server_;
  std::unique_ptr<MoodyProxy> proxy_;
};

class InAMood : public OnAMoodyServer, public testing::WithParamInterface<Mood> {};

TEST_P(InAMood, CommandsAnswerFromWhatIsHereAndWordsAreKept) {
  const Person anna = person("anna");
  const std::string clip = publish_clip(anna, "Before");
  proxy_->set_mood(GetParam());

  const Answer list = anna.ask({"list"});
  EXPECT_EQ(list.status, 0);
  EXPECT_EQ(list.json["clips"].size(), 1U) << list.out;
  EXPECT_NE(list.err.find("showing what is here"), std::string::npos) << list.err;
  EXPECT_GT(proxy_->disappointed(), 0) << "nobody asked the place";
  EXPECT_EQ(done(anna, {"show", clip}).value("title", ""), "Before");
  EXPECT_EQ(anna.ask({"search", "Before"}).status, 0);
  EXPECT_EQ(done(anna, {"library", "list"})["libraries"][0]["reachable"], false);

  const Answer said = anna.ask({"comment", clip, "--at", "1", "Said to nobody"});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(said.json["stored"], false) << said.out;
  EXPECT_NE(said.err.find("kept on this machine"), std::string::npos) << said.err;
  EXPECT_TRUE(has_comment(anna, clip, "Said to nobody"));
  // It would end by itself after a minute; nobody waits for that.
  if (GetParam() != Mood::Resets) {
    EXPECT_NE(list.err.find("didn't answer"), std::string::npos) << list.err;
  }

  expect_comment_arrives(anna, clip, "Said to nobody");
}

INSTANTIATE_TEST_SUITE_P(Moods, InAMood, testing::Values(Mood::Silent, Mood::Resets, Mood::Drips),
                         [](const auto& mood) {
                           return mood.param == Mood::Silent   ? "Silent"
                                  : mood.param == Mood::Resets ? "Resets"
                                                               : "Drips";
                         });

TEST_F(OnAMoodyServer, TheWindowShowsAndKeepsWhatIsHereWhileNobodyAnswers) {
  const Desktop desktop;
  const Person anna = person("anna", desktop.environment());
  const std::string clip = publish_clip(anna, "Before");
  const std::string link = done(anna, {"link", clip}).value("link", "");
  proxy_->set_mood(Mood::Silent);

  // A link from outside.
  RealWindow window(anna, desktop.screen(), {"open", link});
  ASSERT_TRUE(wait_until([&] { return proxy_->held() > 0; })) << "the window asks nobody";
  ASSERT_TRUE(wait_until([&] {
    window.press("c");
    window.type("x");
    window.tap("ctrl+Return");
    return is_commented(anna, clip);
  })) << "nothing can be said";
  EXPECT_GT(proxy_->held(), 0) << "the place has answered";
  EXPECT_EQ(window.close().status, 0);
  proxy_->set_mood(Mood::Speaks);
  done(anna, {"sync"});
  const Person ben = person("ben");
  done(ben, {"sync"});
  EXPECT_TRUE(is_commented(ben, clip));
}

TEST_F(OnAMoodyServer, WhatAsksForThePlaceEndsWithCtrlC) {
  const Person anna = person("anna");
  publish_clip(anna, "Before");
  proxy_->set_mood(Mood::Silent);
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"sync"}, {"library", "use", url("other")}, {"library", "create", url("new"), "--name", "New"}}) {
    RunningCommand command = anna.start(words);
    EXPECT_TRUE(wait_until([&] { return proxy_->held() > 0; })) << words.front();
    command.signal(SIGINT);
    EXPECT_EQ(command.wait().status, 1) << words.back();
    EXPECT_TRUE(wait_until([&] { return proxy_->held() == 0; }));
  }
}

class OnAHangingShare : public testing::Test {
 protected:
  void SetUp() override {
    const std::string missing = HangingShare::missing();
    if (!missing.empty()) GTEST_SKIP() << missing;
    auto share = HangingShare::mount(folder_.path());
    if (!share) GTEST_SKIP() << share.error().message;
    share_ = std::move(*share);
  }
  Person person(const std::string& name, const Environment& more = {}) const {
    Environment environment{{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}};
    environment.insert(environment.end(), more.begin(), more.end());
    fs::create_directories(folder_.path() / name);
    return {folder_.path() / name, share_->path() / "team", environment};
  }

  ScopedFolder folder_;
  std::unique_ptr<HangingShare> share_;
};

// What the kernel has handed to the share can't be taken back (fs/fuse/dev.c, request_wait_answer): the
// process is there until the share answers, though nothing of it runs any more. So what it said is looked at
// before that.
TEST_F(OnAHangingShare, CommandsAnswerFromWhatIsHere) {
  const Person anna = person("anna");
  const std::string clip = publish_clip(anna, "Before");
  share_->hang();
  RunningCommand list = anna.start({"list", "--json"});
  RunningCommand comment = anna.start({"comment", clip, "--at", "1", "Said to nobody", "--json"});
  EXPECT_TRUE(wait_until([&] { return list.said().contains("didn't answer; showing what is here"); }));
  EXPECT_TRUE(wait_until([&] { return comment.said().contains("kept on this machine"); }));

  share_->come_back();
  const Answer listed = list.wait();
  EXPECT_EQ(listed.status, 0);
  EXPECT_EQ(listed.json["clips"].size(), 1U) << listed.out;
  const Answer said = comment.wait();
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(said.json["stored"], false) << said.out;
  done(anna, {"sync"});
  const Person ben = person("ben");
  done(ben, {"sync"});
  EXPECT_TRUE(has_comment(ben, clip, "Said to nobody"));
}

TEST_F(OnAHangingShare, TheWindowShowsWhatIsHere) {
  const Desktop desktop;
  const Person anna = person("anna", desktop.environment());
  const std::string clip = publish_clip(anna, "Before");
  share_->hang();
  RealWindow window(anna, desktop.screen(), {"open", clip, "--at", "1"});
  const fs::path before = folder_.path() / "before.png";
  const fs::path after = folder_.path() / "after.png";
  ASSERT_TRUE(wait_until([&] {
    window.photograph(before);
    window.press("Escape");  // back to the Inbox
    window.photograph(after);
    return text_of_file(before) != text_of_file(after);
  })) << "the window heeds no key";
  share_->come_back();
  EXPECT_EQ(window.close().status, 0);
}

}  // namespace
}  // namespace meanwhile::e2e
