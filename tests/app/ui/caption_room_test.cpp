#include "app/ui/caption_room.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

constexpr Box kPicture{0, 0, 1000, 500};
constexpr float kHeight = 60;

TEST(CaptionRoom, IsThePictureWhereNothingIsInTheWay) {
  const Box away{0, 100, 1000, 300};
  const Box room = caption_room(kPicture, kHeight, PictureEdge::Bottom, {away});
  EXPECT_EQ(room.bottom, 500);
  EXPECT_EQ(room.width(), 1000);
}

TEST(CaptionRoom, IsBesideAFaceInTheCorner) {
  const Box face{780, 300, 980, 490};
  const Box room = caption_room(kPicture, kHeight, PictureEdge::Bottom, {face});
  EXPECT_EQ(room.bottom, 500);
  EXPECT_EQ(room.left, 0);
  EXPECT_EQ(room.right, 770);
  EXPECT_EQ(caption_room(kPicture, kHeight, PictureEdge::Top, {face}).width(), 1000);
}

TEST(CaptionRoom, IsBeyondWhatTakesTheMiddle) {
  const Box card{250, 350, 750, 480};
  EXPECT_EQ(caption_room(kPicture, kHeight, PictureEdge::Bottom, {card}).bottom, 340);
  const Box tools{300, 10, 700, 54};
  EXPECT_EQ(caption_room(kPicture, kHeight, PictureEdge::Top, {tools}).top, 64);
}

TEST(CaptionRoom, KeepsOffAllOfThem) {
  const Box face{780, 300, 980, 490};
  const Box pill{400, 450, 600, 475};
  const Box room = caption_room(kPicture, kHeight, PictureEdge::Bottom, {pill, face});
  EXPECT_LE(room.bottom, 450);
  EXPECT_LE(room.right, 780);
}

TEST(CaptionRoom, CoversSomethingWhereThereIsNoOtherPlace) {
  const Box all{-10, -10, 1010, 510};
  EXPECT_EQ(caption_room(kPicture, kHeight, PictureEdge::Bottom, {all}).bottom, 500);
}

}  // namespace
}  // namespace meanwhile
