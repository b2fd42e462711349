// A clip goes to another library while the window is open.
#include "app/window/move_desk.h"

#include <gtest/gtest.h>

#include "app/library_membership.h"
#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

class MoveDeskTest : public testing::Test {
 protected:
  MoveDeskTest() {
    for (const char* name : {"team", "client"})
      EXPECT_TRUE(create_library(*rig_.application,
                                 {.url = "folder:" + (places_.path() / name).string(), .name = name}));
    clip_ = rig_.published_take("Budget", 6);
  }
  ~MoveDeskTest() override {
    team().outbox().stop();
    client().outbox().stop();
  }
  LibrarySession& session(const std::string& name) {
    return *rig_.application->find_library(name).value()->session;
  }
  LibrarySession& team() { return session("team"); }
  LibrarySession& client() { return session("client"); }
  bool is_in(LibrarySession& library) { return library.index().clip(clip_).has_value(); }

  ScopedFolder places_;
  DeskStory rig_;
  std::string clip_;
  int moved_ = 0;
  MoveDesk moves_{rig_.desk, [this] { ++moved_; }};
};

TEST_F(MoveDeskTest, AClipIsInTheOtherLibraryOnceAllOfItIsThere) {
  moves_.begin(clip_, client().id());
  EXPECT_TRUE(rig_.notice("Moving to client"));
  EXPECT_TRUE(is_in(team())) << "it stays until then";
  client().outbox().start();
  ASSERT_TRUE(rig_.comes_true([&] {
    moves_.go_on();
    return moved_ == 1;
  }));
  EXPECT_FALSE(is_in(team()));
  EXPECT_TRUE(is_in(client()));
  EXPECT_TRUE(rig_.notice("Budget is in client now"));
}

TEST_F(MoveDeskTest, WhatIsNowhereIsNotMoved) {
  moves_.begin(id_from("never"), client().id());
  EXPECT_TRUE(rig_.notice("The update can't be moved"));
}

TEST_F(MoveDeskTest, OneThatFailedIsTriedAgainWhenThatIsAskedFor) {
  const auto storage = places_.path() / "team" / "clips";
  const auto aside = places_.path() / "aside";
  std::filesystem::rename(storage, aside);
  std::filesystem::remove_all(rig_.application->home().takes());
  moves_.begin(clip_, client().id());
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.notice("An update isn't moved to client yet") != nullptr; }));
  std::filesystem::rename(aside, storage);
  client().outbox().start();
  rig_.notices.run_action(rig_.notice("An update isn't moved")->id);
  EXPECT_TRUE(rig_.comes_true([&] {
    moves_.go_on();
    return moved_ == 1;
  }));
}

}  // namespace
}  // namespace meanwhile
