// A recorder that died can't say that it stopped: its last sign tells.
#include "app/libraries/live_signs.h"

#include <gtest/gtest.h>

#include <chrono>

#include "app/library/live_part.h"
#include "app/library/manifest.h"
#include "tests/support/environment.h"
#include "tests/support/library_events.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class LiveSigns : public testing::Test {
 protected:
  void SetUp() override {
    writer_.device = recorder_.public_key().id();
    const LiveEvent live{
        .clip = clip_, .title = "Where we stand", .channel = "", .recorded = format_rfc3339(begun_)};
    const AuthoredEvents batch = writer_.batch({writer_.write(live, kStoryBegin)});
    ASSERT_TRUE(index_->apply(std::span(&batch, 1)));
  }
  void send_part(std::optional<WallTime> at) {
    const LivePart part{.clip = clip_, .number = ++parts_, .at = at};
    ASSERT_TRUE(place_.put(part_key(clip_, parts_), make_live_part(part, recorder_), {}));
  }
  bool is_broken_off(WallTime now, BrokenOff broken_off = BrokenOff::LookAtToo) {
    EXPECT_TRUE(look_for_signs(*index_, place_, "own", broken_off, now, {}));
    return index_->clip(clip_)->is_broken_off;
  }

  ScopedFolder folder_;
  std::unique_ptr<Index> index_ = Index::open(folder_.path() / "index.sqlite", id_from("me")).value();
  MemoryStorage place_{"library"};
  const KeyPair recorder_ = KeyPair::generate();
  Writer writer_{"ada"};
  const WallTime begun_{std::chrono::milliseconds(kStoryBegin)};
  const std::string clip_ = new_clip_id(begun_);
  std::size_t parts_ = 0;
};

TEST_F(LiveSigns, EndWhereTheRecorderSaysNothingMore) {
  send_part(begun_ + seconds(4));
  EXPECT_FALSE(is_broken_off(begun_ + seconds(10)));
  EXPECT_FALSE(is_broken_off(begun_ + minutes(5)));
  EXPECT_TRUE(is_broken_off(begun_ + minutes(6)));
  // It was only without a network.
  send_part(begun_ + minutes(7));
  EXPECT_TRUE(is_broken_off(begun_ + minutes(7), BrokenOff::LeaveAlone));
  EXPECT_FALSE(is_broken_off(begun_ + minutes(7)));
}

TEST_F(LiveSigns, AreOldForWhoComesInTheMorning) {
  send_part(begun_ + seconds(4));
  EXPECT_TRUE(is_broken_off(begun_ + std::chrono::hours(9)));
}

TEST_F(LiveSigns, CountFromItsBeginningWhereNoneCame) {
  EXPECT_FALSE(is_broken_off(begun_ + minutes(1)));
  EXPECT_TRUE(is_broken_off(begun_ + minutes(6)));
}

TEST_F(LiveSigns, OfAWrongClockAreKnownByTheirComing) {
  for (const minutes off : {minutes(-600), minutes(600)}) {
    send_part(begun_ + off);
    (void)is_broken_off(begun_ + minutes(1));
    send_part(begun_ + off + minutes(1));
    EXPECT_FALSE(is_broken_off(begun_ + minutes(2))) << off.count();
    EXPECT_TRUE(is_broken_off(begun_ + minutes(8))) << off.count();
  }
}

TEST_F(LiveSigns, OfAnOlderVersionAreKnownByTheirComing) {
  send_part({});
  EXPECT_FALSE(is_broken_off(begun_ + minutes(60)));
  EXPECT_TRUE(is_broken_off(begun_ + minutes(66)));
}

TEST_F(LiveSigns, AreNotMissedWhileThePlaceIsAway) {
  send_part(begun_ + seconds(4));
  EXPECT_FALSE(is_broken_off(begun_ + seconds(10)));
  EXPECT_FALSE(index_->clip(clip_)->is_broken_off) << "nobody looked since";
}

}  // namespace
}  // namespace meanwhile
