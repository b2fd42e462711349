// A player beside a decoder that somebody's bytes have taken over: a script says what it says.
#include "media/play/apart/decoder_link.h"

#include <gtest/gtest.h>

#include "media/play/apart/lap.h"
#include "media/play/apart/packets.h"
#include "tests/support/play_rig.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

class ScriptedDecoder : public testing::Test {
 protected:
  void SetUp() override {
    auto shared = DecoderLink::make_shared();
    ASSERT_TRUE(shared) << shared.error().message;
    auto ends = make_packet_pair().value();
    peer_ = std::move(ends.second);
    shared_ = *shared;
    link_ = std::make_unique<DecoderLink>(std::move(ends.first), Descriptor(), std::move(*shared), 300ms);
  }

  // Before it is asked: what it says then waits in the socket.
  void say(const Report& report) { ASSERT_TRUE(send_packet(peer_.get(), bytes_of(report))); }
  Result<Report> ask(OrderKind kind = OrderKind::Next) {
    return link_->carry_out({.kind = kind}, *source_, interrupts_);
  }
  Order heard() {
    Order order;
    EXPECT_EQ(receive_packet(peer_.get(), writable_bytes_of(order)), sizeof order);
    return order;
  }

  Descriptor peer_;
  DecoderLink::Shared shared_;
  std::unique_ptr<DecoderLink> link_;
  std::shared_ptr<ByteSource> source_ = memory(Bytes(1000, std::byte{7}));
  Interrupts interrupts_;
};

TEST_F(ScriptedDecoder, ThatEndsIsLost) {
  peer_ = Descriptor();
  EXPECT_FALSE(ask());
  EXPECT_TRUE(link_->is_lost());
  EXPECT_FALSE(ask());
}

TEST_F(ScriptedDecoder, ThatIsSilentIsLost) {
  EXPECT_EQ(ask().error().code, ErrorCode::Corrupt);
  EXPECT_TRUE(link_->is_lost());
}

TEST_F(ScriptedDecoder, ThatHangsHoldsNobodyUp) {
  interrupts_.is_over = [] { return true; };
  EXPECT_EQ(ask().error().code, ErrorCode::Aborted);
  EXPECT_TRUE(link_->is_lost());
}

TEST_F(ScriptedDecoder, ThatAsksForEverHoldsNobodyUp) {
  int asked = 0;
  interrupts_.is_over = [&] { return ++asked > 20; };
  for (int i = 0; i < 30; ++i) say({.kind = ReportKind::NeedsSize});
  EXPECT_EQ(ask().error().code, ErrorCode::Aborted);
}

TEST_F(ScriptedDecoder, ThatSaysWhatIsNoReportIsLost) {
  const std::array<std::byte, 5> garbage{};
  ASSERT_TRUE(send_packet(peer_.get(), garbage));
  EXPECT_FALSE(ask());
  EXPECT_TRUE(link_->is_lost());
}

TEST_F(ScriptedDecoder, ThatSaysTooMuchIsLost) {
  const std::vector<std::byte> garbage(sizeof(Report) + 1);
  ASSERT_TRUE(send_packet(peer_.get(), garbage));
  EXPECT_FALSE(ask());
  EXPECT_TRUE(link_->is_lost());
}

TEST_F(ScriptedDecoder, ThatSaysAnImpossibleReportIsLost) {
  say({.kind = static_cast<ReportKind>(77)});
  EXPECT_FALSE(ask());
  EXPECT_TRUE(link_->is_lost());
}

TEST_F(ScriptedDecoder, ThatSendsDescriptorsLeavesNone) {
  const Report report;
  const std::array<int, 1> given{peer_.get()};
  ASSERT_TRUE(send_packet(peer_.get(), bytes_of(report), given));
  EXPECT_TRUE(ask());
  peer_ = Descriptor();
  EXPECT_FALSE(ask());  // no copy of that end is open here
  EXPECT_TRUE(link_->is_lost());
}

TEST_F(ScriptedDecoder, GetsTheBytesThatItAsksFor) {
  say({.kind = ReportKind::NeedsBytes, .place = {.offset = 990, .size = 100}});
  say({.kind = ReportKind::Done});
  EXPECT_TRUE(ask());
  heard();
  EXPECT_EQ(heard().count, 10U);
  EXPECT_EQ(lap_in(*shared_.lap).given[9], std::byte{7});
}

TEST_F(ScriptedDecoder, GetsNoMoreThanTheLapHolds) {
  source_ = memory(Bytes(2 * kLapGivenBytes));
  say({.kind = ReportKind::NeedsBytes, .place = {.offset = 0, .size = UINT64_MAX}});
  say({.kind = ReportKind::Done});
  EXPECT_TRUE(ask());
  heard();
  EXPECT_EQ(heard().count, kLapGivenBytes);
}

TEST_F(ScriptedDecoder, ThatReadsBeyondAnyTrackIsLost) {
  say({.kind = ReportKind::NeedsBytes, .place = {.offset = UINT64_MAX - 3, .size = 100}});
  EXPECT_FALSE(ask());
  EXPECT_TRUE(link_->is_lost());
}

TEST_F(ScriptedDecoder, PassesOnTheSourcesOwnWords) {
  source_ = std::make_shared<FaultySource>(Bytes(1000), 0, ErrorCode::Unavailable);
  say({.kind = ReportKind::NeedsBytes, .place = {.offset = 0, .size = 100}});
  Report done;
  set_error(done, {ErrorCode::Unavailable, "something else"});
  say(done);
  EXPECT_EQ(ask().error().message, "the storage is away");
  heard();
  EXPECT_EQ(heard().error, sent_code(ErrorCode::Unavailable));
}

TEST_F(ScriptedDecoder, SeesWhatIsNewerInTheLap) {
  NewerMark mark;
  mark.let_go_from(MonotonicTime{});
  mark.move_to(link_->let_go_time());
  EXPECT_TRUE(is_past(lap_in(*shared_.lap).let_go_from));  // also what was marked before there was a lap
  mark.clear();
  EXPECT_FALSE(is_past(lap_in(*shared_.lap).let_go_from));
}

TEST_F(ScriptedDecoder, WhosePictureLiesOutsideIsLost) {
  EXPECT_FALSE(
      link_->take_picture({.planes = {kArenaBytes, 0, 0}, .strides = {16, 8, 8}, .width = 16, .height = 16}));
  EXPECT_TRUE(link_->is_lost());
}

TEST_F(ScriptedDecoder, WhoseSoundLiesOutsideIsLost) {
  EXPECT_FALSE(link_->take_bytes({.offset = kArenaBytes - 4, .size = 8}));
  EXPECT_TRUE(link_->is_lost());
}

TEST_F(ScriptedDecoder, GetsPicturesBackWhenTheyGoEvenAfterTheLinkWent) {
  const SentPicture sent{
      .planes = {0, 256, 320}, .strides = {16, 8, 8}, .width = 16, .height = 16, .ticket = 5};
  auto picture = link_->take_picture(sent);
  ASSERT_TRUE(picture);
  const std::shared_ptr<SealedMemory> lap = shared_.lap;
  EXPECT_EQ(lap_in(*lap).returned[5], 0U);
  link_.reset();
  shared_ = {};
  EXPECT_EQ((*picture)->planes[0][0], 0);
  picture->reset();
  EXPECT_EQ(lap_in(*lap).returned[5], 1U);
}

}  // namespace
}  // namespace meanwhile::test
