// Several libraries of one person: which are open, which is published to, joined and left.
#include <gtest/gtest.h>

#include <fstream>
#include <type_traits>

#include "app/application.h"
#include "app/libraries/arrivals.h"
#include "app/libraries/storage_use.h"
#include "app/library/manifest.h"
#include "app/library_membership.h"
#include "media/base/identifier.h"
#include "tests/support/environment.h"
#include "tests/support/library_events.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

std::chrono::steady_clock::time_point far() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(30);
}

class SeveralLibraries : public testing::Test {
 protected:
  std::string place(const std::string& name) const { return "folder:" + (folder_.path() / name).string(); }
  std::unique_ptr<Application> open(const std::string& who) const {
    return std::move(*Application::open({.home = folder_.path() / who, .library = ""}));
  }
  LibrarySession& create(Application& application, const std::string& name) const {
    return *create_library(application, {.url = place(name), .name = "The " + name})->library;
  }
  Invitation invitation_to(Application& application, LibrarySession& library) const {
    return *parse_invitation(
        *invite(application.home(), library.url(), library.storage(), library.sealed(), WithSecret::No));
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
  ASSERT_TRUE(anna->open_reachable(place("client")));
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
  const auto all = again->open_libraries();
  ASSERT_TRUE(all) << all.error().message;
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[0]->session->name(), "The team");
  EXPECT_EQ((*all)[1]->session->name(), "The client");
  ASSERT_NE(again->library_failure(place("never-there/at-all")), nullptr);
  EXPECT_EQ(again->library_failure(place("team")), nullptr);
}

