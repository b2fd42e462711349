#include "media/base/covered_picture.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/picture.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

// Noise, in which every pixel differs from its neighbours.
PicturePtr noise(int width, int height) {
  auto bytes = std::make_shared<std::vector<std::uint8_t>>();
  std::uint32_t seed = 1;
  for (int i = 0; i < width * height * 2; ++i)
    bytes->push_back(static_cast<std::uint8_t>((seed = seed * 1664525 + 1013904223) >> 24));
  auto picture = std::make_shared<Picture>();
  picture->width = width;
  picture->height = height;
  const int half = (width + 1) / 2;
  picture->planes = {bytes->data(), bytes->data() + width * height,
                     bytes->data() + width * height + half * ((height + 1) / 2)};
  picture->strides = {width, half, half};
  picture->owner = bytes;
  return picture;
}

std::uint8_t luma(const Picture& picture, int x, int y) {
  return picture.planes[0][y * picture.strides[0] + x];
}

std::set<int> values_in(const Picture& picture, int from_x, int to_x, int from_y, int to_y) {
  std::set<int> values;
  for (int y = from_y; y < to_y; ++y)
    for (int x = from_x; x < to_x; ++x) values.insert(luma(picture, x, y));
  return values;
}

CoveredArea middle(CoverKind kind) {
  return {{0s, 10s}, CoverTrack::Screen, kind, 0.25, 0.25, 0.5, 0.5};
}

TEST(CoveredPicture, OfWhatIsSolidNothingIsLeft) {
  const PicturePtr whole = noise(320, 180);
  const CoveredArea area = middle(CoverKind::Solid);
  const PicturePtr picture = covered(whole, CoverTrack::Screen, {&area});
  EXPECT_EQ(values_in(*picture, 80, 240, 45, 135).size(), 1U);
  EXPECT_EQ(luma(*picture, 10, 10), luma(*whole, 10, 10));
  EXPECT_EQ(luma(*picture, 79, 90), luma(*whole, 79, 90));
  EXPECT_GT(values_in(*whole, 80, 240, 45, 135).size(), 100U) << "what it was made of stays as it was";
}

TEST(CoveredPicture, OfWhatIsBlurredOnlyLargeBlocksAreLeft) {
  const PicturePtr whole = noise(320, 180);
  const CoveredArea area = middle(CoverKind::Blur);
  const PicturePtr picture = covered(whole, CoverTrack::Screen, {&area});
  EXPECT_EQ(values_in(*picture, 80, 80 + 24, 46, 44 + 24).size(), 1U);
  EXPECT_LT(values_in(*picture, 80, 240, 46, 134).size(), 40U);
}

TEST(CoveredPicture, OddSizesAndAreasAtTheEdgeStayInside) {
  const PicturePtr whole = noise(321, 181);
  const CoveredArea area{{0s, 10s}, CoverTrack::Screen, CoverKind::Blur, 0.9, 0.9, 1, 1};
  const PicturePtr picture = covered(whole, CoverTrack::Screen, {&area});
  EXPECT_EQ(picture->width, 321);
  EXPECT_NE(luma(*picture, 320, 180), 0);
}

TEST(CoveredPicture, IsMadeOnceAPictureAndOnlyWhereAndWhenItIsCovered) {
  const PicturePtr whole = noise(64, 64);
  const Arrangement arrangement{.covered = {middle(CoverKind::Solid)}};
  TrackCovers screen(CoverTrack::Screen);
  TrackCovers camera(CoverTrack::Camera);
  const PicturePtr once = screen.of(whole, &arrangement, 1s);
  EXPECT_NE(once, whole);
  EXPECT_EQ(screen.of(whole, &arrangement, 2s), once);
  EXPECT_EQ(screen.of(whole, &arrangement, 10s), whole);
  EXPECT_EQ(screen.of(whole, nullptr, 1s), whole);
  EXPECT_EQ(camera.of(whole, &arrangement, 1s), whole);
}

}  // namespace
}  // namespace meanwhile::test
