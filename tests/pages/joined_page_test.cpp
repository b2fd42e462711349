// A page of an update to which another one and a title card are joined: all of it plays as one, wherever its
// bytes come from, and no more of the other is there than is shown.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/json.h"
#include "tests/e2e/person.h"
#include "tests/pages/author.h"
#include "tests/pages/browsers.h"
#include "tests/support/browser.h"
#include "tests/support/environment.h"
#include "tests/support/scripted_http_server.h"
#include "tests/support/storage_server.h"

namespace meanwhile::e2e {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// 0 to 5.5, a card, what counts from 102 to 106.5, then 10 to 20: 23 seconds. Parts end between two numbers.
std::string arrangement_with(const std::string& joined) {
  return fmt::format(R"({{"format":1,"parts":[
    {{"from_us":0,"to_us":5500000}},{{"from_us":50000000,"to_us":53000000}},
    {{"from_us":32000000,"to_us":36500000}},{{"from_us":10000000,"to_us":20000000}}],
    "joined":[{{"clip":"{}","from_us":30000000,"to_us":42000000}}],
    "cards":[{{"from_us":50000000,"to_us":53000000,"title":"Last week","text":"What we said then"}}],
    "chapters":[{{"at_us":0,"name":"Now"}},{{"at_us":33000000,"name":"Then"}},{{"at_us":12000000,"name":"Again"}}]}})",
                     joined);
}
constexpr const char* kCard = "Last week\nWhat we said then";

// Its latest update is the one to which the other is joined. The other's clip.
std::string publish_joined(Author& ann) {
  const std::string other = ann.publish_numbers(12, "Last week's", 100);
  ann.publish_numbers(20, "Both");
  ann.run({"arrange", "latest", ann.write("arrangement.json", arrangement_with(other))});
  return other;
}

void expect_it_is_shown(Viewer& sam) {
  sam.expect_page("Both");
  EXPECT_EQ(sam.text_of("duration"), "0:23");
  EXPECT_EQ(sam.number_at(33.5), 103);
  EXPECT_EQ(sam.text_of("time"), "0:10");
  EXPECT_EQ(sam.number_at(51), -1) << "a card has no picture";
  EXPECT_EQ(sam.text_of("card"), kCard);
  EXPECT_EQ(sam.number_at(14.5), 14);
  EXPECT_EQ(sam.text_of("card"), "");
  EXPECT_EQ(sam.number_at(7.5), 10) << "what was cut leads behind the cut";
  EXPECT_EQ(sam.number_at(35.5), 105);
  EXPECT_EQ(sam.number_at(2.5), 2);
}

// All in its order, and nothing of what isn't to be seen.
void expect_it_plays(Viewer& sam) {
  const Json seen = sam.seen_while_playing(3.5, 11.5);
  EXPECT_EQ(seen, Json({3, 4, 5, kCard, 102, 103, 104, 105, 106, 10, 11})) << to_text(seen);
}

// A folder as a web server shows it.
ScriptedAnswer file_for(const std::filesystem::path& folder, const std::string& request) {
  const std::string path = request.substr(4, request.find_first_of(" ?", 4) - 4);
  if (path.find("..") != std::string::npos || !std::filesystem::is_regular_file(folder / path.substr(1)))
    return answer(404);
  const char* kind = path.ends_with(".html") ? "Content-Type: text/html; charset=utf-8\r\n" : "";
  return answer(200, kind, text_of_file(folder / path.substr(1)));
}

void unlock(Viewer& viewer) {
  ASSERT_TRUE(viewer.wait_until("!document.getElementById('lock').hidden"));
  viewer.press("#password");
  viewer.type("at nine");
  viewer.press("#unlock");
}

