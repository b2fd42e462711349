// A page is in the language of whoever opens it, whatever its author's is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "app/languages/languages.h"
#include "app/languages/mo_catalog.h"
#include "media/base/json.h"
#include "tests/pages/author.h"
#include "tests/pages/viewer.h"
#include "tests/support/browser.h"

namespace meanwhile::e2e {
namespace {

using testing::HasSubstr;

// Chromium only: in no other browser can a test say which languages it asks for (Browser::run_first).
class TranslatedPage : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto missing = Browser::missing(BrowserKind::Chromium); !missing.empty())
      GTEST_SKIP() << missing << " isn't installed";
    const auto german = std::ranges::find(languages(), std::string("de"), &Language::code);
    if (german == languages().end()) GTEST_SKIP() << "there is no German catalog";
    german_ = make_catalog("de", german->catalog);
    ASSERT_TRUE(german_);
    ann_.publish_numbers(3, "Where we stand");
    ann_.run({"comment", "latest", "--at", "1", "Send"});
  }
  // Asks for those languages, as in a browser's settings: ["de-AT", "en"].
  void read(Viewer& viewer, const Json& wanted) {
    const auto set = viewer.browser().run_first(
        "Object.defineProperty(Navigator.prototype, 'languages', {get: () => " + to_text(wanted) + "});");
    ASSERT_TRUE(set) << set.error().message;
  }
  std::string german(const char* english) const {
    const char* const said = german_->find(nullptr, english);
    EXPECT_TRUE(said) << english;
    return said ? said : english;
  }

  Author ann_;
  std::unique_ptr<const Catalog> german_;
};

TEST_F(TranslatedPage, IsInItsViewersLanguage) {
  ann_.share_as("update.html");
  Viewer sam(BrowserWindow{});
  read(sam, {"de-AT", "en"});
  sam.open(ann_.address("update.html"));
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.run("return document.documentElement.lang;"), "de");
  EXPECT_EQ(sam.text_of("send"), german("Send"));
  EXPECT_EQ(sam.run("return document.getElementById('play').title;"), german("Play (Space)"));
  EXPECT_EQ(sam.run("return document.querySelector('aside').ariaLabel;"), german("Comments"));
  EXPECT_EQ(sam.run("return document.querySelector('.said time').textContent;"), german("just now"));
  EXPECT_EQ(sam.run("return document.querySelector('#speed option').textContent;"), "0,5x");
  EXPECT_EQ(sam.run("return document.querySelector('#comments .words').textContent;"), "Send")
      << "what people say stays as they said it";
}

TEST_F(TranslatedPage, IsEnglishForWhomNoCatalogIsFor) {
  ann_.share_as("update.html");
  Viewer sam(BrowserWindow{});
  read(sam, {"tlh", "en-GB"});
  sam.open(ann_.address("update.html"));
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.run("return document.documentElement.lang;"), "en");
  EXPECT_EQ(sam.text_of("send"), "Send");
}

TEST_F(TranslatedPage, SoIsALockedOne) {
  ann_.share_locked_as("locked.html", "at nine");
  Viewer sam(BrowserWindow{});
  read(sam, {"de"});
  sam.open(ann_.address("locked.html"));
  EXPECT_TRUE(sam.wait_until("!document.getElementById('lock').hidden"));
  EXPECT_THAT(sam.text_of("lock"), HasSubstr(german("This update is locked")));
}

TEST_F(TranslatedPage, SoIsTheListOfAFolder) {
  ann_.run({"sync"});
  Viewer sam(BrowserWindow{});
  read(sam, {"de"});
  sam.open(ann_.address("library/index.html"));
  EXPECT_TRUE(sam.wait_until("document.documentElement.lang === 'de'"));
  EXPECT_EQ(sam.run("return document.getElementById('search').placeholder;"), german("Search"));
  EXPECT_THAT(sam.text_of("body"), HasSubstr("Where we stand"));
}

}  // namespace
}  // namespace meanwhile::e2e
