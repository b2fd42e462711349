// Several libraries of one person: which are open, which is published to, joined and left.
#include <gtest/gtest.h>

#include <fstream>
#include <type_traits>

#include "app/application.h"
#include "app/library_membership.h"
#include "app/storage_use.h"
#include "media/base/identifier.h"
#include "tests/support/environment.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

class SeveralLibraries : public testing::Test {
 protected:
  std::string place(const std::string& name) const { return "folder:" + (folder_.path() / name).string(); }
  std::unique_ptr<Application> open(const std::string& who) const {
    return std::move(*Application::open({.home = folder_.path() / who, .library = ""}));
  }
  LibrarySession& create(Application& application, const std::string& name) const {
    return **create_library(application, place(name), "The " + name);
  }
  Invitation invitation_to(Application& application, LibrarySession& library) const {
    return *parse_invitation(*invite(application, library, WithSecret::No));
  }

  ScopedFolder folder_;
  const ScopedEnvironment environment_{
      {{"HOME", folder_.path().string()},
       {"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder_.path() / "no-bus").string()}}};
};

TEST_F(SeveralLibraries, TheFirstIsPublishedToAndUseMakesAnotherTheFirst) {
  const auto anna = open("anna");
  create(*anna, "team");
  create(*anna, "client");
  EXPECT_EQ(anna->library_urls(), (std::vector{place("team"), place("client")}));
  EXPECT_EQ((*anna->library())->url(), place("team"));
  EXPECT_EQ((*anna->use_library(place("client")))->name(), "The client");
  EXPECT_EQ(open("anna")->library_urls(), (std::vector{place("client"), place("team")}));
}

TEST_F(SeveralLibraries, OneThatCantBeOpenedIsInNobodysWay) {
  const auto anna = open("anna");
  create(*anna, "team");
  anna->settings().libraries.push_back(place("never-there/at-all"));
  fs::create_directories(folder_.path() / "client");
  create(*anna, "client");
  // A file where the folder should be.
  std::ofstream(folder_.path() / "never-there") << "a file";
  ASSERT_TRUE(anna->save_settings());

  const auto again = open("anna");
  const auto all = again->libraries();
  ASSERT_TRUE(all) << all.error().message;
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[0]->session->name(), "The team");
  EXPECT_EQ((*all)[1]->session->name(), "The client");
  ASSERT_NE(again->library_failure(place("never-there/at-all")), nullptr);
  EXPECT_EQ(again->library_failure(place("team")), nullptr);
}

TEST_F(SeveralLibraries, AreFoundByUrlIdAndNameUnlessTwoHaveIt) {
  const auto anna = open("anna");
  LibrarySession& team = create(*anna, "team");
  ASSERT_TRUE(create_library(*anna, place("other"), "The client"));
  LibrarySession& client = create(*anna, "client");
  EXPECT_EQ((*anna->find_library(place("team")))->session.get(), &team);
  EXPECT_EQ((*anna->find_library(client.id()))->session.get(), &client);
  EXPECT_EQ((*anna->find_library("The team"))->session.get(), &team);
  EXPECT_EQ(anna->find_library("The client").error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(anna->find_library("Nobody's").error().code, ErrorCode::NotFound);
}

TEST_F(SeveralLibraries, AreNotMadeWhereOneIs) {
  const auto anna = open("anna");
  create(*anna, "team");
  const auto again = create_library(*open("ben"), place("team"), "Ben's");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(create_library(*anna, place("client"), "").error().code, ErrorCode::InvalidArgument);
  EXPECT_FALSE(fs::exists(folder_.path() / "client" / "library.json"));
}

TEST_F(SeveralLibraries, AreJoinedByAnInvitationAndJoiningTwiceIsSaid) {
  const auto anna = open("anna");
  const auto ben = open("ben");
  const Invitation invitation = invitation_to(*anna, create(*anna, "team"));
  const auto joined = join_library(*ben, invitation);
  ASSERT_TRUE(joined) << joined.error().message;
  EXPECT_FALSE(joined->was_here);
  EXPECT_EQ(joined->library->id(), invitation.library);
  EXPECT_TRUE(join_library(*ben, invitation)->was_here);
  EXPECT_EQ(ben->library_urls(), std::vector{place("team")});
}

TEST_F(SeveralLibraries, AnotherLibraryOrFounderThanTheInvitationSaysIsRefused) {
  const auto anna = open("anna");
  const auto ben = open("ben");
  const Invitation team = invitation_to(*anna, create(*anna, "team"));
  const Invitation client = invitation_to(*anna, create(*anna, "client"));
  Invitation elsewhere = team;
  elsewhere.url = client.url;
  Invitation someone_elses = team;
  someone_elses.founder.bytes[0] ^= std::remove_reference_t<decltype(someone_elses.founder.bytes[0])>{1};
  for (const Invitation& wrong : {elsewhere, someone_elses}) {
    const auto joined = join_library(*ben, wrong);
    ASSERT_FALSE(joined);
    EXPECT_EQ(joined.error().code, ErrorCode::PermissionDenied);
  }
  EXPECT_TRUE(ben->settings().libraries.empty());
}

TEST_F(SeveralLibraries, JoiningWhereNothingIsMakesNothing) {
  const auto anna = open("anna");
  Invitation invitation = invitation_to(*anna, create(*anna, "team"));
  invitation.url = place("nowhere");
  EXPECT_FALSE(join_library(*open("ben"), invitation));
  EXPECT_FALSE(fs::exists(folder_.path() / "nowhere"));
}

TEST_F(SeveralLibraries, OneInWhichSomethingWaitsIsLeftOnlyOnRequest) {
  const auto anna = open("anna");
  create(*anna, "team");
  LibrarySession& client = create(*anna, "client");
  ASSERT_TRUE(client.say(ChannelEvent{.channel = "weekly", .name = "Weekly", .archived = {}}));

  const auto refused = leave_library(*anna, "The client", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(anna->library_urls().size(), 2U);

  const auto left = leave_library(*anna, "The client", {.even_with_waiting = true});
  ASSERT_TRUE(left) << left.error().message;
  EXPECT_EQ(left->url, place("client"));
  EXPECT_GT(left->waiting, 0);
  EXPECT_EQ(open("anna")->library_urls(), std::vector{place("team")});

  // What waits is still there when it is taken up again.
  const auto back = anna->add_library(place("client"));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ((*back)->outbox().status()->waiting_events, left->waiting);
}

TEST_F(SeveralLibraries, ForgettingRemovesThePictureButNotTheJournal) {
  const auto anna = open("anna");
  create(*anna, "team");
  LibrarySession& client = create(*anna, "client");
  const fs::path folder = client.folder();
  ASSERT_TRUE(leave_library(*anna, place("client"), {.even_with_waiting = true, .forget = true}));
  EXPECT_FALSE(fs::exists(index_file(folder)));
  EXPECT_FALSE(fs::is_empty(folder)) << "the journal is what keeps numbers from being signed twice";
  EXPECT_TRUE(fs::exists(folder_.path() / "client"));
}

TEST_F(SeveralLibraries, APersonsOwnCantBeLeft) {
  const auto anna = open("anna");
  const auto own = anna->library();
  ASSERT_TRUE(own);
  EXPECT_EQ(leave_library(*anna, (*own)->url(), {.even_with_waiting = true}).error().code,
            ErrorCode::InvalidArgument);
}

TEST_F(SeveralLibraries, TheUseOfAStorageCountsWordsAndWhatBelongsToNoClip) {
  const auto anna = open("anna");
  LibrarySession& team = create(*anna, "team");
  const auto before = measure_storage(team.storage(), team.index(), {});
  ASSERT_TRUE(before) << before.error().message;
  EXPECT_GT(before->words.bytes, 0U);
  EXPECT_EQ(before->all.bytes, before->words.bytes);
  EXPECT_EQ(before->unknown.objects, 0);

  const std::string key = segment_key(new_clip_id(wall_now()), "screen", 1);
  const std::string bytes(1234, '.');
  ASSERT_TRUE(team.storage().put(key, as_byte_span(bytes), {}));
  const auto after = measure_storage(team.storage(), team.index(), {});
  ASSERT_TRUE(after);
  EXPECT_EQ(after->unknown.objects, 1);
  EXPECT_EQ(after->unknown.bytes, 1234U);
  EXPECT_EQ(after->all.bytes, before->all.bytes + 1234);
}

}  // namespace
}  // namespace meanwhile
