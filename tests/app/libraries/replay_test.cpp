// What was said in one library, copied into another by somebody who may write to both.
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "app/libraries/library_session.h"
#include "app/library/home.h"
#include "tests/support/environment.h"
#include "tests/support/founding.h"
#include "tests/support/library_events.h"
#include "tests/support/library_place.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

class Replay : public testing::Test {
 protected:
  std::unique_ptr<LibrarySession> open(const std::string& who, const std::string& library) const {
    const Home home = Home::open(folder_.path() / who).value();
    return LibrarySession::open(home, founded("folder:" + (folder_.path() / library).string(), library), who)
        .value();
  }
  std::string publish(LibrarySession& library, const std::string& title) {
    const std::string clip = new_clip_id(wall_now());
    const EventId id = library.say(published(clip, title)).value();
    library.outbox().start();
    EXPECT_EQ(library.outbox().wait_until_stored(id, far_deadline()).value(), StoredOutcome::Stored);
    library.outbox().stop();
    return clip;
  }
  void copy(const std::string& from, const std::string& to) const {
    for (const char* part : {"devices", "events", "heads"})
      fs::copy(folder_.path() / from / part, folder_.path() / to / part,
               fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }

  ScopedFolder folder_;
};

TEST_F(Replay, OfWordsShowsNothingWhereTheirWriterNeverWas) {
  const std::string clip = publish(*open("anna", "one"), "Only for One");
  const auto ben = open("ben", "two");
  const std::string own = publish(*ben, "Of Two");
  copy("one", "two");
  const auto carl = open("carl", "two");
  for (LibrarySession* reader : {ben.get(), carl.get()}) {
    ASSERT_TRUE(reader->sync());
    EXPECT_TRUE(reader->index().clip(own));
    EXPECT_FALSE(reader->index().clip(clip));
  }
}

TEST_F(Replay, OfOnesOwnWordsMakesNoNewDevice) {
  const auto one = open("anna", "one");
  for (const char* title : {"First", "Second", "Third"}) publish(*one, title);
  const auto two = open("anna", "two");
  const std::string device = two->identity().device().id();
  publish(*two, "Of Two");
  copy("one", "two");
  ASSERT_TRUE(two->sync());
  publish(*two, "More of Two");
  EXPECT_EQ(two->identity().device().id(), device);
}

}  // namespace
}  // namespace meanwhile
