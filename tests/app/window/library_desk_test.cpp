// The libraries behind the picture: added, used, invited to and left.
#include "app/window/library_desk.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/app/window/desk_story.h"
#include "tests/support/founding.h"
#include "tests/support/scripted_http_server.h"
#include "upload/seal/recovery_key.h"

namespace meanwhile {
namespace {

class LibraryDeskTest : public testing::Test {
 protected:
  std::string address(const std::string& name) const { return "folder:" + (places_.path() / name).string(); }
  std::string place(const std::string& name) const { return founded(address(name), name); }
  const SettingsState& shown() const { return rig_.state.settings; }
  bool is_looked_at() {
    return rig_.comes_true([&] { return !shown().is_adding; });
  }
  std::vector<std::string> listed() const {
    std::vector<std::string> urls;
    for (const LibraryView& library : shown().libraries) urls.push_back(library.url);
    return urls;
  }

  ScopedFolder places_;
  DeskStory rig_;
  std::string clipboard_;
  int changes_ = 0;
  LibraryDesk libraries_{rig_.desk,
                         {.on_report = [](const std::string&, const Result<SyncReport>&) { return false; },
                          .on_outbox = [] {},
                          .on_libraries = [this] { ++changes_; },
                          .on_kept = [] {},
                          .set_clipboard = [this](const std::string& text) { clipboard_ = text; },
                          .sync_failure = [](const std::string&) { return std::string(); }}};
};

TEST_F(LibraryDeskTest, ALibraryIsAddedAndListed) {
  libraries_.add(place("team"));
  EXPECT_TRUE(shown().is_adding);
  ASSERT_TRUE(is_looked_at());
  EXPECT_EQ(listed(), std::vector{place("team")});
  EXPECT_EQ(shown().library_added, 1) << "the field lets go of its text";
  EXPECT_GT(changes_, 0);
}

TEST_F(LibraryDeskTest, WhereNoneIsItIsAskedWhetherToCreateOne) {
  libraries_.add(address("team"));
  ASSERT_TRUE(is_looked_at());
  EXPECT_EQ(shown().missing_library, address("team"));
  EXPECT_EQ(shown().library_added, 0);
  EXPECT_FALSE(std::filesystem::exists(places_.path() / "team"));
  libraries_.cancel_adding();
  EXPECT_EQ(shown().missing_library, "");

  libraries_.create(address("team"), "The team", LibraryKind::Open);
  ASSERT_TRUE(is_looked_at());
  EXPECT_TRUE(rig_.notice("You created The team"));
  EXPECT_EQ(listed(), std::vector{address("team")});
  EXPECT_EQ(shown().library_added, 1);
}

TEST_F(LibraryDeskTest, ASealedOneShowsItsRecoveryKeyOnceAndInvitesByAKey) {
  libraries_.create(address("team"), "The team", LibraryKind::Sealed);
  ASSERT_TRUE(is_looked_at());
  const std::string key = shown().recovery_key;
  EXPECT_TRUE(read_recovery_text(key)) << key;
  libraries_.copy_recovery_key();
  EXPECT_EQ(clipboard_, key);
  libraries_.put_recovery_key_away();
  EXPECT_EQ(shown().recovery_key, "");
  ASSERT_EQ(listed(), std::vector{address("team")});
  EXPECT_TRUE(shown().libraries[0].is_sealed);
  libraries_.copy_invitation(address("team"), false);
  ASSERT_TRUE(rig_.comes_true([&] { return is_invitation(clipboard_); }));
  EXPECT_TRUE(parse_invitation(clipboard_)->invite);
}

TEST_F(LibraryDeskTest, WhereAnotherLibraryIsNowItIsTaken) {
  libraries_.add(place("team"));
  ASSERT_TRUE(is_looked_at());
  ASSERT_TRUE(rig_.comes_true([&] {
    const auto status = (*rig_.application->find_library(address("team")))->session->outbox().status();
    return status && status->waiting_events == 0;
  })) << "what waits for it keeps others away";
  // At once, for its outbox may be writing there.
  std::filesystem::rename(places_.path() / "team", places_.path() / "away");
  founded(address("team"), "The other");
  libraries_.add(address("team"));
  ASSERT_TRUE(is_looked_at());
  EXPECT_TRUE(rig_.notice("The other is one of your libraries now"));
  EXPECT_EQ(listed(), std::vector{address("team")});
  EXPECT_EQ(shown().libraries[0].name, "The other");
}

TEST_F(LibraryDeskTest, WhatIsNoLibraryIsSaidAndNotListed) {
  std::ofstream(places_.path() / "not") << "a file";
  libraries_.add("folder:" + (places_.path() / "not").string());
  ASSERT_TRUE(is_looked_at());
  EXPECT_TRUE(rig_.notice("That library can't be used"));
  libraries_.create("folder:" + (places_.path() / "not/there").string(), "Team", LibraryKind::Open);
  ASSERT_TRUE(is_looked_at());
  EXPECT_TRUE(rig_.notice("No library was created"));
  libraries_.add("meanwhile-invitation:nonsense");
  EXPECT_TRUE(rig_.notice("That library can't be joined"));
  EXPECT_EQ(shown().library_added, 0);
}

TEST_F(LibraryDeskTest, TheOneThatIsUsedComesFirstAndOneThatIsLeftIsListedNoMore) {
  for (const char* name : {"team", "client"}) {
    libraries_.add(place(name));
    ASSERT_TRUE(is_looked_at());
  }
  EXPECT_EQ(listed(), (std::vector{place("team"), place("client")}));
  libraries_.use(place("client"));
  ASSERT_TRUE(is_looked_at());
  EXPECT_EQ(listed(), (std::vector{place("client"), place("team")}));
  EXPECT_TRUE(shown().libraries[0].is_first);
  libraries_.leave(place("client"));
  EXPECT_EQ(listed(), std::vector{place("team")});
}

TEST_F(LibraryDeskTest, WhatHangsIsWaitedForNoLongerThanThePersonLikes) {
  ScriptedHttpServer silent([](const std::string&, int) { return ScriptedAnswer{.says_nothing = true}; });
  libraries_.add("webdav://127.0.0.1:" + std::to_string(silent.port()) + "/team");
  EXPECT_TRUE(shown().is_adding);
  ASSERT_TRUE(rig_.comes_true([&] { return silent.connections() > 0; }));
  libraries_.cancel_adding();
  EXPECT_FALSE(shown().is_adding);
  // Another one isn't kept waiting.
  libraries_.add(place("team"));
  ASSERT_TRUE(is_looked_at());
  EXPECT_EQ(listed(), std::vector{place("team")});
}

TEST_F(LibraryDeskTest, AnInvitationLeadsToTheLibrary) {
  libraries_.add(place("team"));
  ASSERT_TRUE(is_looked_at());
  libraries_.copy_invitation(place("team"), false);
  ASSERT_TRUE(rig_.comes_true([&] { return !clipboard_.empty(); }));
  const auto invitation = parse_invitation(clipboard_);
  ASSERT_TRUE(invitation) << clipboard_;
  EXPECT_EQ(invitation->url, place("team"));
}

TEST_F(LibraryDeskTest, ASyncThatWasAskedForIsShownAtOnce) {
  libraries_.sync_now();
  EXPECT_TRUE(rig_.state.inbox.is_syncing);
  EXPECT_EQ(changes_, 1);
}

}  // namespace
}  // namespace meanwhile
