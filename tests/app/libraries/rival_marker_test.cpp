// A library whose marker is gone, or another library's: two were founded in two copies of one folder.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/place.h"
#include "app/library/home.h"
#include "tests/support/environment.h"
#include "tests/support/founding.h"
#include "tests/support/library_events.h"
#include "tests/support/library_place.h"
#include "upload/library_marker.h"
#include "upload/signed_document.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

const std::string kClip = new_clip_id(wall_now());

class RivalMarker : public testing::Test {
 protected:
  std::string url() const { return "folder:" + place_.string(); }
  Home home(const std::string& who) const { return Home::open(folder_.path() / who).value(); }
  std::unique_ptr<LibrarySession> open(const std::string& who) const {
    return LibrarySession::open(home(who), url(), who).value();
  }
  // Says something, and it is in the library.
  void speak(LibrarySession& library) {
    const EventId id = library.say(published(kClip, "Budget")).value();
    library.outbox().start();
    ASSERT_EQ(library.outbox().wait_until_stored(id, far_deadline()).value(), StoredOutcome::Stored);
    library.outbox().stop();
  }
  std::string marker() const {
    std::ifstream file(place_ / kLibraryMarkerKey, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write_marker(const std::string& bytes) const {
    std::ofstream(place_ / kLibraryMarkerKey, std::ios::binary) << bytes;
  }
  std::string rival(std::chrono::hours later) const {
    const KeyPair founder = KeyPair::generate();
    const WallTime created = wall_now() + later;
    const auto bytes = make_library_marker(
        {.id = new_clip_id(created), .name = "Rival", .founder = founder.public_key(), .created = created},
        founder);
    return std::string(as_text(bytes));
  }
  void SetUp() override {
    founded(url());
    known_ = marker();
  }

  ScopedFolder folder_;
  const fs::path place_ = folder_.path() / "library";
  std::string known_;
};

TEST_F(RivalMarker, OfAYoungerLibraryGivesWayToTheKnownOne) {
  const auto anna = open("anna");
  speak(*anna);
  for (const std::string& other : {rival(std::chrono::hours(1)), std::string("{}"), std::string()}) {
    write_marker(other);
    EXPECT_TRUE(anna->reach({}));
    EXPECT_EQ(marker(), known_) << other;
  }
  fs::remove(place_ / kLibraryMarkerKey);
  EXPECT_TRUE(anna->reach({}));
  EXPECT_EQ(marker(), known_);
}

TEST_F(RivalMarker, OfANewerVersionIsLeftAsItIs) {
  const auto anna = open("anna");
  speak(*anna);
  const KeyPair founder = KeyPair::generate();
  const auto newer = sign_document(Json{{"format", 2}, {"founder", founder.public_key().base64()}}, founder);
  write_marker(std::string(as_text(newer)));
  const auto reached = anna->reach({});
  ASSERT_FALSE(reached);
  EXPECT_EQ(reached.error().code, ErrorCode::Unavailable) << "what waits is kept";
  EXPECT_EQ(marker(), as_text(newer));
}

TEST_F(RivalMarker, IsSeenByAWindowThatStaysOpen) {
  const auto anna = open("anna");
  speak(*anna);
  ASSERT_TRUE(anna->sync());
  write_marker(rival(std::chrono::hours(1)));
  speak(*open("ben"));
  ASSERT_TRUE(anna->sync());
  ASSERT_TRUE(anna->sync());
  EXPECT_EQ(marker(), known_);
}

TEST_F(RivalMarker, OfAnOlderLibraryIsForWhoIsAloneToJoin) {
  const auto anna = open("anna");
  speak(*anna);
  write_marker(rival(-std::chrono::hours(1)));
  const auto reached = anna->reach({});
  ASSERT_FALSE(reached);
  EXPECT_EQ(reached.error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(reached.error().message.contains("\"Rival\"")) << reached.error().message;
}

TEST_F(RivalMarker, IsJoinedWithAllThatWasSaidBefore) {
  {
    const auto anna = open("anna");
    const EventId comment =
        anna->say({published(kClip, "Budget"),
                   CommentEvent{.clip = kClip, .at = std::chrono::seconds(1), .text = "Here"}})
            .value();
    ASSERT_TRUE(anna->say(ReplyEvent{.to = comment, .text = "And here"}));
    speak(*anna);
  }
  write_marker(rival(-std::chrono::hours(1)));
  const LibraryOpener opener = [&](const std::string& place, std::stop_token) -> Result<OpenLibrary> {
    return OpenLibrary{LibrarySession::open(home("anna"), place, "anna").value(), nullptr};
  };
  const auto joined = open_reachable_library(home("anna"), opener, url(), {});
  ASSERT_TRUE(joined) << joined.error().message;
  LibrarySession& anna = *joined->session;
  EXPECT_EQ(anna.name(), "Rival");
  ASSERT_TRUE(anna.take_over(
      anna.folder().parent_path() / read_library_marker(as_byte_span(known_))->id / "library.sqlite",
      read_library_marker(as_byte_span(known_))->id))
      << "again";
  speak(anna);
  const auto ben = open("ben");
  ASSERT_TRUE(ben->sync());
  EXPECT_EQ(ben->index().clip(kClip)->title, "Budget");
  const auto threads = ben->index().comments(kClip).value();
  ASSERT_EQ(threads.size(), 1U);
  EXPECT_EQ(threads[0].comment.text, "Here");
  ASSERT_EQ(threads[0].replies.size(), 1U);
  EXPECT_EQ(threads[0].replies[0].text, "And here");
}

TEST_F(RivalMarker, OfAnOlderLibraryDoesntTakeATeamAway) {
  const auto anna = open("anna");
  speak(*anna);
  speak(*open("ben"));
  ASSERT_TRUE(anna->sync());
  write_marker(rival(-std::chrono::hours(1)));
  EXPECT_TRUE(anna->reach({}));
  EXPECT_EQ(marker(), known_);
}

// Each side asked the other way round: nobody puts markers back for ever.
TEST_F(RivalMarker, OfALibraryWithPeopleInItIsForWhoIsAloneToJoinHoweverYoungItIs) {
  const auto anna = open("anna");
  speak(*anna);
  const std::string younger = rival(std::chrono::hours(1));
  write_marker(younger);
  for (const char* who : {"carl", "dora"}) speak(*open(who));
  const auto reached = anna->reach({});
  ASSERT_FALSE(reached);
  EXPECT_EQ(reached.error().code, ErrorCode::Unavailable);
  EXPECT_EQ(marker(), younger);
}

TEST_F(RivalMarker, OfAnOlderTeamIsNotFoughtAndNobodyIsLockedOut) {
  const auto anna = open("anna");
  speak(*anna);
  speak(*open("ben"));
  ASSERT_TRUE(anna->sync());
  const std::string older = rival(-std::chrono::hours(1));
  write_marker(older);
  for (const char* who : {"carl", "dora"}) speak(*open(who));
  EXPECT_TRUE(anna->reach({}));
  speak(*anna);
  EXPECT_EQ(marker(), older);
}

TEST_F(RivalMarker, IsNotTakenUpWhileSomethingWaitsForTheKnownOne) {
  {
    const auto anna = open("anna");
    speak(*anna);
    fs::rename(place_, folder_.path() / "away");
    founded(url(), "Other");
    ASSERT_TRUE(anna->say(published(kClip, "Waits")));
  }
  const LibraryOpener opener = [&](const std::string& place, std::stop_token) -> Result<OpenLibrary> {
    return OpenLibrary{LibrarySession::open(home("anna"), place, "anna").value(), nullptr};
  };
  const auto refused = open_reachable_library(home("anna"), opener, url(), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
  EXPECT_TRUE(refused.error().message.contains("one thing waits")) << refused.error().message;
  fs::remove_all(place_);
  fs::rename(folder_.path() / "away", place_);
  speak(*open("anna"));
}

TEST_F(RivalMarker, IsLeftAloneWhereNothingOfThisHomeIs) {
  {
    const auto anna = open("anna");
    speak(*anna);
  }
  // Another library is mounted, in which she has said something too.
  fs::rename(place_, folder_.path() / "away");
  const std::string client = founded("folder:" + (folder_.path() / "client").string());
  speak(*LibrarySession::open(home("anna"), client, "anna").value());
  fs::rename(folder_.path() / "client", place_);
  const std::string there = marker();
  EXPECT_EQ(open("anna")->reach({}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(marker(), there);
  // Nothing is mounted.
  fs::remove_all(place_);
  fs::create_directories(place_);
  EXPECT_EQ(open("anna")->reach({}).error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(fs::is_empty(place_));
}

}  // namespace
}  // namespace meanwhile
