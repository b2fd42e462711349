// What somebody sees and says who has nothing but a browser and a link, or a file.
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "tests/e2e/person.h"
#include "tests/support/browser.h"
#include "tests/support/environment.h"
#include "tests/support/storage_server.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;

// White for the first tenth of each second, as the camera is, and a tone with it.
constexpr const char* kFlashes =
    "lavfi:color=black:s=320x180:r=30,drawbox=color=white:t=fill:enable='lt(mod(t,1),0.0999)'";
constexpr const char* kBeeps = "lavfi:aevalsrc='if(lt(mod(t,1),0.1),0.8*sin(2*PI*1000*t),0)':s=48000";

// How bright both pictures are at that moment: [screen, camera], 0 to 255.
std::string brightness_at(double moment) {
  return "const {player, stage} = meanwhile; player.pause(); player.seek(" + std::to_string(moment) + R"();
    const videos = [...document.querySelectorAll("video")];
    for (const end = Date.now() + 15000; Date.now() < end;) {
      if (!player.isMoving && videos.every((one) => !one.seeking && one.readyState > 1)) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    return videos.map((video) => {
      const canvas = new OffscreenCanvas(8, 8), context = canvas.getContext("2d");
      context.drawImage(video, 0, 0, 8, 8);
      return context.getImageData(4, 4, 1, 1).data[0];
    });)";
}

