// Files that were dropped on the window.
#include "app/window/import_desk.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "media/record/take.h"
#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

class ImportDeskTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::string film = (files_.path() / "talk.mkv").string();
    if (run_program({"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=2", film}, {})
            .value_or(1))
      GTEST_SKIP() << "there is no ffmpeg command";
    std::ofstream(files_.path() / "notes.txt") << "Notes, not a film.\n";
  }
  fs::path file(const char* name) const { return files_.path() / name; }

  ScopedFolder files_;
  DeskStory rig_;
  std::vector<std::string> opened_;
  int changes_ = 0;
  ImportDesk imports_{rig_.desk,
                      {.open_take = [this](const std::string& take) { opened_.push_back(take); },
                       .on_change = [this] { ++changes_; }}};
};

TEST_F(ImportDeskTest, AFileBecomesADraftThatOpens) {
  imports_.import({file("talk.mkv")});
  EXPECT_TRUE(rig_.notice("Importing talk.mkv"));
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("Imported talk.mkv") != nullptr; }));
  EXPECT_FALSE(rig_.notice("Importing"));
  const auto drafts = rig_.application->unpublished_takes();
  ASSERT_EQ(drafts.size(), 1U);
  EXPECT_EQ(drafts[0].title, "talk");
  EXPECT_EQ(opened_, std::vector<std::string>{drafts[0].clip});
  EXPECT_EQ(changes_, 1);
}

TEST_F(ImportDeskTest, WhatCantBeImportedIsSaidAndTheOthersStillCome) {
  imports_.import({file("notes.txt"), file("talk.mkv")});
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("Imported talk.mkv") != nullptr; }));
  ASSERT_TRUE(rig_.notice("notes.txt was not imported"));
  EXPECT_EQ(rig_.notice("notes.txt was not imported")->detail,
            "notes.txt isn't a video or a sound recording.");
}

TEST_F(ImportDeskTest, NobodyIsTornAwayFromARecording) {
  rig_.state.page = PageId::Record;
  imports_.import({file("talk.mkv")});
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("Imported talk.mkv") != nullptr; }));
  EXPECT_TRUE(opened_.empty());
  rig_.notices.run_action(rig_.notice("Imported talk.mkv")->id);
  EXPECT_EQ(opened_.size(), 1U);
}

TEST_F(ImportDeskTest, AnImportThatIsCancelledLeavesNothing) {
  imports_.import({file("talk.mkv")});
  rig_.notices.run_action(rig_.notice("Importing")->id);
  ASSERT_TRUE(rig_.comes_true([&] { return !rig_.notice("Importing"); }));
  imports_.import({file("notes.txt")});  // comes when the other is over
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("notes.txt was not imported") != nullptr; }));
  EXPECT_TRUE(rig_.application->unpublished_takes().empty());
}

}  // namespace
}  // namespace meanwhile