class JoinedPage : public InEachBrowser {
 protected:
  static void SetUpTestSuite() {
    ann_ = std::make_unique<Author>();
    other_ = publish_joined(*ann_);
    ann_->run({"comment", "latest", "--at", "12", "In what comes last"});
    ann_->share_as("update.html");
    ann_->share_locked_as("locked.html", "at nine");
    disk_ = ann_->share();
    server_ = std::make_unique<ScriptedHttpServer>(
        [folder = ann_->file("library")](const std::string& request, int) {
          return file_for(folder, request);
        });
    served_ = string_member(ann_->run({"share", "latest", "--base", server_->origin()}), "link").value_or("");
  }
  static void TearDownTestSuite() {
    InEachBrowser::TearDownTestSuite();
    server_.reset();
    ann_.reset();
  }

  static inline std::unique_ptr<Author> ann_;
  static inline std::unique_ptr<ScriptedHttpServer> server_;
  static inline std::string other_;
  static inline std::string disk_;
  static inline std::string served_;
};

TEST_P(JoinedPage, InOneFileItIsShownAndPlays) {
  Viewer& sam = viewer();
  sam.open(ann_->address("update.html"));
  expect_it_is_shown(sam);
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  expect_it_plays(sam);
}

TEST_P(JoinedPage, LockedItOpensWithItsPassword) {
  Viewer& sam = viewer();
  sam.open(ann_->address("locked.html"));
  unlock(sam);
  expect_it_is_shown(sam);
}

TEST_P(JoinedPage, FromADiskItIsShownAndPlays) {
  Viewer& sam = viewer();
  sam.open(disk_);
  expect_it_is_shown(sam);
  expect_it_plays(sam);
}

TEST_P(JoinedPage, FromAWebServerItIsShownAndPlays) {
  Viewer& sam = viewer();
  sam.open(served_);
  expect_it_is_shown(sam);
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  expect_it_plays(sam);
}

TEST_P(JoinedPage, CommentsAndChaptersStandWhereTheirMomentIsSeen) {
  Viewer& sam = viewer();
  sam.open(ann_->address("update.html"));
  sam.expect_page("Both");
  sam.run("meanwhile.player.seek(34);");
  sam.say("In what was joined");
  const std::string list = sam.text_of("comments");
  EXPECT_THAT(list, HasSubstr("0:10"));
  EXPECT_THAT(list, HasSubstr("0:15"));
  EXPECT_LT(list.find("In what was joined"), list.find("In what comes last"));
  EXPECT_THAT(list, Not(HasSubstr("cut")));
  const Json chapters =
      sam.run("return [...document.querySelectorAll('#chapters option')].map(({text}) => text);");
  EXPECT_EQ(chapters, Json({"Chapters", "0:00 Now", "0:09 Then", "0:15 Again"})) << to_text(chapters);
  sam.run("meanwhile.player.seek(13);");
  EXPECT_TRUE(
      sam.wait_until("document.querySelector('li.is-now')?.innerText.includes('In what comes last')"));
}

TEST_P(JoinedPage, HasNoMoreOfTheOtherThanIsShown) {
  const std::string page = text_of_file(ann_->file("update.html"));
  const auto at = page.find("id=\"bytes-joined-1-screen\"");
  ASSERT_NE(at, std::string::npos);
  Viewer& sam = viewer();
  sam.open(ann_->address("update.html"));
  sam.expect_page("Both");
  const Json first = sam.run(R"(
    meanwhile.player.seek(33.5);
    for (const end = Date.now() + 15000; Date.now() < end && !meanwhile.player.isSettled;) await new Promise((resolve) => setTimeout(resolve, 20));
    const [reel] = meanwhile.player.deck.reels;
    return {from: reel.from, to: reel.to};)");
  EXPECT_LE(first["from"].get<double>(), 2) << to_text(first);
  EXPECT_LE(first["to"].get<double>(), 10) << to_text(first);
}

