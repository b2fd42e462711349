// A decoder's end, beside a player that a script plays.
#include "media/play/apart/order_desk.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <vector>

#include "media/base/descriptor.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/packets.h"

namespace meanwhile::test {
namespace {

class DecodersDesk : public testing::Test {
 protected:
  void SetUp() override {
    auto ends = make_packet_pair().value();
    player_ = std::move(ends.first);
    decoder_ = std::move(ends.second);
    desk_ = std::make_unique<OrderDesk>(decoder_.get(), *lap_);
  }

  // Before it is asked: what it answers then waits in the socket.
  void say(const Order& order) { ASSERT_TRUE(send_packet(player_.get(), bytes_of(order))); }
  Report heard() {
    Report report;
    EXPECT_EQ(receive_packet(player_.get(), writable_bytes_of(report)), sizeof report);
    return report;
  }

  const std::unique_ptr<Lap> lap_ = std::make_unique<Lap>();
  Descriptor player_;
  Descriptor decoder_;
  std::unique_ptr<OrderDesk> desk_;
};

TEST_F(DecodersDesk, AsksForBytesUntilItHasThem) {
  std::vector<std::byte> into(kLapGivenBytes + 100);
  lap_->given[0] = std::byte{9};
  say({.count = kLapGivenBytes});
  say({.count = 100});
  EXPECT_EQ(desk_->read_at(5, into).value(), into.size());
  EXPECT_EQ(into[kLapGivenBytes], std::byte{9});
  const Report first = heard();
  EXPECT_EQ(first.kind, ReportKind::NeedsBytes);
  EXPECT_EQ(first.place.offset, 5U);
  EXPECT_EQ(first.place.size, kLapGivenBytes);
  const Report second = heard();
  EXPECT_EQ(second.place.offset, 5 + kLapGivenBytes);
  EXPECT_EQ(second.place.size, 100U);
}

TEST_F(DecodersDesk, AsksNoMoreWhereTheTrackEnds) {
  std::vector<std::byte> into(1000);
  say({.count = 10});
  EXPECT_EQ(desk_->read_at(0, into).value(), 10U);
}

TEST_F(DecodersDesk, PassesOnWhatFailed) {
  say({.error = sent_code(ErrorCode::Unavailable)});
  EXPECT_EQ(desk_->size().error().code, ErrorCode::Unavailable);
  EXPECT_EQ(heard().kind, ReportKind::NeedsSize);
}

TEST_F(DecodersDesk, TakesPlacesOutOfTheLap) {
  const BytePlace place{.offset = 77};
  std::memcpy(lap_->given.data(), &place, sizeof place);
  desk_->set_places(1);
  ASSERT_EQ(desk_->places().size(), 1U);
  EXPECT_EQ(desk_->places()[0].offset, 77U);
  desk_->set_places(UINT64_MAX);
  EXPECT_EQ(desk_->places().size(), kLapGivenBytes / sizeof(BytePlace));
  desk_->set_places(0);
  EXPECT_TRUE(desk_->places().empty());
}

TEST_F(DecodersDesk, SeesWhenToLetGo) {
  EXPECT_FALSE(desk_->is_newer_wanted());
  lap_->let_go_from = 1;
  EXPECT_TRUE(desk_->is_newer_wanted());
  lap_->let_go_from = INT64_MAX;
  EXPECT_FALSE(desk_->is_newer_wanted());
}

TEST_F(DecodersDesk, EndsItsProcessWhenThePlayerIsGone) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        player_ = Descriptor();
        (void)desk_->next();
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace meanwhile::test
