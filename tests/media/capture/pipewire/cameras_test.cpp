#include "media/capture/pipewire/cameras.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "media/capture/devices.h"
#include "media/capture/source_registry.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"
#include "tests/support/picture_colours.h"
#include "tests/support/picture_giver.h"

namespace meanwhile {
namespace {

constexpr Size kSize{320, 240};
constexpr std::uint32_t kBlue = 0x2040c0;
constexpr std::uint32_t kGreen = 0x20c040;
constexpr auto kPixels = static_cast<std::size_t>(kSize.width) * static_cast<std::size_t>(kSize.height);

// One colour all over, in a camera's format.
GivenPicture picture_in(spa_video_format format, std::uint32_t rgb) {
  const Yuv colour = yuv_of(rgb);
  return {.paint = [=](std::uint8_t* bytes, int) {
    if (format == SPA_VIDEO_FORMAT_YUY2) {
      for (std::size_t i = 0; i < kPixels; ++i) {
        bytes[2 * i] = static_cast<std::uint8_t>(colour.y);
        bytes[2 * i + 1] = static_cast<std::uint8_t>(i % 2 == 0 ? colour.u : colour.v);
      }
      return kPixels * 2;
    }
    std::memset(bytes, colour.y, kPixels);
    for (std::size_t i = 0; i < kPixels / 4; ++i) {
      const bool is_packed = format == SPA_VIDEO_FORMAT_NV12;
      bytes[kPixels + (is_packed ? 2 * i : i)] = static_cast<std::uint8_t>(colour.u);
      bytes[kPixels + (is_packed ? 2 * i + 1 : kPixels / 4 + i)] = static_cast<std::uint8_t>(colour.v);
    }
    return kPixels * 3 / 2;
  }};
}

// What libavcodec makes of it.
std::vector<std::uint8_t> jpeg_of(std::uint32_t rgb) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  const CodecContextPtr encoder(avcodec_alloc_context3(codec));
  encoder->width = kSize.width;
  encoder->height = kSize.height;
  encoder->time_base = {1, 30};
  encoder->pix_fmt = AV_PIX_FMT_YUVJ420P;
  EXPECT_GE(avcodec_open2(encoder.get(), codec, nullptr), 0);
  FramePtr frame = make_frame();
  frame->format = encoder->pix_fmt;
  frame->width = kSize.width;
  frame->height = kSize.height;
  frame->pts = 0;
  av_frame_get_buffer(frame.get(), 0);
  const Yuv colour = yuv_of(rgb);
  const std::array values{colour.y, colour.u, colour.v};
  for (std::size_t plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? kSize.height : kSize.height / 2;
    std::memset(frame->data[plane], values[plane], static_cast<std::size_t>(frame->linesize[plane] * rows));
  }
  PacketPtr packet = make_packet();
  EXPECT_GE(avcodec_send_frame(encoder.get(), frame.get()), 0);
  EXPECT_GE(avcodec_receive_packet(encoder.get(), packet.get()), 0);
  return {packet->data, packet->data + packet->size};
}

class PipeWireCameras : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto missing = DesktopServices::missing(); !missing.empty())
      GTEST_SKIP() << "this machine has no " << missing;
    auto services = DesktopServices::start();
    ASSERT_TRUE(services) << services.error().message;
    services_ = std::move(*services);
    environment_ = std::make_unique<ScopedEnvironment>(services_->environment());
  }

  void plug(spa_video_format format, bool offers_metadata = true) {
    auto camera = PictureGiver::start({.name = "rig-camera",
                                       .media_class = "Video/Source",
                                       .format = format,
                                       .size = kSize,
                                       .frames_per_second = 30,
                                       .offers_metadata = offers_metadata});
    ASSERT_TRUE(camera) << camera.error().message;
    camera_ = std::move(*camera);
  }

  void record(const std::string& spec = "pipewire:rig-camera") {
    auto source = open_camera(spec, 30, clock_);
    ASSERT_TRUE(source) << source.error().message;
    source_ = std::move(*source);
    ASSERT_TRUE(source_->start(frames_, nullptr));
  }

  bool shows(std::uint32_t rgb) {
    return frames_.wait_for([=](const auto& state) {
      return !state.last_frames.empty() && has_colour(*state.last_frames.back(), 1, 1, rgb) &&
             has_colour(*state.last_frames.back(), kSize.width - 1, kSize.height - 1, rgb);
    });
  }

  const SteadyClock clock_;
  std::unique_ptr<DesktopServices> services_;
  std::unique_ptr<ScopedEnvironment> environment_;
  std::unique_ptr<PictureGiver> camera_;
  KeepingFrameSink frames_;
  std::unique_ptr<FrameSource> source_;  // last: stopped before its sink goes
};

