#include "app/demo/talking_face.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <numbers>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

constexpr int kFaceWidth = 640;
constexpr int kFaceHeight = 360;
constexpr int kFramesPerSecond = 15;
constexpr int kFrames = 2 * kFramesPerSecond;  // two seconds, looped

struct Yuv {
  double y, u, v;
};
constexpr Yuv kWall{.y = 62, .u = 140, .v = 118};
constexpr Yuv kLamp{.y = 120, .u = 118, .v = 140};
constexpr Yuv kSkin{.y = 168, .u = 108, .v = 152};
constexpr Yuv kHair{.y = 44, .u = 124, .v = 136};
constexpr Yuv kShirt{.y = 96, .u = 156, .v = 104};
constexpr Yuv kWhite{.y = 228, .u = 128, .v = 128};
constexpr Yuv kDark{.y = 30, .u = 128, .v = 130};
constexpr Yuv kMouth{.y = 78, .u = 116, .v = 178};

// 1 inside an ellipse, 0 outside, softened over about a pixel and a half at the edge.
double ellipse(double x, double y, double center_x, double center_y, double radius_x, double radius_y) {
  const double dx = (x - center_x) / radius_x;
  const double dy = (y - center_y) / radius_y;
  const double distance = (std::sqrt(dx * dx + dy * dy) - 1) * std::min(radius_x, radius_y);
  return std::clamp(0.5 - distance / 1.5, 0.0, 1.0);
}

void cover(Yuv& below, const Yuv& above, double alpha) {
  below.y += (above.y - below.y) * alpha;
  below.u += (above.u - below.u) * alpha;
  below.v += (above.v - below.v) * alpha;
}

// Where the face is and what it does at one moment of the loop.
struct Pose {
  double sway;
  double nod;
  double mouth;
  double eyes;

  explicit Pose(int frame) {
    const double turn = 2 * std::numbers::pi * frame / kFrames;
    sway = 9 * std::sin(turn);
    nod = 4 * std::sin(2 * turn);
    mouth = 3 + 9 * std::abs(std::sin(3.5 * turn)) * (0.6 + 0.4 * std::sin(turn));
    eyes = frame == kFrames / 2 ? 1.0 : 7.5;  // one blink a loop
  }
};

Yuv color_at(double x, double y, const Pose& pose) {
  Yuv color = kWall;
  cover(color, kLamp, 0.55 * ellipse(x, y, 120, 90, 150, 120));
  const double face_x = kFaceWidth / 2.0 + pose.sway;
  const double face_y = 165 + pose.nod;
  cover(color, kShirt, ellipse(x, y, kFaceWidth / 2.0 + pose.sway / 3, 385, 150, 118));
  cover(color, kSkin, ellipse(x, y, face_x, face_y + 88, 30, 46));
  cover(color, kHair, ellipse(x, y, face_x, face_y - 18, 88, 98));
  cover(color, kSkin, ellipse(x, y, face_x, face_y + 12, 72, 90));
  for (const double side : {-1.0, 1.0}) {
    cover(color, kWhite, ellipse(x, y, face_x + side * 28, face_y - 2, 12, pose.eyes));
    cover(color, kDark,
          ellipse(x, y, face_x + side * 28 + pose.sway / 4, face_y - 2, 5.5, std::min(5.5, pose.eyes)));
    cover(color, kHair, ellipse(x, y, face_x + side * 28, face_y - 20, 15, 3));
  }
  cover(color, kMouth, ellipse(x, y, face_x, face_y + 56, 20, pose.mouth));
  return color;
}

void append_frame(std::string& out, const Pose& pose) {
  std::vector<Yuv> pixels(static_cast<std::size_t>(kFaceWidth) * kFaceHeight);
  for (int y = 0; y < kFaceHeight; ++y) {
    for (int x = 0; x < kFaceWidth; ++x)
      pixels[static_cast<std::size_t>(y) * kFaceWidth + x] = color_at(x, y, pose);
  }
  out += "FRAME\n";
  for (const Yuv& pixel : pixels) out += static_cast<char>(static_cast<std::uint8_t>(pixel.y));
  for (const auto channel : {&Yuv::u, &Yuv::v}) {
    for (int y = 0; y < kFaceHeight; y += 2) {
      for (int x = 0; x < kFaceWidth; x += 2) {
        out += static_cast<char>(
            static_cast<std::uint8_t>(pixels[static_cast<std::size_t>(y) * kFaceWidth + x].*channel));
      }
    }
  }
}

}  // namespace

Result<void> write_talking_face(const std::filesystem::path& path) {
  std::string film = "YUV4MPEG2 W" + std::to_string(kFaceWidth) + " H" + std::to_string(kFaceHeight) + " F" +
                     std::to_string(kFramesPerSecond) + ":1 Ip A1:1 C420jpeg\n";
  for (int frame = 0; frame < kFrames; ++frame) append_frame(film, Pose(frame));
  return write_file_durably(path, as_byte_span(film));
}

}  // namespace meanwhile
