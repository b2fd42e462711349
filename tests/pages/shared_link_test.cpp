// What somebody sees and says who opens a link to a page on a real S3 server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "tests/pages/author.h"
#include "tests/pages/browsers.h"
#include "tests/support/browser.h"
#include "tests/support/environment.h"
#include "tests/support/gunzip.h"
#include "tests/support/slow_line.h"
#include "tests/support/storage_server.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile::e2e {
namespace {

using testing::HasSubstr;

constexpr int kTenMinutes = 600;

// Ceph, two libraries on it, and a line to both that can be cut. An update of ten minutes lies in each.
class SharedLink : public InEachBrowser {
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
    line_ = std::make_unique<SlowLine>(server_->port(), std::chrono::milliseconds(0));
    open_ = published(Privacy::Open);
    sealed_ = published(Privacy::Sealed);
  }
  static void TearDownTestSuite() {
    open_.reset();
    sealed_.reset();
    line_.reset();
    environment_.reset();
    server_.reset();
    authority_.reset();
  }
  void SetUp() override {
    InEachBrowser::SetUp();
    if (!server_) GTEST_SKIP() << "Ceph isn't installed, or doesn't come up";
  }

  static std::unique_ptr<Author> published(Privacy privacy) {
    auto author = std::make_unique<Author>();
    author->found(*server_, privacy == Privacy::Open ? "open" : "sealed", privacy, line_->port());
    author->publish_numbers(kTenMinutes, "Where we stand");
    author->run({"comment", "latest", "--at", "5:00", "Half of it"});
    return author;
  }
  static std::shared_ptr<Storage> storage() { return open_storage(server_->url("open")).value(); }
  static std::string rest_of(const std::string& link) {
    const auto at = link.find("shares/");
    return link.substr(at, link.find("index.html") - at) + "rest.json";
  }

  static inline std::unique_ptr<TestAuthority> authority_;
  static inline std::unique_ptr<CephServer> server_;
  static inline std::unique_ptr<ScopedEnvironment> environment_;
  static inline std::unique_ptr<SlowLine> line_;
  static inline std::unique_ptr<Author> open_;
  static inline std::unique_ptr<Author> sealed_;
};

TEST_P(SharedLink, PlaysTakesAnswersAndEnds) {
  const std::string link = open_->share();
  ASSERT_TRUE(link.starts_with("http://")) << link;
  Viewer& sam = viewer();
  sam.open(link);
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  const std::string words = "Seen from afar in " + browser_name(GetParam());
  sam.say(words);
  ASSERT_TRUE(sam.wait_until("meanwhile.talk.guest.unsent.length === 0")) << sam.text_of("sent");
  open_->run({"sync"});
  EXPECT_THAT(to_text(open_->run({"comments", "latest"})), HasSubstr(words));
  open_->run({"share", "--off", "latest"});
  sam.open(link);
  EXPECT_TRUE(sam.wait_until("!document.getElementById('page')"));
}

// R2 has no forms.
TEST_P(SharedLink, AnswersComeFromAStoreThatKnowsNoForms) {
  line_->take_posts(false);
  const std::string link = open_->share();
  Viewer& sam = viewer();
  sam.open(link);
  sam.expect_page("Where we stand");
  const std::string words = "Through a slot in " + browser_name(GetParam());
  sam.say(words);
  EXPECT_TRUE(sam.wait_until("meanwhile.talk.guest.unsent.length === 0")) << sam.text_of("sent");
  line_->take_posts(true);
  open_->run({"sync"});
  EXPECT_THAT(to_text(open_->run({"comments", "latest"})), HasSubstr(words));
}