class SharedPage : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto missing = Browser::missing(); !missing.empty())
      GTEST_SKIP() << missing << " isn't installed";
  }
  void publish() {
    ASSERT_EQ(ann_.run({"me", "--name", "Ann"}).status, 0);
    const auto recorded = ann_.run({"record", "--screen", kFlashes, "--camera", kFlashes, "--mic", kBeeps,
                                    "--for", "5s", "--title", "Where we stand", "--publish"});
    ASSERT_EQ(recorded.status, 0) << recorded.out << recorded.err;
  }

  [[nodiscard]] fs::path file(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] std::string address(const std::string& name) const { return "file://" + file(name).string(); }

  // The browser with that page, loaded. kStage: where it isn't, what it says instead.
  void open(const std::string& url) {
    auto started = Browser::start();
    ASSERT_TRUE(started) << started.error().message;
    browser_ = std::move(*started);
    const auto opened = browser_->open(url);
    ASSERT_TRUE(opened) << opened.error().message;
  }
  void expect_open() {
    // The first picture comes before the rest of the page.
    ASSERT_TRUE(browser_->wait_until("globalThis.meanwhile && !document.getElementById('page').hidden"))
        << text_of("body");
    EXPECT_EQ(text_of("title"), "Where we stand");
  }
  std::string text_of(const std::string& id) {
    const auto text = browser_->run("const one = document.getElementById('" + id +
                                    "') ?? document.body; return one.innerText;");
    return text && text->is_string() ? text->get<std::string>() : "?";
  }
  void expect_pictures_of_their_moments() {
    for (const double second : {3, 1, 4}) {
      const auto white = browser_->run(brightness_at(second + 0.05));
      ASSERT_TRUE(white) << white.error().message;
      ASSERT_EQ(white->size(), 2U) << to_text(*white);
      const auto black = browser_->run(brightness_at(second + 0.5));
      ASSERT_TRUE(black) << black.error().message;
      for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_GT(white->at(i).get<int>(), 180) << "at " << second << " of picture " << i;
        EXPECT_LT(black->at(i).get<int>(), 60) << "at " << second << " of picture " << i;
      }
    }
  }
  // The library is on that server from now on.
  void move_to(const StorageServer& server) {
    const std::string url = server.url("team");
    ann_.change_library_url(url);
    std::ofstream(file("typed")) << server.secret().user << "\n" << server.secret().password << "\n";
    const auto kept =
        run_program({"sh", "-c", "exec \"$@\" < \"$0\"", file("typed").string(), MEANWHILE_PROGRAM, "--home",
                     ann_.home().string(), "library", "secret", url},
                    {.environment = {{"HOME", folder_.path().string()},
                                     {"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + file("no-bus").string()}}});
    ASSERT_EQ(kept.value_or(1), 0);
    const Answer created = ann_.run({"library", "create", url, "--name", "Team"});
    ASSERT_EQ(created.status, 0) << created.out << created.err;
  }
  void press(const std::string& selector) {
    const auto pressed = browser_->click(selector);
    ASSERT_TRUE(pressed) << pressed.error().message;
  }
  void say(const std::string& words) {
    press("#words");
    ASSERT_TRUE(browser_->type(words));
    press("#send");
    if (!browser_->wait_until("document.getElementById('naming').open")) return;
    press("#name");
    ASSERT_TRUE(browser_->type("Sam Guest"));
    press("#naming button");
    ASSERT_TRUE(
        browser_->wait_until("document.getElementById('comments').innerText.includes('" + words + "')"))
        << text_of("comments");
  }
  void expect_guests_word(const std::string& words) {
    const auto comments = ann_.ask({"comments", "latest"});
    ASSERT_EQ(comments.status, 0) << comments.out << comments.err;
    EXPECT_NE(comments.out.find(words), std::string::npos) << comments.out;
    EXPECT_NE(comments.out.find("Sam Guest"), std::string::npos) << comments.out;
    EXPECT_NE(comments.out.find("\"guest\""), std::string::npos) << comments.out;
  }

  ScopedFolder folder_;
  const fs::path library_ = folder_.path() / "library";
  Person ann_{folder_.path() / "ann", library_};
  std::unique_ptr<Browser> browser_;
};

TEST_F(SharedPage, AFileHoldsAllOfItAndShowsThePictureOfEachMoment) {
  publish();
  const auto shared = ann_.run({"share", "latest", "--file", file("update.html").string()});
  ASSERT_EQ(shared.status, 0) << shared.out << shared.err;
  open(address("update.html"));
  expect_open();
  EXPECT_EQ(text_of("checked"), "Checked");
  expect_pictures_of_their_moments();
  // Both pictures on one clock while it plays. A busy machine may be late once.
  const auto apart = browser_->run(R"(
    const {player} = meanwhile, [one, other] = document.querySelectorAll("video"), seen = [];
    player.seek(0); player.play();
    for (const end = Date.now() + 15000; Date.now() < end && player.time < 3;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (player.time > 1) seen.push(Math.abs(one.currentTime - other.currentTime));
    }
    seen.sort((a, b) => a - b);
    return seen.length ? seen[Math.floor(seen.length / 2)] : "it doesn't play";)");
  ASSERT_TRUE(apart) << apart.error().message;
  ASSERT_TRUE(apart->is_number()) << to_text(*apart);
  EXPECT_LT(apart->get<double>(), 0.025);
}

TEST_F(SharedPage, APartThatWasChangedIsNotShown) {
  publish();
  ASSERT_EQ(ann_.run({"share", "latest", "--file", file("update.html").string()}).status, 0);
  std::string page = text_of_file(file("update.html"));
  const std::size_t begin = page.find("id=\"bytes-screen\"");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t bytes = page.find('>', begin) + 1;
  char& letter = page[bytes + (page.find('<', bytes) - bytes) * 3 / 4];
  letter = letter == 'A' ? 'B' : 'A';
  std::ofstream(file("changed.html")) << page;
  open(address("changed.html"));
  expect_open();
  const auto sought = browser_->run("meanwhile.player.seek(4.5);");
  ASSERT_TRUE(sought) << sought.error().message;
  EXPECT_TRUE(browser_->wait_until("!document.getElementById('trouble').hidden"));
  EXPECT_NE(text_of("trouble-words").find("isn't what Ann published"), std::string::npos)
      << text_of("trouble-words");
}

TEST_F(SharedPage, WhatAGuestCopiesComesBackAsTheirWords) {
  publish();
  ASSERT_EQ(ann_.run({"share", "latest", "--file", file("update.html").string()}).status, 0);
  open(address("update.html"));
  expect_open();
  say("Which week is this?");
  ASSERT_TRUE(
      browser_->run("navigator.clipboard.writeText = async (text) => { globalThis.copied = text; };"));
  press("#copy");
  ASSERT_TRUE(browser_->wait_until("globalThis.copied"));
  const std::string line = browser_->run("return globalThis.copied;").value().get<std::string>();
  EXPECT_TRUE(line.starts_with("meanwhile-answers:")) << line;
  const auto added = ann_.run({"answers", "add", line});
  ASSERT_EQ(added.status, 0) << added.out << added.err;
  EXPECT_NE(added.out.find("1 comment from Sam Guest (guest)"), std::string::npos) << added.out;
  expect_guests_word("Which week is this?");
  const auto again = ann_.run({"answers", "add", line});
  EXPECT_EQ(again.out.find("1 comment"), std::string::npos) << again.out;
}

TEST_F(SharedPage, ALinkToS3PlaysTakesAnswersAndEnds) {
  const std::string missing = CephServer::missing_program_of();
  if (!missing.empty()) GTEST_SKIP() << missing << " isn't installed";
  const auto authority = TestAuthority::create();
  const auto server = CephServer::start(**authority);
  ASSERT_TRUE(server) << server.error().message;
  move_to(**server);
  publish();
  const Answer shared = ann_.ask({"share", "latest"});
  ASSERT_EQ(shared.status, 0) << shared.out << shared.err;
  const std::string link = shared.json.value("link", "");
  ASSERT_TRUE(link.starts_with("http://")) << shared.out;
  open(link);
  expect_open();
  EXPECT_EQ(text_of("checked"), "Checked");
  expect_pictures_of_their_moments();
  say("Seen from afar");
  ASSERT_TRUE(browser_->wait_until("meanwhile.talk.guest.unsent.length === 0")) << text_of("sent");
  ASSERT_EQ(ann_.run({"sync"}).status, 0);
  expect_guests_word("Seen from afar");
  const Answer ended = ann_.run({"share", "--off", "latest"});
  ASSERT_EQ(ended.status, 0) << ended.out << ended.err;
  ASSERT_TRUE(browser_->open(link));
  EXPECT_TRUE(browser_->wait_until("!document.getElementById('page')"));
}

}  // namespace
}  // namespace meanwhile::e2e
