#include "media/capture/avdevice/camera_spec.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

TEST(CameraSpec, PathAloneLeavesTheModeOpen) {
  const auto spec = parse_camera_spec("v4l2:/dev/v4l/by-id/usb-Cam_1:2-index0");

  ASSERT_TRUE(spec);
  EXPECT_EQ(spec->path, "/dev/v4l/by-id/usb-Cam_1:2-index0");
  EXPECT_FALSE(spec->size);
  EXPECT_FALSE(spec->frames_per_second);
}

TEST(CameraSpec, ModeStandsBehindTheLastAt) {
  const auto spec = parse_camera_spec("v4l2:/dev/cam@home@1920x1080:29.97");

  ASSERT_TRUE(spec && spec->size);
  EXPECT_EQ(spec->path, "/dev/cam@home");
  EXPECT_EQ(spec->size->width, 1920);
  EXPECT_EQ(spec->size->height, 1080);
  EXPECT_EQ(spec->frames_per_second, 29.97);
  EXPECT_FALSE(parse_camera_spec("v4l2:/dev/video0@640x480")->frames_per_second);
}

TEST(CameraSpec, GarbageIsAnInvalidArgument) {
  for (const char* text :
       {"", "v4l2:", "v4l2:@640x480", "/dev/video0", "v4l2:/dev/video0@", "v4l2:/dev/video0@640",
        "v4l2:/dev/video0@640x", "v4l2:/dev/video0@x480",
        "v4l2:/dev/video0@640x480:", "v4l2:/dev/video0@640x480:nan", "v4l2:/dev/video0@640x480:inf",
        "v4l2:/dev/video0@640x480:-30", "v4l2:/dev/video0@640x480:30fps", "v4l2:/dev/video0@0x480",
        "v4l2:/dev/video0@99999x480", "v4l2:/dev/video0@640x480x3"}) {
    const auto spec = parse_camera_spec(text);
    ASSERT_FALSE(spec) << text;
    EXPECT_EQ(spec.error().code, ErrorCode::InvalidArgument) << text;
  }
}

}  // namespace
}  // namespace meanwhile