// In the order of names the last: it takes the other away.
TEST_P(JoinedPage, ZWithoutTheOtherItSaysSoAndTheRestPlays) {
  const std::string deleted = "deleted-" + browser_name(GetParam()) + ".html";
  if (ann_->person().ask({"show", other_}).status == 0) ann_->run({"delete", other_});
  ann_->share_as(deleted);
  Viewer& sam = viewer();
  sam.open(ann_->address(deleted));
  sam.expect_page("Both");
  EXPECT_EQ(sam.text_of("duration"), "0:23");
  EXPECT_EQ(sam.number_at(33.5), -1);
  const std::string words = "A part of another update belongs here. It can't be shown: it was deleted.";
  EXPECT_EQ(sam.text_of("card"), words);
  EXPECT_EQ(sam.number_at(14.5), 14);
  const Json seen = sam.seen_while_playing(4.5, 10.5);
  EXPECT_EQ(seen, Json({4, 5, kCard, words, 10})) << to_text(seen);
}

INSTANTIATE_TEST_SUITE_P(Browsers, JoinedPage, testing::Values(BrowserKind::Chromium, BrowserKind::Firefox),
                         browser_of);

// On a real S3 server, open and sealed.
class JoinedLink : public InEachBrowser {
 protected:
  static void SetUpTestSuite() {
    if (!CephServer::missing_program_of().empty()) return;
    authority_ = TestAuthority::create().value();
    auto started = CephServer::start(*authority_);
    if (!started) return;
    server_ = std::move(*started);
    const Secret secret = server_->secret();
    environment_ = std::make_unique<ScopedEnvironment>(
        Environment{{"MEANWHILE_S3_ACCESS_KEY", secret.user}, {"MEANWHILE_S3_SECRET_KEY", secret.password}});
    open_ = founded(Privacy::Open);
    sealed_ = founded(Privacy::Sealed);
  }
  static void TearDownTestSuite() {
    InEachBrowser::TearDownTestSuite();
    open_.reset();
    sealed_.reset();
    environment_.reset();
    server_.reset();
    authority_.reset();
  }
  void SetUp() override {
    InEachBrowser::SetUp();
    if (!server_) GTEST_SKIP() << "Ceph isn't installed, or doesn't come up";
  }
  static std::unique_ptr<Author> founded(Privacy privacy) {
    auto author = std::make_unique<Author>();
    author->found(*server_, privacy == Privacy::Open ? "open" : "sealed", privacy);
    publish_joined(*author);
    return author;
  }

  static inline std::unique_ptr<TestAuthority> authority_;
  static inline std::unique_ptr<CephServer> server_;
  static inline std::unique_ptr<ScopedEnvironment> environment_;
  static inline std::unique_ptr<Author> open_;
  static inline std::unique_ptr<Author> sealed_;
};

TEST_P(JoinedLink, ItIsShownAndPlaysAndOnlyThatIsSigned) {
  Viewer& sam = viewer();
  sam.open(open_->share());
  expect_it_is_shown(sam);
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  expect_it_plays(sam);
  const Json joined = sam.run(R"(
    const [entry] = meanwhile.talk.share.joined, {tracks} = JSON.parse(entry.manifest);
    return {signed: Object.keys(entry.media.signatures).length, all: tracks.reduce((sum, {segments}) => sum + segments.length + 1, 0)};)");
  EXPECT_GT(joined["signed"].get<int>(), 3) << to_text(joined);
  EXPECT_LT(joined["signed"].get<int>(), joined["all"].get<int>()) << to_text(joined);
}

TEST_P(JoinedLink, WhatIsSealedIsShownAndPlays) {
  Viewer& sam = viewer();
  sam.open(sealed_->share());
  expect_it_is_shown(sam);
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  expect_it_plays(sam);
}

TEST_P(JoinedLink, WithAPasswordToo) {
  Viewer& sam = viewer();
  sam.open(sealed_->share_with_password("at nine"));
  unlock(sam);
  expect_it_is_shown(sam);
}

INSTANTIATE_TEST_SUITE_P(Browsers, JoinedLink, testing::Values(BrowserKind::Chromium, BrowserKind::Firefox),
                         browser_of);

}  // namespace
}  // namespace meanwhile::e2e
