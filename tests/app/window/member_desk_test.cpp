// Who belongs to a sealed library, shown and changed in the window.
#include "app/window/member_desk.h"

#include <gtest/gtest.h>

#include "app/library_membership.h"
#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

class MemberDeskTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto made =
        create_library(*rig_.application, {.url = url_, .name = "The team", .kind = LibraryKind::Sealed});
    ASSERT_TRUE(made) << made.error().message;
    LibrarySession& mine = *made->library;
    const auto text =
        invite(rig_.application->home(), url_, *mine.shared_storage(), mine.sealed(), WithSecret::No);
    ASSERT_TRUE(text) << text.error().message;
    ASSERT_TRUE(join_library(*ben_, *parse_invitation(*text)));
    bens_ = (*ben_->find_library(url_))->session.get();
    rig_.state.settings.libraries = {{.url = url_, .is_sealed = true}};
  }
  const LibraryView& shown() const { return rig_.state.settings.libraries.front(); }
  const MemberView* bens_row() const {
    const auto found = std::ranges::find(shown().members, bens_->identity().person(), &MemberView::person);
    return found == shown().members.end() ? nullptr : &*found;
  }

  ScopedFolder folder_;
  const std::string url_ = "folder:" + (folder_.path() / "team").string();
  DeskStory rig_;
  std::unique_ptr<Application> ben_ = DeskRig::opened(folder_.path() / "ben");
  LibrarySession* bens_ = nullptr;
  MemberDesk members_{rig_.desk};
};

TEST_F(MemberDeskTest, AreShownAndHidden) {
  members_.ask(url_);
  ASSERT_TRUE(rig_.comes_true([&] { return shown().members.size() == 2; }));
  EXPECT_TRUE(shown().am_admin);
  ASSERT_TRUE(bens_row());
  EXPECT_FALSE(bens_row()->is_admin);
  EXPECT_FALSE(bens_row()->is_me);
  members_.ask(url_);
  EXPECT_TRUE(shown().members.empty());
}

TEST_F(MemberDeskTest, BecomeAdminsAndAreRemoved) {
  const std::string ben = bens_->identity().person();
  members_.set_admin(url_, ben, true);
  ASSERT_TRUE(rig_.comes_true([&] { return bens_row() && bens_row()->is_admin; }));
  members_.remove(url_, ben);
  ASSERT_TRUE(rig_.comes_true([&] { return bens_row() && bens_row()->is_removed; }));
  ASSERT_TRUE(bens_->sealed()->look_again({}));
  EXPECT_FALSE(bens_->sealed()->is_member());
}

TEST_F(MemberDeskTest, WhatCannotBeChangedIsSaid) {
  members_.set_admin(url_, (*rig_.application->find_library(url_))->session->identity().person(), false);
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("Nothing was changed") != nullptr; }))
      << "the last admin stays";
  EXPECT_TRUE(shown().members.empty());
}

}  // namespace
}  // namespace meanwhile
