// Words of others on a page: they stay words, whatever is in them, and nothing is pushed out of sight.
#include <gtest/gtest.h>

#include <string>

#include "media/base/json.h"
#include "tests/pages/author.h"
#include "tests/pages/browsers.h"

namespace meanwhile::e2e {
namespace {

class ForeignWords : public InEachBrowser {};

TEST_P(ForeignWords, StayWordsAndInTheirPlace) {
  const std::string title = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\u202Etxt.exe";
  const std::string description = "<b>bold</b> & \u2066javascript:alert(3)";
  const std::string long_word(10'000, 'w');
  Author ann;
  ann.publish_numbers(3, title);
  ann.run({"edit", "latest", "--description", description});
  ann.run({"comment", "latest", "--at", "1", "<svg onload=alert(4)>\u202Eabc"});
  ann.run({"comment", "latest", "--at", "2", long_word});
  ann.share_as("update.html");
  Viewer& sam = viewer();
  sam.open(ann.address("update.html"));
  ASSERT_TRUE(sam.wait_until("globalThis.meanwhile"));
  EXPECT_EQ(sam.run("return document.getElementById('title').textContent;"), title);
  EXPECT_EQ(sam.run("return document.getElementById('description').textContent;"), description);
  EXPECT_EQ(sam.run("return document.title;"), title);
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
