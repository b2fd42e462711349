// What somebody sees and says who was sent one file, and has nothing but a browser.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <memory>
#include <string>

#include "media/base/json.h"
#include "tests/e2e/person.h"
#include "tests/pages/author.h"
#include "tests/pages/browsers.h"
#include "tests/support/browser.h"

namespace meanwhile::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

void replace(std::string& text, const std::string& old, const std::string& with) {
  const auto at = text.find(old);
  ASSERT_NE(at, std::string::npos) << old;
  text.replace(at, old.size(), with);
}

// An update that Ann published once for all tests.
class SharedFile : public InEachBrowser {
 protected:
  static void SetUpTestSuite() {
    author_ = std::make_unique<Author>();
    author_->publish_flashes();
    author_->share_as("update.html");
  }
  static void TearDownTestSuite() { author_.reset(); }

  static Author& ann() { return *author_; }
  static std::string page() { return text_of_file(ann().file("update.html")); }
  static std::string address_of(const std::string& page) {
    std::ofstream(ann().file("changed.html")) << page;
    return ann().address("changed.html");
  }

 private:
  static inline std::unique_ptr<Author> author_;
};

TEST_P(SharedFile, HoldsAllOfItAndShowsThePictureOfEachMoment) {
  Viewer& sam = viewer();
  sam.open(ann().address("update.html"));
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  for (const double second : {3, 1, 4}) {
    const Json white = sam.brightness_at(second + 0.05);
    const Json black = sam.brightness_at(second + 0.5);
    ASSERT_EQ(white.size(), 2U) << to_text(white);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_GT(white[i].get<int>(), 180) << "at " << second << " of picture " << i;
      EXPECT_LT(black[i].get<int>(), 60) << "at " << second << " of picture " << i;
    }
  }
  // Both pictures on one clock while it plays. A busy machine may be late once.
  EXPECT_LT(sam.apart_while_playing(), 0.025);
}

TEST_P(SharedFile, APartThatWasChangedIsNotShown) {
  std::string changed = page();
  const std::size_t begin = changed.find("id=\"bytes-screen\"");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t bytes = changed.find('>', begin) + 1;
  char& letter = changed[bytes + (changed.find('<', bytes) - bytes) * 3 / 4];
  letter = letter == 'A' ? 'B' : 'A';
  Viewer& sam = viewer();
  sam.open(address_of(changed));
  sam.expect_page("Where we stand");
  sam.run("meanwhile.player.seek(4.5);");
  EXPECT_TRUE(sam.wait_until("!document.getElementById('trouble').hidden"));
  EXPECT_THAT(sam.text_of("trouble-words"), HasSubstr("isn't what Ann published"));
}

TEST_P(SharedFile, WhatTheAuthorDidNotSignIsRefused) {
  std::string changed = page();
  replace(changed, R"(\"recorded\":\"2)", R"(\"recorded\":\"3)");
  Viewer& sam = viewer();
  sam.open(address_of(changed));
  EXPECT_THAT(sam.refusal(), HasSubstr("isn't what Ann published"));
  EXPECT_EQ(sam.run("return document.querySelectorAll('video').length;"), 0);
}

TEST_P(SharedFile, WhatAGuestCopiesComesBackAsTheirWords) {
  Viewer& sam = viewer();
  sam.open(ann().address("update.html"));
  sam.expect_page("Where we stand");
  const std::string words = "Which week is this in " + browser_name(GetParam()) + "?";
  sam.say(words);
  sam.run("navigator.clipboard.writeText = async (text) => { document.title = text; };");
  sam.press("#copy");
  ASSERT_TRUE(sam.wait_until("document.title.startsWith('meanwhile-answers:')"));
  const std::string line = sam.run("return document.title;").get<std::string>();
  const Answer added = ann().person().run({"answers", "add", line});
  ASSERT_EQ(added.status, 0) << added.out << added.err;
  EXPECT_THAT(added.out, HasSubstr("1 comment from Sam Guest (guest)"));
  EXPECT_THAT(to_text(ann().run({"comments", "latest"})), HasSubstr(words));
  EXPECT_THAT(ann().person().run({"answers", "add", line}).out, Not(HasSubstr("1 comment")));
}

TEST_P(SharedFile, EndedItSaysSinceWhenAndWhomToAsk) {
  std::string ended = page();
  replace(ended, R"("until":null)", R"("until":"2026-01-02T12:00:00.000Z")");
  Viewer& sam = viewer();
  sam.open(address_of(ended));
  const std::string why = sam.refusal();
  EXPECT_THAT(why, HasSubstr("This page ended on"));
  EXPECT_THAT(why, HasSubstr("Ask Ann for a new one"));
}

INSTANTIATE_TEST_SUITE_P(Browsers, SharedFile, testing::Values(BrowserKind::Chromium, BrowserKind::Firefox),
                         browser_of);

}  // namespace
}  // namespace meanwhile::e2e
