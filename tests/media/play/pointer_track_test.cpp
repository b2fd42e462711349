#include "media/play/pointer_track.h"

#include <gtest/gtest.h>

#include "media/ffmpeg/owners.h"
#include "media/play/open_readers.h"
#include "media/play/pointer_arrow.h"
#include "media/play/pointer_painter.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

PointerTrack load(std::string_view text) {
  return PointerTrack::load(
      text, [](int) -> Result<Bytes> { return fail(ErrorCode::NotFound, "no shape"); }, *open_own_stills());
}

Bytes make_png(int width, int height) {
  CodecContextPtr encoder(avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_PNG)));
  encoder->width = width;
  encoder->height = height;
  encoder->pix_fmt = AV_PIX_FMT_RGBA;
  encoder->time_base = {1, 1};
  if (avcodec_open2(encoder.get(), nullptr, nullptr) < 0) return {};
  FramePtr frame = make_frame();
  frame->width = width;
  frame->height = height;
  frame->format = AV_PIX_FMT_RGBA;
  if (av_frame_get_buffer(frame.get(), 0) < 0) return {};
  for (int y = 0; y < height; ++y)
    std::fill_n(frame->data[0] + y * frame->linesize[0], width * 4, std::uint8_t{200});
  PacketPtr packet = make_packet();
  if (avcodec_send_frame(encoder.get(), frame.get()) < 0) return {};
  if (avcodec_send_frame(encoder.get(), nullptr) < 0) return {};
  if (avcodec_receive_packet(encoder.get(), packet.get()) < 0) return {};
  const auto bytes = std::as_bytes(std::span(packet->data, static_cast<std::size_t>(packet->size)));
  return {bytes.begin(), bytes.end()};
}

TEST(PointerTrack, HoldsUntilTheNextSample) {
  const auto track = load(
      "{\"t\":1000,\"x\":1,\"y\":2,\"shape\":0,\"down\":1}\n{\"t\":5000,\"x\":3,\"y\":4,\"shape\":0,\"down\":"
      "0}\n");
  EXPECT_FALSE(track.at(999us));
  EXPECT_EQ(track.at(1000us)->x, 1);
  EXPECT_EQ(track.at(4999us)->buttons, 1u);
  EXPECT_EQ(track.at(1h)->y, 4);
  EXPECT_EQ(track.after(0us)->at, 1000us);
  EXPECT_EQ(track.after(1000us)->at, 5000us);
  EXPECT_FALSE(track.after(5000us));
}

TEST(PointerTrack, BadLinesArePassedOver) {
  const auto track = load(
      "garbage\n\n{\"t\":\"1\",\"x\":1,\"y\":1}\n{\"t\":-5,\"x\":1,\"y\":1}\n{\"t\":1,\"x\":1e99,\"y\":1}\n"
      "{\"t\":99999999999999999999,\"x\":1,\"y\":1}\n{\"define\":-1}\n{\"define\":2000000000}\n"
      "{\"t\":7,\"x\":8,\"y\":9,\"shape\":3,\"future\":true}\n{\"t\":8,\"x\":");
  ASSERT_TRUE(track.at(1h));
  EXPECT_EQ(track.at(1h)->at, 7us);
  EXPECT_FALSE(track.at(6us));
  EXPECT_EQ(track.image(3), nullptr);
  EXPECT_EQ(track.image(-1), nullptr);
}

TEST(PointerTrack, ShapesAreDecoded) {
  const auto track = PointerTrack::load(
      "{\"define\":2,\"file\":\"pointer-2.png\",\"hot_x\":3,\"hot_y\":99}\n",
      [](int) -> Result<Bytes> { return make_png(10, 12); }, *open_own_stills());
  const PointerImage* image = track.image(2);
  ASSERT_NE(image, nullptr);
  EXPECT_EQ(image->width, 10);
  EXPECT_EQ(image->height, 12);
  EXPECT_EQ(image->hot_x, 3);
  EXPECT_EQ(image->hot_y, 0);  // outside of the picture: not believed
  EXPECT_EQ(image->rgba.size(), 480u);
  EXPECT_EQ(image->rgba[0], 200);
  EXPECT_EQ(track.image(0), nullptr);
}

TEST(PointerTrack, HugeOrBrokenShapesAreLeftOut) {
  for (const Bytes& png : {make_png(600, 10), Bytes(100), to_bytes("\x89PNG\r\n\x1a\n")}) {
    const auto track = PointerTrack::load(
        "{\"define\":0,\"hot_x\":0,\"hot_y\":0}", [&](int) -> Result<Bytes> { return png; },
        *open_own_stills());
    EXPECT_EQ(track.image(0), nullptr);
  }
}

FramePtr black_frame(int width, int height) {
  FramePtr frame = make_frame();
  frame->width = width;
  frame->height = height;
  frame->format = AV_PIX_FMT_YUV420P;
  EXPECT_GE(av_frame_get_buffer(frame.get(), 0), 0);
  for (int plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? height : (height + 1) / 2;
    for (int y = 0; y < rows; ++y) {
      std::fill_n(frame->data[plane] + y * frame->linesize[plane], frame->linesize[plane],
                  plane == 0 ? std::uint8_t{16} : std::uint8_t{128});
    }
  }
  return frame;
}

TEST(DrawPointer, PaintsTheArrowAtItsHotSpot) {
  const FramePtr frame = black_frame(64, 64);
  draw_pointer(*frame, plain_arrow(), 20, 10);
  EXPECT_NEAR(frame->data[0][15 * frame->linesize[0] + 22], 235, 2);  // white inside
  EXPECT_EQ(frame->data[0][15 * frame->linesize[0] + 40], 16);        // beside
  EXPECT_EQ(frame->data[1][7 * frame->linesize[1] + 11], 128);        // grey has no colour
}

TEST(DrawPointer, IsClippedAtEveryEdge) {
  for (int x = -30; x < 80; x += 7) {
    for (int y = -30; y < 80; y += 7) {
      const FramePtr frame = black_frame(51, 33);
      draw_pointer(*frame, plain_arrow(), x, y);
    }
  }
}

}  // namespace
}  // namespace meanwhile::test
