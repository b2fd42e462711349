// Pages of an update whose recording has become another: parts were removed for good, or a new one corrects
// it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "media/base/json.h"
#include "tests/pages/author.h"
#include "tests/pages/browsers.h"
#include "tests/support/browser.h"
#include "tests/support/environment.h"
#include "tests/support/storage_server.h"

namespace meanwhile::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

// How loud the sound is that plays from that moment on.
double loudness_from(Viewer& sam, double moment) {
  const Json loudest = sam.run("const {player} = meanwhile, from = " + std::to_string(moment) + R"(;
    player.pause();
    player.seek(from);
    for (const end = Date.now() + 15000; Date.now() < end && player.isMoving;) await new Promise((resolve) => setTimeout(resolve, 20));
    player.play();
    const stream = globalThis.heard ??= (() => {
      const audio = player.audio ?? new AudioContext(), meter = new AnalyserNode(audio);
      const sound = player.amplified ?? audio.createMediaElementSource(player.lead);
      sound.connect(meter);
      if (!player.amplified) sound.connect(audio.destination);
      return meter;
    })();
    let loudest = 0;
    const samples = new Float32Array(stream.fftSize);
    for (const end = Date.now() + 15000; Date.now() < end && player.time < from + 1.5;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      stream.getFloatTimeDomainData(samples);
      if (player.time > from + 0.5) loudest = Math.max(loudest, ...samples);
    }
    player.pause();
    return loudest;)");
  return loudest.is_number() ? loudest.get<double>() : -1;
}

