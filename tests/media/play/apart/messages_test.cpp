#include "media/play/apart/messages.h"

#include <gtest/gtest.h>

#include "media/play/apart/packets.h"

namespace meanwhile::test {
namespace {

constexpr std::uint64_t kArena = 1'000'000;

std::optional<Report> parse(const Report& report) {
  return parse_report(bytes_of(report));
}

SentPicture small_picture() {
  return {.planes = {0, 640 * 360, 640 * 360 + 320 * 180},
          .strides = {640, 320, 320},
          .width = 640,
          .height = 360};
}

TEST(DecoderReports, OfAnotherLengthAreNone) {
  const Report report;
  const auto bytes = bytes_of(report);
  EXPECT_TRUE(parse_report(bytes));
  EXPECT_FALSE(parse_report(bytes.first(bytes.size() - 1)));
  EXPECT_FALSE(parse_report({}));
}

TEST(DecoderReports, OutOfRangeAreNone) {
  EXPECT_FALSE(parse({.kind = static_cast<ReportKind>(99)}));
  EXPECT_FALSE(parse({.error = sent_code(ErrorCode::Internal) + 1}));
  EXPECT_FALSE(parse({.time = kLatestSentTime + 1}));
  EXPECT_FALSE(parse({.status = {.last_read = INT64_MAX}}));
  EXPECT_FALSE(parse({.picture = {.at = -kLatestSentTime - 1}}));
  EXPECT_TRUE(parse({.status = {.last = kNoTime, .last_read = kLatestSentTime}}));
}

TEST(DecoderReports, SayOnlyPlainWordsThatEnd) {
  Report report{.error = sent_code(ErrorCode::Corrupt)};
  report.text.fill('x');
  report.text[0] = '\x1b';
  report.text[1] = '\xff';
  const Error error = received_error(parse(report).value());
  EXPECT_EQ(error.message.size(), kSentTextBytes - 1);
  EXPECT_TRUE(error.message.starts_with("??xx")) << error.message;
}

TEST(DecoderReports, CarryAnErrorAsItIs) {
  Report report;
  set_error(report, {ErrorCode::Unsupported, "the track is neither H.264 nor AAC"});
  const Error error = received_error(parse(report).value());
  EXPECT_EQ(error.code, ErrorCode::Unsupported);
  EXPECT_EQ(error.message, "the track is neither H.264 nor AAC");
}

TEST(SentPictures, LieWhollyInTheArena) {
  EXPECT_TRUE(is_sound(small_picture(), kArena));
  EXPECT_TRUE(is_sound(small_picture(), 640 * 360 * 3 / 2));
  EXPECT_FALSE(is_sound(small_picture(), 640 * 360 * 3 / 2 - 1));
  for (const std::uint64_t offset : {kArena, kArena - 1, UINT64_MAX, UINT64_MAX - 640 * 359}) {
    for (std::size_t plane = 0; plane < 3; ++plane) {
      SentPicture picture = small_picture();
      picture.planes[plane] = offset;
      EXPECT_FALSE(is_sound(picture, kArena)) << offset << ' ' << plane;
    }
  }
}

TEST(SentPictures, HaveSidesAndStridesThatMakeSense) {
  const auto with = [](auto change) {
    SentPicture picture = small_picture();
    change(picture);
    return is_sound(picture, UINT64_MAX);
  };
  EXPECT_TRUE(with([](SentPicture&) {}));
  EXPECT_FALSE(with([](SentPicture& picture) { picture.width = 0; }));
  EXPECT_FALSE(with([](SentPicture& picture) { picture.height = 0; }));
  EXPECT_FALSE(with([](SentPicture& picture) { picture.width = 16'385; }));
  EXPECT_FALSE(with([](SentPicture& picture) { picture.height = UINT32_MAX; }));
  EXPECT_FALSE(with([](SentPicture& picture) { picture.strides[0] = 639; }));
  EXPECT_FALSE(with([](SentPicture& picture) { picture.strides[2] = 319; }));
  EXPECT_FALSE(with([](SentPicture& picture) { picture.strides[1] = UINT32_MAX; }));
  EXPECT_FALSE(with([](SentPicture& picture) { picture.ticket = kTickets; }));
  EXPECT_FALSE(with([](SentPicture& picture) { picture.at = kNoTime; }));
}

TEST(SentBytes, LieWhollyInTheArena) {
  EXPECT_TRUE(lies_in({.offset = 0, .size = 10}, 10));
  EXPECT_FALSE(lies_in({.offset = 1, .size = 10}, 10));
  EXPECT_FALSE(lies_in({.offset = UINT64_MAX, .size = 2}, 10));
  EXPECT_FALSE(lies_in({.offset = 1, .size = UINT64_MAX}, 10));
}

}  // namespace
}  // namespace meanwhile::test
