// An update for people outside the library, from the window.
#include "app/window/share_desk.h"

#include <gtest/gtest.h>

#include "media/base/files.h"
#include "tests/app/fetching/stored_clips.h"
#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

class ShareDeskTest : public testing::Test {
 protected:
  ShareDeskTest() {
    const Clip stored = store_clip(rig_.library().storage(), 1, 2);
    clip_ = stored.id;
    PublishedEvent event = published(clip_, "Mine");
    event.manifest_sha256 = stored.manifest_sha256;
    EXPECT_TRUE(rig_.library().say(event));
    shares_.begin_share(clip_);
  }
  SharePanel& panel() { return *rig_.state.watch.share; }
  std::size_t open_shares() {
    std::size_t count = 0;
    const auto shares = rig_.library().index().shares().value();
    for (const Share& share : shares) count += share.is_off ? 0 : 1;
    return count;
  }

  DeskStory rig_;
  std::string clip_;
  std::string clipboard_;
  ShareDesk shares_{rig_.desk, [this](const std::string& text) { clipboard_ = text; }};
};

TEST_F(ShareDeskTest, ALinkIsCopiedListedAndEndsWhenOneSays) {
  ASSERT_TRUE(rig_.state.watch.share);
  shares_.make_share();
  EXPECT_FALSE(panel().doing.empty());
  shares_.make_share();
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("Link copied") != nullptr; }));
  EXPECT_EQ(open_shares(), 1u) << "pressed twice it is made once";
  ASSERT_EQ(panel().shared.size(), 1u);
  EXPECT_TRUE(panel().shared[0].detail.starts_with("Ends ")) << panel().shared[0].detail;
  EXPECT_EQ(panel().shared[0].link, clipboard_);
  const std::string page = "shares/" + panel().shared[0].share + "/index.html";
  EXPECT_TRUE(rig_.library().storage().stat(page, {}));
  clipboard_.clear();
  shares_.copy_share(panel().shared[0].share);
  EXPECT_FALSE(clipboard_.empty());
  shares_.end_share(panel().shared[0].share);
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("Sharing stopped") != nullptr; }));
  EXPECT_TRUE(panel().shared.empty());
  EXPECT_FALSE(rig_.library().storage().stat(page, {}));
  EXPECT_EQ(open_shares(), 0u);
}

TEST_F(ShareDeskTest, AFileIsSavedAndSaid) {
  const ScopedFolder folder;
  SharePanel wanted = panel();
  wanted.as_file = true;
  wanted.takes_answers = false;
  wanted.file = (folder.path() / "nowhere/update").string();
  shares_.change_share(wanted);
  shares_.make_share();
  EXPECT_TRUE(rig_.notice("The file can't be saved there"));
  wanted.file = (folder.path() / "update").string();
  shares_.change_share(wanted);
  shares_.make_share();
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("Saved") != nullptr; }));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "update.html"));
  ASSERT_EQ(panel().shared.size(), 1u);
  EXPECT_EQ(panel().shared[0].label, "File");
  EXPECT_EQ(panel().shared[0].detail, "No end, no answers");
  EXPECT_TRUE(panel().shared[0].link.empty());
}

TEST_F(ShareDeskTest, WhatFailsIsToldAndNothingIsSaid) {
  ASSERT_TRUE(rig_.library().storage().remove(manifest_key(clip_), {}));
  shares_.make_share();
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("The update could not be shared") != nullptr; }));
  EXPECT_TRUE(panel().doing.empty());
  EXPECT_EQ(open_shares(), 0u);
  shares_.drop_share();
  EXPECT_FALSE(rig_.state.watch.share);
}

}  // namespace
}  // namespace meanwhile
