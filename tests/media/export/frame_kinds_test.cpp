#include "media/export/frame_kinds.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

// Frames, 40 ms apart, as letters: what changes in each, and what kind each is.
std::string kinds_of(const std::vector<double>& changes) {
  FrameKinds kinds;
  std::string letters;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto when = [&](std::size_t place) {
      return FrameKinds::Upcoming{.at = 40ms * place, .changes = changes[place]};
    };
    const auto next = i + 1 < changes.size() ? std::optional(when(i + 1)) : std::nullopt;
    const AVPictureType kind = kinds.of(when(i), next);
    letters += kind == AV_PICTURE_TYPE_NONE ? '?' : av_get_picture_type_char(kind);
  }
  return letters;
}

TEST(FrameKinds, AFaceBesideAStillScreenIsToldInFull) {
  EXPECT_EQ(kinds_of(std::vector<double>(10, 0.1)), "IBBBPBBBPP");
}

TEST(FrameKinds, AFilmIsLeftToTheEncoder) {
  EXPECT_EQ(kinds_of(std::vector<double>(6, 0.9)), "I?????");
}

TEST(FrameKinds, AnotherSlideIsNoFilm) {
  EXPECT_EQ(kinds_of({1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1}), "IBBPBBP");
}

TEST(FrameKinds, NothingThatIsToldStandsBesideWhatTheEncoderChooses) {
  EXPECT_EQ(kinds_of({1, 0.1, 0.8, 0.8, 0.8, 0.1, 0.1, 0.1}), "IBP??PBP");
}

TEST(FrameKinds, AKeyframeEachFourSecondsWhateverChanges) {
  for (const double changes : {0.1, 1.0}) {
    const std::string kinds = kinds_of(std::vector<double>(250, changes));
    EXPECT_EQ(kinds[100], 'I');
    EXPECT_EQ(kinds[200], 'I');
    EXPECT_NE(kinds[99], 'B');
  }
}

}  // namespace
}  // namespace meanwhile::test
