// What somebody sees who opens the team's folder with a browser, and has no Meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "media/base/json.h"
#include "tests/pages/author.h"
#include "tests/pages/browsers.h"
#include "tests/support/browser.h"

namespace meanwhile::e2e {
namespace {

using testing::HasSubstr;

class FolderList : public InEachBrowser {
 protected:
  static void SetUpTestSuite() {
    ann_ = std::make_unique<Author>();
    ann_->publish_flashes();
    ann_->share();
    ann_->run({"record", "--screen", "lavfi:color=blue:s=320x180:r=10", "--for", "2s", "--title",
               "<i>Only</i> for members", "--channel", "Weekly", "--publish"});
    ann_->run({"sync"});
  }
  static void TearDownTestSuite() { ann_.reset(); }

  static inline std::unique_ptr<Author> ann_;
};

TEST_P(FolderList, ListsUpdatesAndOpensTheOneThatIsShared) {
  Viewer& sam = viewer();
  sam.open(ann_->address("library/index.html"));
  const std::string text = sam.text_of("body");
  EXPECT_THAT(text, HasSubstr("# Weekly"));
  EXPECT_THAT(text, HasSubstr("<i>Only</i> for members"));
  EXPECT_THAT(text, HasSubstr("just now")) << "the viewer's own clock";
  EXPECT_TRUE(sam.wait_until("[...document.images].every((one) => one.naturalWidth > 0)"));
  EXPECT_EQ(sam.run("return document.images.length;"), 2);

  sam.press("#search");
  sam.type("members");
  EXPECT_TRUE(sam.wait_until("document.querySelectorAll('li:not([hidden])').length === 1"));
  sam.type(" xyz");
  EXPECT_TRUE(sam.wait_until("!document.getElementById('nothing').hidden"));
  sam.run("const field = document.getElementById('search'); field.value = ''; field.oninput();");

  sam.press("a[href^='shares/']");
  sam.expect_page("Where we stand");
  sam.press("#big-play");
  EXPECT_TRUE(sam.wait_until("meanwhile.player.time > 1"));
}

INSTANTIATE_TEST_SUITE_P(Browsers, FolderList, testing::Values(BrowserKind::Chromium, BrowserKind::Firefox),
                         browser_of);

}  // namespace
}  // namespace meanwhile::e2e