TEST_P(SharedLink, OfTenMinutesLittleIsFetchedAndEachSecondIsFound) {
  Viewer& sam = viewer();
  sam.open(open_->share());
  sam.expect_page("Where we stand");
  const Json page = sam.run("return performance.getEntriesByType('navigation')[0].decodedBodySize;");
  EXPECT_LT(page.get<int>(), 150'000);
  for (const int second : {431, 3, 598, 271}) EXPECT_EQ(sam.number_at(second + 0.5), second);
  const Json fetched = sam.run(
      "return performance.getEntriesByType('resource').filter(({name}) => name.includes('.m4s')).length;");
  EXPECT_LT(fetched.get<int>(), 60) << "of several hundred parts";
}

TEST_P(SharedLink, AMomentFarInsideIsWhereItBegins) {
  Viewer& sam = viewer();
  sam.open(open_->share() + "#t=333.5");
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.number_at(333.5), 333);
}

TEST_P(SharedLink, GoesOnWhenTheLineIsBack) {
  Viewer& sam = viewer();
  sam.open(open_->share());
  sam.expect_page("Where we stand");
  line_->cut();
  sam.run("meanwhile.player.seek(300.5);");
  EXPECT_TRUE(sam.wait_until("!document.getElementById('trouble').hidden"));
  EXPECT_EQ(sam.text_of("trouble-words"), "The connection is lost. Trying again…");
  line_->mend();
  sam.press("#retry");
  EXPECT_EQ(sam.number_at(300.5), 300);
  EXPECT_TRUE(sam.wait_until("document.getElementById('trouble').hidden"));
}

TEST_P(SharedLink, BeginsWithoutWhatLiesBesideThePageAndWaitsForIt) {
  const std::string link = open_->share();
  const std::string rest = rest_of(link);
  const Bytes bytes = storage()->get(rest, 1u << 20, {}, {}).value();
  ASSERT_TRUE(storage()->remove(rest, {}));
  Viewer& sam = viewer();
  sam.open(link);
  EXPECT_TRUE(sam.wait_until("!document.getElementById('trouble').hidden"));
  EXPECT_THAT(sam.text_of("trouble-words"), HasSubstr("Ask Ann for a new link"));
  sam.press("#big-play");
  EXPECT_TRUE(sam.wait_until("document.querySelector('video').currentTime > 0.5")) << "the beginning plays";
  EXPECT_EQ(sam.text_of("checked"), "") << "nothing is said before it is known";
  ASSERT_TRUE(put_document(*storage(), rest, "application/json", gunzip(bytes), {}));
  sam.press("#retry");
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  EXPECT_EQ(sam.number_at(500.5), 500);
}

TEST_P(SharedLink, WhatIsSealedOpensWithTheWholeLinkOnly) {
  const std::string link = sealed_->share();
  ASSERT_NE(link.find("#k="), std::string::npos) << link;
  Viewer& sam = viewer();
  sam.open(link);
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  EXPECT_EQ(sam.number_at(222.5), 222);
  EXPECT_THAT(sam.text_of("comments"), HasSubstr("Half of it"));
  Viewer& kim = viewer();
  kim.open(link.substr(0, link.find('#')));
  EXPECT_THAT(kim.refusal(), HasSubstr("This link is incomplete"));
}

TEST_P(SharedLink, APasswordOpensItAndAnotherDoesNot) {
  Viewer& sam = viewer();
  sam.open(sealed_->share_with_password("caf\u00E9 at nine"));
  ASSERT_TRUE(sam.wait_until("!document.getElementById('lock').hidden"));
  sam.press("#password");
  sam.type("cafe at nine");
  sam.press("#unlock");
  ASSERT_TRUE(sam.wait_until("document.getElementById('wrong').textContent"));
  EXPECT_THAT(sam.text_of("wrong"), HasSubstr("That password doesn't open this update"));
  sam.run("document.getElementById('password').value = '';");
  sam.press("#password");
  sam.type("caf\u00E9 at nine");
  sam.press("#unlock");
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.number_at(61.5), 61);
}

INSTANTIATE_TEST_SUITE_P(Browsers, SharedLink, testing::Values(BrowserKind::Chromium, BrowserKind::Firefox),
                         browser_of);

}  // namespace
}  // namespace meanwhile::e2e