// Nothing is asked of a place that is known, so nothing of it can make anybody wait.
TEST_F(SeveralLibraries, AKnownOneOpensFromWhatIsHere) {
  std::string clip;
  {
    const auto anna = open("anna");
    LibrarySession& team = create(*anna, "team");
    clip = new_clip_id(wall_now());
    ASSERT_TRUE(team.say(published(clip, "Budget")));
  }
  fs::rename(folder_.path() / "team", folder_.path() / "away");
  const auto anna = open("anna");
  ASSERT_TRUE(anna->open_libraries());
  LibrarySession& team = **anna->library();
  EXPECT_EQ(team.name(), "The team");
  EXPECT_TRUE(team.index().clip(clip));
  EXPECT_EQ(team.reach({}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(team.sync().error().code, ErrorCode::Unavailable);
  EXPECT_FALSE(fs::exists(folder_.path() / "team")) << "one that is away must not be made anew";
  const auto word = team.say(CommentEvent{.clip = clip, .at = {}, .to = {}, .text = "Said meanwhile"});

  fs::rename(folder_.path() / "away", folder_.path() / "team");
  team.outbox().start();
  ASSERT_TRUE(team.outbox().retry_now());
  EXPECT_EQ(team.outbox().wait_until_stored(*word, far()), StoredOutcome::Stored);
  EXPECT_TRUE(team.sync());
}

// What waits for the one stays out of the other, and isn't given up.
TEST_F(SeveralLibraries, AnotherLibraryInThePlaceOfAKnownOneGetsNothing) {
  {
    const auto anna = open("anna");
    create(*anna, "team");
  }
  fs::rename(folder_.path() / "team", folder_.path() / "away");
  create(*open("eve"), "team");
  const auto anna = open("anna");
  ASSERT_TRUE(anna->open_libraries());
  LibrarySession& team = **anna->library();
  EXPECT_EQ(team.name(), "The team");
  EXPECT_FALSE(team.sync());
  const auto word = team.say(ChannelEvent{.channel = "weekly", .name = "Weekly", .archived = {}});
  ASSERT_TRUE(word);
  team.outbox().start();
  EXPECT_EQ(
      team.outbox().wait_until_stored(*word, std::chrono::steady_clock::now() + std::chrono::seconds(1)),
      StoredOutcome::DeadlinePassed);
  EXPECT_TRUE(team.outbox().status()->last_error);
  EXPECT_FALSE(fs::exists(folder_.path() / "team" / "devices" / (team.identity().device().id() + ".json")));

  team.outbox().stop();
  fs::rename(folder_.path() / "team", folder_.path() / "eves");
  fs::rename(folder_.path() / "away", folder_.path() / "team");
  team.outbox().start();
  ASSERT_TRUE(team.outbox().retry_now());
  EXPECT_EQ(team.outbox().wait_until_stored(*word, far()), StoredOutcome::Stored);
}

TEST_F(SeveralLibraries, AreFoundByUrlIdAndNameUnlessTwoHaveIt) {
  const auto anna = open("anna");
  LibrarySession& team = create(*anna, "team");
  ASSERT_TRUE(create_library(*anna, {.url = place("other"), .name = "The client"}));
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
  const auto again = create_library(*open("ben"), {.url = place("team"), .name = "Ben's"});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(create_library(*anna, {.url = place("client"), .name = ""}).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_FALSE(fs::exists(folder_.path() / "client" / "library.json"));
}

TEST_F(SeveralLibraries, AreNotMadeWhereAKnownOneIsAwayForNow) {
  const auto anna = open("anna");
  create(*anna, "team");
  fs::rename(folder_.path() / "team", folder_.path() / "away");
  fs::create_directories(folder_.path() / "team");
  const auto made = create_library(*anna, {.url = place("team"), .name = "Another"});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(fs::is_empty(folder_.path() / "team"));
}

// The founder alone could sign such a marker: who is invited to a sealed one speaks in no open one.
TEST_F(SeveralLibraries, AnInvitationToASealedOneLeadsToNoOpenOne) {
  const auto anna = open("anna");
  const auto made =
      create_library(*anna, {.url = place("vault"), .name = "Vault", .kind = LibraryKind::Sealed});
  ASSERT_TRUE(made) << made.error().message;
  const Invitation invitation = invitation_to(*anna, *made->library);
  const auto marker = read_file(folder_.path() / "vault" / kLibraryMarkerKey, kLargestMarkerBytes);
  LibraryMarker open_one = *read_library_marker(*marker);
  open_one.recovery.reset();
  ASSERT_TRUE(write_file_durably(folder_.path() / "vault" / kLibraryMarkerKey,
                                 make_library_marker(open_one, made->library->identity().person_key())));
  const auto joined = join_library(*open("ben"), invitation);
  ASSERT_FALSE(joined);
  EXPECT_EQ(joined.error().code, ErrorCode::PermissionDenied);
}

TEST_F(SeveralLibraries, AreListedOnceHoweverTheirAddressIsSpelled) {
  create(*open("anna"), "team");
  const auto anna = open("anna");
  ASSERT_TRUE(anna->open_reachable(place("team/../team")));
  ASSERT_TRUE(anna->use_library(place("team/../team")));
  EXPECT_EQ(open("anna")->library_urls(), std::vector{place("team/../team")});
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
  ASSERT_TRUE(anna->open_reachable(place("client")));
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
  ASSERT_TRUE(anna->open_libraries());
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

TEST_F(SeveralLibraries, TheUseOfAStorageIsToldByChannelMonthPersonAndTrash) {
  const auto anna = open("anna");
  anna->settings().name = "Anna Becker";
  LibrarySession& team = create(*anna, "team");
  ASSERT_TRUE(team.say(ChannelEvent{.channel = "weekly", .name = "Weekly", .archived = {}}));
  const auto publish = [&](std::string_view recorded, const std::string& channel, std::size_t bytes) {
    const std::string clip = new_clip_id(*parse_rfc3339(recorded));
    const std::string content(bytes, '.');
    EXPECT_TRUE(team.storage().put(segment_key(clip, "screen", 1), as_byte_span(content), {}));
    EXPECT_TRUE(team.storage().put(manifest_key(clip), as_byte_span(content), {}));
    PublishedEvent event = published(clip, "A clip");
    event.channel = channel;
    EXPECT_TRUE(team.say(event));
    return clip;
  };
  publish("2026-10-05T12:00:00Z", "weekly", 100);
  publish("2026-11-05T12:00:00Z", "weekly", 1000);
  publish("2026-11-06T12:00:00Z", "", 10'000);
  const std::string deleted = publish("2026-11-07T12:00:00Z", "weekly", 100'000);
  ASSERT_TRUE(team.say(DeleteClipEvent{.clip = deleted}));

  const auto use = measure_storage(team.storage(), team.index(), {});
  ASSERT_TRUE(use) << use.error().message;
  const auto is = [](const StoredAmount& amount, std::int64_t clips, std::uint64_t bytes) {
    return amount.clips == clips && amount.objects == 2 * clips && amount.bytes == bytes;
  };
  EXPECT_TRUE(is(use->channels.at("Weekly"), 2, 2200));
  EXPECT_TRUE(is(use->channels.at(""), 1, 20'000));
  EXPECT_TRUE(is(use->months.at("2026-10"), 1, 200));
  EXPECT_TRUE(is(use->months.at("2026-11"), 2, 22'000));
  EXPECT_TRUE(is(use->people.at("Anna Becker"), 3, 22'200));
  EXPECT_TRUE(is(use->deleted, 1, 200'000));
  EXPECT_EQ(use->unknown.objects, 0);
  EXPECT_EQ(use->all.clips, 3);
}

TEST_F(SeveralLibraries, OneThatWasOpenedElsewhereIsTakenIn) {
  const auto anna = open("anna");
  create(*anna, "team");
  const auto ben = open("ben");
  auto opened = ben->opener()(place("team"), {});
  ASSERT_TRUE(opened) << opened.error().message;
  const LibrarySession* session = opened->session.get();
  ASSERT_TRUE(ben->take_in(place("team"), std::move(*opened)));
  EXPECT_EQ(*ben->add_library(place("team")), session) << "not opened once more";
  auto again = ben->opener()(place("team"), {});
  ASSERT_TRUE(again);
  EXPECT_EQ((*ben->take_in(place("team"), std::move(*again)))->session.get(), session);
}

TEST_F(SeveralLibraries, WhatACommandChangesAWindowTakesUpAndWritesNotOver) {
  const auto window = open("anna");
  ASSERT_TRUE(window->save_settings());
  EXPECT_FALSE(window->take_up_settings());
  const auto command = open("anna");
  command->settings().share_watching = false;
  command->settings().days_off = "2026-12-24";
  ASSERT_TRUE(command->save_settings());
  window->settings().volume = 0.3;
  ASSERT_TRUE(window->save_settings());
  EXPECT_FALSE(window->settings().share_watching);
  EXPECT_EQ(open("anna")->settings().volume, 0.3);
  EXPECT_EQ(open("anna")->settings().days_off, "2026-12-24");

  command->settings().share_watching = true;
  ASSERT_TRUE(command->save_settings());
  // The same tick of the file system's clock would hide it.
  const fs::path file = folder_.path() / "anna" / "config" / "settings.json";
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(1));
  EXPECT_TRUE(window->take_up_settings());
  EXPECT_TRUE(window->settings().share_watching);
  EXPECT_FALSE(window->take_up_settings());
}

// Ben has Anna's clip once he opened it, and says so once, unless he doesn't want to.
TEST_F(SeveralLibraries, TheAuthorHearsWhoHasAClip) {
  const auto anna = open("anna");
  LibrarySession& team = create(*anna, "team");
  const std::string clip = new_clip_id(wall_now());
  ASSERT_TRUE(team.say(published(clip, "Budget")));
  const auto sent = team.say(published(new_clip_id(wall_now()), "Another"));
  team.outbox().start();
  ASSERT_EQ(team.outbox().wait_until_stored(*sent, far()), StoredOutcome::Stored);

  const auto ben = open("ben");
  ben->settings().name = "Ben Okafor";
  ASSERT_TRUE(ben->open_reachable(place("team")));
  LibrarySession& his = **ben->add_library(place("team"));
  ASSERT_TRUE(his.sync());
  ben->settings().share_watching = false;
  EXPECT_TRUE(arrival_words(his, clip, ben->settings()).empty());
  ben->settings().share_watching = true;
  ASSERT_TRUE(say_arrivals(his, {clip}, ben->settings()));
  EXPECT_TRUE(arrival_words(his, clip, ben->settings()).empty()) << "said once";
  const auto word = his.say(CommentEvent{.clip = clip, .at = {}, .to = {}, .text = "Seen"});
  his.outbox().start();
  ASSERT_EQ(his.outbox().wait_until_stored(*word, far()), StoredOutcome::Stored);

  EXPECT_TRUE(arrival_words(team, clip, anna->settings()).empty()) << "one's own";
  ASSERT_TRUE(team.sync());
  const auto arrivals = team.index().arrivals(clip);
  ASSERT_TRUE(arrivals) << arrivals.error().message;
  ASSERT_EQ(arrivals->size(), 1U);
  EXPECT_EQ(arrival_line(*arrivals), "Delivered to Ben Okafor");
}

TEST(ArrivalLine, NamesTwoAndCountsTheRest) {
  const auto line = [](std::vector<std::string> names) {
    std::vector<Arrival> arrivals;
    for (const std::string& name : names) arrivals.push_back({.person = name, .person_name = name});
    return arrival_line(arrivals);
  };
  EXPECT_EQ(line({}), "");
  EXPECT_EQ(line({"Ben", "Carla"}), "Delivered to Ben and Carla");
  EXPECT_EQ(line({"Ben", "Carla", "Dee", "Eli"}), "Delivered to Ben, Carla and 2 more");
}

}  // namespace
}  // namespace meanwhile