// 5 to 10 is black and silent, from 12 to 14 a third of the picture is covered; all is shown.
void remove_for_good(Author& ann) {
  ann.run({"arrange", "latest", ann.write("arrangement.json", R"({"format":1,
    "parts":[{"from_us":0,"to_us":5000000},{"from_us":10000000,"to_us":20000000}],
    "covered":[{"from_us":12000000,"to_us":14000000,"track":"screen","kind":"solid","x":0,"y":0,"width":0.34,"height":1}]})")});
  ann.run({"arrange", "latest", "--remove-for-good"});
  ann.run({"arrange", "latest", "--undo"});
}

void expect_the_rest(Viewer& sam) {
  sam.expect_page("Changed");
  EXPECT_EQ(sam.text_of("duration"), "0:20");
  EXPECT_EQ(sam.number_at(3.5), 3);
  EXPECT_EQ(sam.number_at(7.5), 0) << "black";
  EXPECT_EQ(sam.number_at(12.5), 0) << "12 is written where it is covered";
  EXPECT_EQ(sam.number_at(14.5), 14);
  EXPECT_EQ(sam.number_at(18.5), 18);
}

class ChangedPage : public InEachBrowser {
 protected:
  void TearDown() override { ann_.reset(); }

  std::unique_ptr<Author> ann_ = std::make_unique<Author>();
};

TEST_P(ChangedPage, WhatWasRemovedForGoodIsBlackAndSilentInAFileAndTheRestIsThere) {
  ann_->publish_numbers(20, "Changed");
  ann_->run({"comment", "latest", "--at", "7", "In what goes"});
  remove_for_good(*ann_);
  ann_->share_as("update.html");
  Viewer& sam = viewer();
  sam.open(ann_->address("update.html"));
  expect_the_rest(sam);
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  EXPECT_THAT(sam.text_of("comments"), HasSubstr("In what goes"));
  EXPECT_GT(loudness_from(sam, 2), 0.02);
  EXPECT_LT(loudness_from(sam, 7), 0.005);
  EXPECT_GT(loudness_from(sam, 16), 0.02);
}

TEST_P(ChangedPage, APageInTheFolderIsMadeAnewAndTheListShowsThePictureThatIsThereNow) {
  ann_->publish_numbers(20, "Changed");
  const std::string link = ann_->share();
  remove_for_good(*ann_);
  ann_->run({"sync"});
  Viewer& sam = viewer();
  sam.open(link);
  expect_the_rest(sam);
  sam.open(ann_->address("library/index.html"));
  EXPECT_TRUE(sam.wait_until("document.images.length === 1 && document.images[0].naturalWidth > 0"));
}

TEST_P(ChangedPage, ACorrectedUpdateShowsTheNewRecordingAndSaysWhatIsAboutTheFirst) {
  ann_->publish_numbers(20, "Changed");
  const std::string link = ann_->share();
  ann_->run({"comment", "latest", "--at", "4", "About the first"});
  ann_->run({"publish", ann_->draft_numbers(10, "Changed", 200), "--corrects", "latest"});
  ann_->run({"comment", "latest", "--at", "6", "About the second"});
  ann_->run({"sync"});
  ann_->share_as("update.html");
  Viewer& sam = viewer();
  for (const std::string& address : {link, ann_->address("update.html")}) {
    sam.open(address);
    sam.expect_page("Changed");
    EXPECT_EQ(sam.text_of("duration"), "0:10");
    EXPECT_EQ(sam.number_at(3.5), 203);
    const std::string list = sam.text_of("comments");
    EXPECT_LT(list.find("About the first"), list.find("About the second")) << list;
    EXPECT_THAT(list, Not(HasSubstr("cut")));
    const Json marked = sam.run(R"(
      const entries = [...document.querySelectorAll("#comments > li")], markers = [...document.querySelectorAll("#markers button")];
      return {versions: entries.map((entry) => entry.innerText.includes("on version 1")), stamps: entries.map((entry) => !!entry.querySelector("button.stamp")),
        bar: markers.map(({title}) => title)};)");
    EXPECT_EQ(marked["versions"], Json({true, false})) << to_text(marked);
    EXPECT_EQ(marked["stamps"], Json({false, true})) << to_text(marked);
    ASSERT_EQ(marked["bar"].size(), 1U) << to_text(marked);
    EXPECT_THAT(marked["bar"][0].get<std::string>(), HasSubstr("About the second"));
  }
}

INSTANTIATE_TEST_SUITE_P(Browsers, ChangedPage, testing::Values(BrowserKind::Chromium, BrowserKind::Firefox),
                         browser_of);

// Where a page takes the objects, those that were made anew have other names (Source.#objectOf).
class ChangedLink : public InEachBrowser {
 protected:
  static void SetUpTestSuite() {
    if (!CephServer::missing_program_of().empty()) return;
    authority_ = TestAuthority::create().value();
    auto started = CephServer::start(*authority_);
    if (started) server_ = std::move(*started);
  }
  static void TearDownTestSuite() {
    InEachBrowser::TearDownTestSuite();
    server_.reset();
    authority_.reset();
  }
  void SetUp() override {
    InEachBrowser::SetUp();
    if (!server_) GTEST_SKIP() << "Ceph isn't installed, or doesn't come up";
  }

  static inline std::unique_ptr<TestAuthority> authority_;
  static inline std::unique_ptr<CephServer> server_;
};

TEST_P(ChangedLink, MadeAnewItPlaysWhatIsLeftAndHasThePicturesThatAreThereNow) {
  const Secret secret = server_->secret();
  const ScopedEnvironment environment(
      {{"MEANWHILE_S3_ACCESS_KEY", secret.user}, {"MEANWHILE_S3_SECRET_KEY", secret.password}});
  Author ann;
  ann.found(*server_, "changed-" + browser_name(GetParam()), Privacy::Sealed);
  ann.publish_numbers(20, "Changed");
  const std::string link = ann.share();
  remove_for_good(ann);
  ann.run({"sync"});
  Viewer& sam = viewer();
  sam.open(link);
  expect_the_rest(sam);
  EXPECT_EQ(sam.text_of("checked"), "Checked");
  const Json thumbs = sam.run(R"(
    const bar = document.getElementById("bar"), {left, top, width} = bar.getBoundingClientRect();
    bar.onpointermove(new PointerEvent("pointermove", {clientX: left + width / 2, clientY: top + 5}));
    for (const end = Date.now() + 15000; Date.now() < end && !document.getElementById("peek-picture").style.background;) await new Promise((resolve) => setTimeout(resolve, 20));
    return {peek: document.getElementById("peek-picture").style.background,
      fetched: performance.getEntriesByType("resource").map(({name}) => name.split("?")[0].split("/").at(-1)).filter((name) => name.startsWith("thumbs"))};)");
  EXPECT_THAT(thumbs["peek"].get<std::string>(), HasSubstr("blob:")) << to_text(thumbs);
  ASSERT_FALSE(thumbs["fetched"].empty());
  EXPECT_THAT(thumbs["fetched"][0].get<std::string>(), testing::MatchesRegex("thumbs-[0-9]{6}\\.jpg"))
      << to_text(thumbs);
}

INSTANTIATE_TEST_SUITE_P(Browsers, ChangedLink, testing::Values(BrowserKind::Chromium, BrowserKind::Firefox),
                         browser_of);

}  // namespace
}  // namespace meanwhile::e2e