TEST_F(PipeWireCameras, EachFormatHasItsColours) {
  for (const auto format : {SPA_VIDEO_FORMAT_YUY2, SPA_VIDEO_FORMAT_NV12, SPA_VIDEO_FORMAT_I420}) {
    source_.reset();
    ASSERT_NO_FATAL_FAILURE(plug(format));
    ASSERT_NO_FATAL_FAILURE(record());
    EXPECT_EQ(source_->info().name, "rig-camera");
    EXPECT_EQ(source_->info().width, kSize.width);
    EXPECT_EQ(source_->info().height, kSize.height);
    EXPECT_EQ(source_->info().frames_per_second, 30);

    ASSERT_TRUE(camera_->give(picture_in(format, kBlue)));
    EXPECT_TRUE(shows(kBlue)) << format;
    ASSERT_TRUE(camera_->give(picture_in(format, kGreen)));
    EXPECT_TRUE(shows(kGreen)) << format;
  }
}

TEST_F(PipeWireCameras, JpegIsDecodedAndADamagedPictureLeftOut) {
  ASSERT_NO_FATAL_FAILURE(plug(SPA_VIDEO_FORMAT_ENCODED));
  ASSERT_NO_FATAL_FAILURE(record());
  const auto give = [&](const std::vector<std::uint8_t>& jpeg) {
    return camera_->give({.paint = [&](std::uint8_t* bytes, int) {
      std::memcpy(bytes, jpeg.data(), jpeg.size());
      return jpeg.size();
    }});
  };

  ASSERT_TRUE(give({1, 2, 3}));
  ASSERT_TRUE(give(jpeg_of(kBlue)));

  EXPECT_TRUE(shows(kBlue));
  EXPECT_EQ(frames_.stamps().size(), 1U);
}

TEST_F(PipeWireCameras, PicturesWithoutTimesAreStampedOnArrival) {
  ASSERT_NO_FATAL_FAILURE(plug(SPA_VIDEO_FORMAT_YUY2, /*offers_metadata=*/false));
  ASSERT_NO_FATAL_FAILURE(record());
  const MonotonicTime before = clock_.now();

  ASSERT_TRUE(camera_->give(picture_in(SPA_VIDEO_FORMAT_YUY2, kBlue)));
  ASSERT_TRUE(shows(kBlue));

  EXPECT_GE(frames_.stamps().front(), before);
  EXPECT_LE(frames_.stamps().front(), clock_.now());
}

TEST_F(PipeWireCameras, AreListedAndDefaultWhereThereIsNoOther) {
  ASSERT_NO_FATAL_FAILURE(plug(SPA_VIDEO_FORMAT_YUY2));

  const auto devices = list_devices();

  const auto found = std::ranges::find(devices, "pipewire:rig-camera", &Device::spec);
  ASSERT_NE(found, devices.end());
  EXPECT_EQ(found->kind, DeviceKind::Camera);
  EXPECT_EQ(found->name, "rig-camera");
}

TEST_F(PipeWireCameras, UnpluggedOneEndsAndNoOtherTakesItsPlace) {
  ASSERT_NO_FATAL_FAILURE(plug(SPA_VIDEO_FORMAT_YUY2));
  ASSERT_NO_FATAL_FAILURE(record());
  ASSERT_TRUE(camera_->give(picture_in(SPA_VIDEO_FORMAT_YUY2, kBlue)));
  ASSERT_TRUE(shows(kBlue));
  auto other = PictureGiver::start({.name = "rig-other",
                                    .media_class = "Video/Source",
                                    .format = SPA_VIDEO_FORMAT_YUY2,
                                    .size = kSize,
                                    .frames_per_second = 30});
  ASSERT_TRUE(other);

  camera_.reset();

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  EXPECT_EQ(frames_.end()->message.find("rig-camera"), 0U) << frames_.end()->message;
}

TEST_F(PipeWireCameras, SilentOneEnds) {
  ASSERT_NO_FATAL_FAILURE(plug(SPA_VIDEO_FORMAT_YUY2));
  ASSERT_NO_FATAL_FAILURE(record());

  ASSERT_TRUE(frames_.wait_for_end());

  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
}

TEST_F(PipeWireCameras, UnknownOnesAreNotFound) {
  EXPECT_EQ(open_camera("pipewire:nobody", 30, clock_).error().code, ErrorCode::NotFound);
  EXPECT_EQ(open_camera("pipewire:", 30, clock_).error().code, ErrorCode::InvalidArgument);
}

TEST_F(PipeWireCameras, WithoutPipeWireThereIsNoneAndAnErrorSaysSo) {
  services_->kill_pipewire();

  EXPECT_TRUE(list_pipewire_cameras().empty());
  const auto source = open_camera("pipewire:rig-camera", 30, clock_);
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Unavailable);
}

}  // namespace
}  // namespace meanwhile
