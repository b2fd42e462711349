// What is done with a clip on whichever page.
#include "app/window/clip_desk.h"

#include <gtest/gtest.h>

#include "app/fetching/kept_clips.h"
#include "app/library/link.h"
#include "app/library/manifest.h"
#include "app/window/exports.h"
#include "media/base/files.h"
#include "tests/app/window/desk_story.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

class ClipDeskTest : public testing::Test {
 protected:
  // What is restored must still be there: something in place of its bytes.
  ClipDeskTest() { EXPECT_TRUE(rig_.library().storage().put(manifest_key(clip_), as_byte_span(clip_), {})); }
  bool is_there(const std::string& clip) { return rig_.library().index().clip(clip).has_value(); }

  DeskStory rig_;
  std::string clip_ = rig_.i_publish("mine", "Mine");
  std::vector<std::string> calls_;
  std::string clipboard_;
  ClipDesk clips_{rig_.desk,
                  {.on_change = [this] { calls_.emplace_back("change"); },
                   .on_kept = [this] { calls_.emplace_back("kept"); },
                   .show_inbox = [this] { calls_.emplace_back("inbox"); },
                   .move = [this](const std::string& clip,
                                  const std::string& library) { calls_.push_back(clip + " to " + library); },
                   .set_clipboard = [this](const std::string& text) { clipboard_ = text; }}};
};

TEST_F(ClipDeskTest, ALinkLeadsBackToTheClip) {
  clips_.copy_link(clip_);
  const auto link = parse_link(clipboard_);
  ASSERT_TRUE(link) << clipboard_;
  EXPECT_EQ(link->clip, clip_);
  EXPECT_EQ(link->library, rig_.library().id());
}

TEST_F(ClipDeskTest, ADeletedOneLeavesThePageAndComesBackByUndo) {
  ASSERT_TRUE(rig_.library().storage().put(manifest_key(clip_), {}, {}));
  clips_.delete_clip(clip_);
  EXPECT_FALSE(is_there(clip_));
  EXPECT_EQ(calls_, std::vector<std::string>{"inbox"});
  const Notice* notice = rig_.notice("Deleted");
  ASSERT_TRUE(notice);
  rig_.notices.run_action(notice->id);
  EXPECT_TRUE(rig_.comes_true([&] { return is_there(clip_); }));
  EXPECT_EQ(calls_.back(), "change");
}

TEST_F(ClipDeskTest, WhatIsInNoTrashCannotComeBack) {
  clips_.restore_clip(id_from("never"));
  EXPECT_TRUE(rig_.notice("The update can't be restored"));
}

TEST_F(ClipDeskTest, AKeptOneIsFetchedAndLetGoAgain) {
  const auto keeps = [&] {
    return KeptClips(rig_.library().folder()).rules()->keeps(rig_.library().index().clip(clip_).value());
  };
  clips_.keep_clip(clip_, true);
  EXPECT_TRUE(keeps());
  EXPECT_EQ(calls_, (std::vector<std::string>{"kept", "change"}));
  clips_.keep_clip(clip_, false);
  EXPECT_FALSE(keeps());
}

TEST_F(ClipDeskTest, AnExportGoesWhereOneSaysAndNowhereElse) {
  const ScopedFolder folder;
  rig_.state.watch.clip.id = clip_;
  clips_.begin_export();
  ASSERT_TRUE(rig_.state.watch.export_form);
  ExportForm form = *rig_.state.watch.export_form;
  EXPECT_TRUE(form.file.ends_with(".mp4")) << form.file;
  form.file = (folder.path() / "nowhere" / "a").string();
  clips_.change_export(form);
  clips_.start_export();
  EXPECT_TRUE(rig_.state.watch.export_form) << "there is no such folder";
  clips_.drop_export();
  EXPECT_FALSE(rig_.state.watch.export_form);
  const auto path_of = [](const std::filesystem::path& file, bool may_replace = false) {
    return export_path({.typed = file.string(), .may_replace = may_replace});
  };
  EXPECT_EQ(path_of(folder.path() / "a").value(), folder.path() / "a.mp4");
  EXPECT_EQ(path_of(folder.path().string() + "/").error().code, ErrorCode::InvalidArgument);
  ASSERT_TRUE(write_file_durably(folder.path() / "a.mp4", {}));
  EXPECT_EQ(path_of(folder.path() / "a.mp4").error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(path_of(folder.path() / "a.mp4", true).value(), folder.path() / "a.mp4");
  EXPECT_EQ(path_of(folder.path() / "a", true).error().code, ErrorCode::AlreadyExists)
      << "the dialog asked about another name";
}

TEST_F(ClipDeskTest, OneThatMovesLeavesThePageFirst) {
  clips_.move_clip(clip_, "lib2");
  EXPECT_EQ(calls_, (std::vector<std::string>{"inbox", clip_ + " to lib2"}));
}

TEST_F(ClipDeskTest, TitleChannelAndDescriptionAreChangedOnItsPage) {
  rig_.state.watch.clip.id = clip_;
  clips_.begin_edit();
  ASSERT_TRUE(rig_.state.watch.clip_edit);
  EXPECT_EQ(rig_.state.watch.clip_edit->title, "Mine");
  clips_.change_edit({.clip = clip_, .title = "Ours", .channel = "weekly", .description = "Read on"});
  clips_.save_edit();
  EXPECT_FALSE(rig_.state.watch.clip_edit);
  EXPECT_EQ(rig_.library().index().clip(clip_)->title, "Ours");
  EXPECT_EQ(rig_.library().index().clip(clip_)->channel_name, "weekly");
  EXPECT_EQ(rig_.library().index().clip(clip_)->description, "Read on");
  EXPECT_EQ(calls_.back(), "change");
}

TEST_F(ClipDeskTest, WhatCannotBeSaidStaysInTheFields) {
  rig_.state.watch.clip.id = clip_;
  clips_.begin_edit();
  clips_.change_edit({.clip = clip_, .title = "Mine", .channel = "", .description = std::string(2001, 'x')});
  clips_.save_edit();
  EXPECT_TRUE(rig_.notice("The update could not be changed"));
  EXPECT_TRUE(rig_.state.watch.clip_edit);
  clips_.drop_edit();
  EXPECT_FALSE(rig_.state.watch.clip_edit);
}

}  // namespace
}  // namespace meanwhile
