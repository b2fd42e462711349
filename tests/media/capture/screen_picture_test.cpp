#include "media/capture/screen_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "tests/support/picture_colours.h"

namespace meanwhile {
namespace {

// A screen in memory, of which any part can be handed over.
class Canvas {
 public:
  explicit Canvas(Size size) : size_(size), pixels_(static_cast<std::size_t>(size.width) * size.height) {}

  void fill(std::uint32_t rgb) { std::ranges::fill(pixels_, rgb); }
  void scribble(Rect area, std::mt19937& random) {
    for (int y = area.y; y < area.y + area.height; ++y) {
      for (int x = area.x; x < area.x + area.width; ++x)
        pixels_[static_cast<std::size_t>(y) * size_.width + x] = random();
    }
  }
  ScreenPixels part(Rect area) const {
    const auto* first = pixels_.data() + static_cast<std::size_t>(area.y) * size_.width + area.x;
    return {reinterpret_cast<const std::uint8_t*>(first), size_.width * 4, PixelOrder::BlueFirst};
  }
  Rect whole() const { return {0, 0, size_.width, size_.height}; }

 private:
  const Size size_;
  std::vector<std::uint32_t> pixels_;
};

FramePtr drawn(ScreenPicture& picture, const Canvas& canvas, Rect area) {
  return picture.update({area}, {canvas.part(area)});
}

bool are_equal(const AVFrame& a, const AVFrame& b) {
  for (int plane = 0; plane < 3; ++plane) {
    const int shift = plane == 0 ? 0 : 1;
    for (int y = 0; y < a.height >> shift; ++y) {
      const std::uint8_t* row = a.data[plane] + y * a.linesize[plane];
      if (!std::equal(row, row + (a.width >> shift), b.data[plane] + y * b.linesize[plane])) return false;
    }
  }
  return true;
}

struct Scaling {
  Size source;
  Size picture;
};

class ScaledParts : public testing::TestWithParam<Scaling> {};

TEST_P(ScaledParts, AreThePixelsThatScalingTheWholeGives) {
  std::mt19937 random(7);
  Canvas canvas(GetParam().source);
  canvas.scribble(canvas.whole(), random);
  ScreenPicture in_parts(GetParam().picture);
  in_parts.set_source(GetParam().source);
  drawn(in_parts, canvas, canvas.whole());

  for (int i = 0; i < 20; ++i) {
    const auto even = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)) & ~1; };
    const int x = even(GetParam().source.width - 2);
    const int y = even(GetParam().source.height - 2);
    const Rect area{x, y, std::max(even(GetParam().source.width - x), 2),
                    std::max(even(GetParam().source.height - y), 2)};
    canvas.scribble(area, random);
    const FramePtr part = drawn(in_parts, canvas, area);

    ScreenPicture at_once(GetParam().picture);
    at_once.set_source(GetParam().source);
    ASSERT_TRUE(are_equal(*part, *drawn(at_once, canvas, canvas.whole())))
        << area.x << "," << area.y << " " << area.width << "x" << area.height;
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, ScaledParts,
                         testing::Values(Scaling{{384, 216}, {256, 144}}, Scaling{{512, 288}, {256, 144}},
                                         Scaling{{344, 144}, {256, 108}}, Scaling{{302, 200}, {254, 168}},
                                         Scaling{{400, 300}, {100, 100}}, Scaling{{64, 48}, {640, 480}}));

TEST(ScreenPicture, SourceOfAnotherShapeKeepsItAndGetsBlackBeside) {
  Canvas canvas({400, 100});
  canvas.fill(0x00ff00);
  ScreenPicture picture({200, 200});
  picture.set_source({400, 100});

  const FramePtr frame = drawn(picture, canvas, canvas.whole());

  EXPECT_TRUE(has_colour(*frame, 100, 70, 0x000000));
  EXPECT_TRUE(has_colour(*frame, 0, 80, 0x00ff00));
  EXPECT_TRUE(has_colour(*frame, 199, 118, 0x00ff00));
  EXPECT_TRUE(has_colour(*frame, 100, 130, 0x000000));
  EXPECT_EQ(picture.place(400, 100).x, 200);
  EXPECT_EQ(picture.place(400, 100).y, picture.placement().y + picture.placement().height);
}

TEST(ScreenPicture, SmallerSourceIsNotEnlarged) {
  const Rect place = placement_of({100, 50}, {640, 480});

  EXPECT_EQ(place.width, 100);
  EXPECT_EQ(place.height, 50);
  EXPECT_EQ(place.x, 270);
  EXPECT_EQ(place.y, 214);
}

TEST(ScreenPicture, NothingOfTheSourceBeforeIsLeft) {
  Canvas large({64, 64});
  large.fill(0xff0000);
  Canvas small({32, 32});
  small.fill(0x00ff00);
  ScreenPicture picture({64, 64});
  drawn(picture, large, large.whole());

  picture.set_source({32, 32});
  const FramePtr frame = drawn(picture, small, small.whole());

  EXPECT_TRUE(has_colour(*frame, 32, 32, 0x00ff00));
  EXPECT_TRUE(has_colour(*frame, 2, 2, 0x000000));
}

TEST(RecordedSize, IsEvenAndNoWiderThanAllowed) {
  const auto expect = [](Size source, int most, int width, int height) {
    const Size size = recorded_size(source, most);
    EXPECT_EQ(size.width, width);
    EXPECT_EQ(size.height, height);
    const Rect place = placement_of({source.width & ~1, source.height & ~1}, size);
    EXPECT_EQ(place.width, width) << source.width;
    EXPECT_LE(height - place.height, 2) << source.height;
  };
  expect({1920, 1080}, 2560, 1920, 1080);
  expect({1365, 767}, 2560, 1364, 766);
  expect({3840, 2160}, 2560, 2560, 1440);
  expect({5120, 1440}, 2560, 2560, 720);
  expect({3440, 1440}, 2560, 2560, 1072);
  expect({3001, 1001}, 1001, 1000, 334);
}

}  // namespace
}  // namespace meanwhile
