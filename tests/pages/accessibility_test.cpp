// What somebody meets who sees little or nothing, or has a small screen: axe-core finds nothing wrong, and
// all is in reach.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

#include "media/base/json.h"
#include "tests/e2e/person.h"
#include "tests/pages/author.h"
#include "tests/pages/viewer.h"
#include "tests/support/browser.h"
#include "tests/support/npm_file.h"

namespace meanwhile::e2e {
namespace {

using testing::HasSubstr;

struct Look {
  const char* name;
  BrowserWindow window;
};

void PrintTo(const Look& look, std::ostream* out) {
  *out << look.name;
}

// An update with all that can be said about one, published once.
class Accessibility : public testing::TestWithParam<Look> {
 protected:
  static void SetUpTestSuite() {
    ann_ = std::make_unique<Author>();
    ann_->publish_flashes();
    ann_->run({"edit", "latest", "--description", "What we did this week."});
    ann_->run({"comment", "latest", "--at", "1", "--to", "2", "Which week?"});
    ann_->run({"comment", "latest", "--at", "3", "And then?"});
    ann_->run({"ask", "latest", "--at", "2", "--kind", "decision", "--by", "Thu 16:00", "Shall we?"});
    ann_->run({"react", "latest", "--at", "1", "heart"});
    ann_->share_as("update.html");
    ann_->share_locked_as("locked.html", "at nine");
    ann_->run({"arrange", "latest", "--card", "What we did this week"});
    ann_->share_as("card.html");
    ann_->run({"sync"});
    std::string ended = text_of_file(ann_->file("update.html"));
    const std::string open = R"("until":null)";
    ended.replace(ended.find(open), open.size(), R"("until":"2026-01-02T12:00:00.000Z")");
    std::ofstream(ann_->file("ended.html")) << ended;
  }
  static void TearDownTestSuite() { ann_.reset(); }
  void SetUp() override {
    if (const auto missing = Browser::missing(BrowserKind::Chromium); !missing.empty())
      GTEST_SKIP() << missing << " isn't installed";
    const auto axe = npm_file("axe-core");
    if (!axe && axe.error().code == ErrorCode::Unavailable) GTEST_SKIP() << axe.error().message;
    ASSERT_TRUE(axe) << axe.error().message;
    axe_ = text_of_file(*axe);
    viewer_ = std::make_unique<Viewer>(GetParam().window);
  }
  void expect_nothing_wrong(const std::string& state) {
    const Json wrong = viewer_->run(axe_ + R"(;
      const {violations} = await axe.run(document, {resultTypes: ["violations"]});
      return violations.map(({id, nodes}) => `${id}: ${nodes.map(({html, any}) => html + " " + (any[0]?.message ?? "")).join("; ")}`);)");
    for (const Json& one : wrong) ADD_FAILURE() << state << ": " << one.get<std::string>();
  }

  static inline std::unique_ptr<Author> ann_;
  std::string axe_;
  std::unique_ptr<Viewer> viewer_;
};

TEST_P(Accessibility, NothingIsWrongInAnyState) {
  Viewer& sam = *viewer_;
  sam.open(ann_->address("update.html"));
  sam.expect_page("Where we stand");
  expect_nothing_wrong("with comments and a question");
  EXPECT_EQ(sam.run("return document.documentElement.scrollWidth <= innerWidth;"), true);
  sam.run("meanwhile.player.seek(1.2); meanwhile.player.play();");
  ASSERT_TRUE(sam.wait_until("meanwhile.player.time > 1.5"));
  expect_nothing_wrong("playing");
  sam.press("#words");
  sam.type("Hello");
  sam.press("#send");
  ASSERT_TRUE(sam.wait_until("document.getElementById('naming').open"));
  expect_nothing_wrong("asked for a name");
  sam.open(ann_->address("card.html"));
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.text_of("card"), "What we did this week");
  expect_nothing_wrong("a card, before it plays");
  EXPECT_EQ(sam.run("return document.documentElement.scrollWidth <= innerWidth;"), true);
  sam.press("#big-play");
  EXPECT_TRUE(sam.wait_until("meanwhile.player.time > 1 && meanwhile.player.time < 5"))
      << "what comes behind it";
  sam.open(ann_->address("locked.html"));
  ASSERT_TRUE(sam.wait_until("!document.getElementById('lock').hidden"));
  expect_nothing_wrong("locked");
  sam.open(ann_->address("ended.html"));
  EXPECT_THAT(sam.refusal(), HasSubstr("ended"));
  expect_nothing_wrong("failed");
  sam.open(ann_->address("library/index.html"));
  ASSERT_TRUE(sam.wait_until("!document.getElementById('search').hidden"));
  expect_nothing_wrong("the folder's list");
}

INSTANTIATE_TEST_SUITE_P(Looks, Accessibility,
                         testing::Values(Look{"Light", {}}, Look{"Dark", {.is_dark = true}},
                                         Look{"Phone", {.width = 390, .height = 844, .is_phone = true}}),
                         [](const auto& look) { return look.param.name; });

// Screen above face, all that is pressed large enough, the field for words within reach.
TEST(OnAPhone, ThePageIsWatchedAndAnswered) {
  if (const auto missing = Browser::missing(BrowserKind::Chromium); !missing.empty())
    GTEST_SKIP() << missing << " isn't installed";
  Author ann;
  ann.publish_flashes();
  ann.share_as("update.html");
  Viewer sam({.width = 390, .height = 844, .is_phone = true});
  sam.open(ann.address("update.html"));
  sam.expect_page("Where we stand");
  EXPECT_EQ(sam.run("return innerWidth;"), 390);
  const Json places = sam.run(R"(
    const at = (id) => document.getElementById(id).getBoundingClientRect();
    return {under: at("camera").top >= at("screen").bottom - 1, wide: at("screen").width, end: at("composer").bottom, all: innerHeight};)");
  EXPECT_EQ(places["under"], true) << to_text(places);
  EXPECT_GT(places["wide"].get<double>(), 330) << to_text(places);
  EXPECT_LE(places["end"].get<double>(), places["all"].get<double>() + 1) << to_text(places);
  sam.press("#big-play");
  EXPECT_TRUE(sam.wait_until("meanwhile.player.time > 1"));
  sam.say("From the train");
  EXPECT_EQ(sam.run("return document.documentElement.scrollWidth <= innerWidth;"), true);
}

}  // namespace
}  // namespace meanwhile::e2e
