// A page of an update that its author has cut: nothing of what was cut is shown, and times are those of what
// is left.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "media/base/json.h"
#include "tests/pages/author.h"
#include "tests/pages/browsers.h"
#include "tests/support/browser.h"

namespace meanwhile::e2e {
namespace {

// Thirty seconds that say their number; 5 to 10 and 20 to 25 are cut, the last five come first.
class EditedPage : public InEachBrowser {
 protected:
  static void SetUpTestSuite() {
    author_ = std::make_unique<Author>();
    author_->publish_numbers(30, "Shortened");
    author_->run({"comment", "latest", "--at", "7", "In the cut"});
    author_->run({"comment", "latest", "--at", "12", "Behind it"});
    author_->run({"arrange", "latest", author_->write("arrangement.json", R"({"parts":[
      {"from_us":25000000,"to_us":30000000},{"from_us":0,"to_us":5000000},{"from_us":10000000,"to_us":20000000}],
      "covered":[{"from_us":10000000,"to_us":12000000,"kind":"solid","x":0.5,"y":0.5,"width":0.25,"height":0.25}]})")});
    author_->share_as("update.html");
  }
  static void TearDownTestSuite() {
    InEachBrowser::TearDownTestSuite();
    author_.reset();
  }
  static Viewer& at_the_page() {
    Viewer& sam = viewer();
    sam.open(author_->address("update.html"));
    sam.expect_page("Shortened");
    return sam;
  }

 private:
  static inline std::unique_ptr<Author> author_;
};

TEST_P(EditedPage, ShowsWhatIsLeftAndItsLength) {
  Viewer& sam = at_the_page();
  EXPECT_EQ(sam.text_of("duration"), "0:20");
  EXPECT_EQ(sam.text_of("time"), "0:00");
  EXPECT_EQ(sam.number_at(27.5), 27);
  EXPECT_EQ(sam.number_at(7.5), 10) << "what was cut leads behind the cut";
  EXPECT_EQ(sam.number_at(22.5), 25) << "what was recorded next";
}

TEST_P(EditedPage, PlaysOverACutWithoutShowingIt) {
  Viewer& sam = at_the_page();
  const Json seen = sam.run(R"(
    const {player} = meanwhile, seen = [];
    player.seek(4); player.play();
    for (const end = Date.now() + 20000; Date.now() < end && player.time < 11;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(player.lead.currentTime);
    }
    player.pause();
    return {passed: player.time >= 11, inside: seen.filter((time) => time > 5.2 && time < 9.9)};)");
  EXPECT_EQ(seen["passed"], true);
  EXPECT_TRUE(seen["inside"].empty()) << to_text(seen);
}

TEST_P(EditedPage, EndsWhereTheLastPartDoes) {
  Viewer& sam = at_the_page();
  sam.run("meanwhile.player.seek(19); meanwhile.player.play();");
  EXPECT_TRUE(sam.wait_until("meanwhile.player.isEnded")) << sam.text_of("time");
  EXPECT_EQ(sam.text_of("time"), "0:20");
  sam.run("meanwhile.player.play();");
  EXPECT_TRUE(sam.wait_until("meanwhile.player.time > 25 && meanwhile.player.time < 30")) << "begins again";
}

TEST_P(EditedPage, ListsCommentsByWhatIsSeenAndThoseOfTheCutLast) {
  Viewer& sam = at_the_page();
  const std::string list = sam.text_of("comments");
  EXPECT_NE(list.find("0:12"), std::string::npos) << list;
  EXPECT_LT(list.find("Behind it"), list.find("In a part that was cut"));
  EXPECT_LT(list.find("In a part that was cut"), list.find("In the cut"));
}

TEST_P(EditedPage, CoversWhatIsNotToBeRead) {
  Viewer& sam = at_the_page();
  sam.run("meanwhile.player.seek(10.5);");
  EXPECT_TRUE(sam.wait_until("document.querySelector('.covered.solid')"));
  sam.run("meanwhile.player.seek(13);");
  EXPECT_TRUE(sam.wait_until("!document.querySelector('.covered')"));
}

INSTANTIATE_TEST_SUITE_P(Browsers, EditedPage, testing::Values(BrowserKind::Chromium, BrowserKind::Firefox),
                         browser_of);

}  // namespace
}  // namespace meanwhile::e2e
