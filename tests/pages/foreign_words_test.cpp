// Words of others on a page: they stay words, whatever is in them, and nothing is pushed out of sight.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "media/base/json.h"
#include "tests/pages/author.h"
#include "tests/pages/browsers.h"

namespace meanwhile::e2e {
namespace {

const std::string kTitle = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\u202Etxt.exe";
const std::string kDescription = "<b>bold</b> & \u2066javascript:alert(3)";

class ForeignWords : public InEachBrowser {
 protected:
  static void SetUpTestSuite() {
    ann_ = std::make_unique<Author>();
    ann_->publish_numbers(3, kTitle);
    ann_->run({"edit", "latest", "--description", kDescription});
    ann_->run({"comment", "latest", "--at", "1", "<svg onload=alert(4)>\u202Eabc"});
    ann_->run({"comment", "latest", "--at", "2", std::string(10'000, 'w')});
    ann_->share_as("update.html");
  }
  static void TearDownTestSuite() {
    InEachBrowser::TearDownTestSuite();
    ann_.reset();
  }

  static inline std::unique_ptr<Author> ann_;
};

TEST_P(ForeignWords, StayWordsAndInTheirPlace) {
  Viewer& sam = viewer();
  sam.open(ann_->address("update.html"));
  ASSERT_TRUE(sam.wait_until("globalThis.meanwhile"));
  EXPECT_EQ(sam.run("return document.getElementById('title').textContent;"), kTitle);
  EXPECT_EQ(sam.run("return document.getElementById('description').textContent;"), kDescription);
  EXPECT_EQ(sam.run("return document.title;"), kTitle);
  const Json longest = sam.run(
      "return Math.max(...[...document.querySelectorAll('#comments .words')].map((one) => "
      "one.textContent.length));");
  EXPECT_EQ(longest, 10'000);
  EXPECT_EQ(sam.run("return document.querySelectorAll('img, #page script, b#bold, svg[onload]').length;"), 0);
  EXPECT_EQ(sam.run("return document.documentElement.scrollWidth <= innerWidth;"), true);
  // A word that runs from right to left doesn't turn what stands after it.
  EXPECT_EQ(sam.run("return [...document.querySelectorAll('#title, #comments .words')]"
                    ".every((one) => /isolate|plaintext/.test(getComputedStyle(one).unicodeBidi));"),
            true);
}

INSTANTIATE_TEST_SUITE_P(Browsers, ForeignWords, testing::Values(BrowserKind::Chromium, BrowserKind::Firefox),
                         browser_of);

}  // namespace
}  // namespace meanwhile::e2e
