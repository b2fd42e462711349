#include "media/export/composer.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "media/export/scene_layout.h"
#include "media/ffmpeg/pictures.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

constexpr Size kCanvas{856, 360};

Scene laid_out(Layout layout, Size canvas, const PicturePtr& screen, const PicturePtr& camera) {
  return lay_out(look_at({}, 0s, {layout, true}, look_area(canvas), size_of(screen), size_of(camera)),
                 {screen, camera});
}

PicturePtr numbered_picture(Size size, int number) {
  return to_picture(numbered_frame(size.width, size.height, number), 0s);
}

bool is_same_plane(const AVFrame& a, const AVFrame& b, int plane) {
  const int shift = plane == 0 ? 0 : 1;
  for (int y = 0; y < a.height >> shift; ++y) {
    if (std::memcmp(a.data[plane] + y * a.linesize[plane], b.data[plane] + y * b.linesize[plane],
                    static_cast<std::size_t>(a.width >> shift)) != 0)
      return false;
  }
  return true;
}

bool is_same_picture(const AVFrame& a, const AVFrame& b) {
  return is_same_plane(a, b, 0) && is_same_plane(a, b, 1) && is_same_plane(a, b, 2);
}

// Pictures, a pointer and a layout of which any may be another the next time.
class Scenes {
 public:
  Scenes(unsigned seed, Size screen) : random_(seed) {
    for (int i = 0; i < 3; ++i) {
      screens_.push_back(numbered_picture(screen, i));
      cameras_.push_back(numbered_picture({320, 180}, 100 + i));
    }
  }

  Scene next() {
    if (is_by_chance(4)) screen_ = pick(screens_.size());
    if (is_by_chance(2)) camera_ = pick(cameras_.size());
    if (is_by_chance(8)) layout_ = static_cast<Layout>(pick(4));
    if (is_by_chance(2))
      pointer_ = {.x = static_cast<int>(pick(660)) - 10,
                  .y = static_cast<int>(pick(380)) - 10,
                  .is_pressed = is_by_chance(2)};
    Scene scene = laid_out(layout_, kCanvas, screens_[screen_], cameras_[camera_]);
    if (scene.screen) scene.screen->pointer = pointer_;
    return scene;
  }

 private:
  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }
  bool is_by_chance(std::size_t one_in) { return pick(one_in) == 0; }

  std::mt19937 random_;
  std::vector<PicturePtr> screens_;
  std::vector<PicturePtr> cameras_;
  std::size_t screen_ = 0;
  std::size_t camera_ = 0;
  Layout layout_ = Layout::SideBySide;
  PointerMark pointer_;
};

void expect_as_drawn_anew(Size screen) {
  Scenes scenes(static_cast<unsigned>(screen.width), screen);
  Composer kept(kCanvas, true);
  for (int i = 0; i < 200; ++i) {
    const Scene scene = scenes.next();
    Composer fresh(kCanvas, true);
    kept.prepare(scene);
    fresh.prepare(scene);
    ASSERT_TRUE(kept.draw());
    ASSERT_TRUE(fresh.draw());
    ASSERT_TRUE(is_same_picture(kept.canvas(), fresh.canvas())) << "scene " << i;
  }
}

TEST(Composer, WhatWasKeptLooksAsIfItWereDrawnAnew) {
  expect_as_drawn_anew({640, 360});  // as it is
  expect_as_drawn_anew({960, 540});  // scaled down
  expect_as_drawn_anew({322, 182});  // up
}

TEST(Composer, OnlyWhatDiffersIsDrawn) {
  Composer composer(kCanvas, true);
  Scene scene =
      laid_out(Layout::SideBySide, kCanvas, numbered_picture({640, 360}, 1), numbered_picture({320, 180}, 2));
  const auto draw = [&] {
    const double share = composer.prepare(scene);
    EXPECT_TRUE(composer.draw());
    return share;
  };
  EXPECT_EQ(draw(), 1);
  EXPECT_EQ(draw(), 0);
  scene.screen->picture = numbered_picture({640, 360}, 1);  // another one that looks the same
  EXPECT_EQ(draw(), 0);
  scene.screen->pointer = PointerMark{.x = 100, .y = 100};
  const double pointer = draw();
  EXPECT_GT(pointer, 0);
  EXPECT_LT(pointer, 0.01);
  scene.camera->picture = numbered_picture({320, 180}, 3);
  const double camera = draw();
  EXPECT_GT(camera, 0.01);
  EXPECT_LT(camera, 0.25);
}

TEST(Composer, ColoursOfAnotherMatrixAreConverted) {
  const PicturePtr plain = numbered_picture({640, 360}, 1);
  Picture red = *plain;
  const std::vector<std::uint8_t> luma(640 * 360, 81), blue(640 * 360, 90), reddish(640 * 360, 240);
  red.planes = {luma.data(), blue.data(), reddish.data()};  // (255, 0, 0) of BT.601
  red.strides = {640, 320, 320};
  red.bt709 = false;
  Composer composer({640, 360}, true);
  composer.prepare(laid_out(Layout::Screen, {640, 360}, std::make_shared<const Picture>(red), nullptr));
  ASSERT_TRUE(composer.draw());
  const AVFrame& canvas = composer.canvas();
  EXPECT_NEAR(canvas.data[0][100 * canvas.linesize[0] + 100], 63, 3);
  EXPECT_NEAR(canvas.data[2][50 * canvas.linesize[2] + 50], 240, 3);
}

}  // namespace
}  // namespace meanwhile::test
