#include "media/play/apart/arena.h"

#include <gtest/gtest.h>

#include "media/play/apart/lent_pictures.h"

namespace meanwhile::test {
namespace {

constexpr std::size_t kPage = 4096;

class ArenaOfEightPages : public testing::Test {
 protected:
  std::vector<std::byte> memory_ = std::vector<std::byte>(8 * kPage);
  Arena arena_{memory_};
};

TEST_F(ArenaOfEightPages, GivesEachItsOwnPlace) {
  const BufferPtr first = arena_.allocate(kPage + 1);
  const BufferPtr second = arena_.allocate(10);
  EXPECT_EQ(arena_.offset_of(first->data), 0U);
  EXPECT_EQ(arena_.offset_of(second->data), 2 * kPage);
}

TEST_F(ArenaOfEightPages, GivesNoMoreThanItHas) {
  EXPECT_FALSE(arena_.allocate(8 * kPage + 1));
  const BufferPtr all = arena_.allocate(8 * kPage);
  EXPECT_TRUE(all);
  EXPECT_FALSE(arena_.allocate(1));
}

TEST_F(ArenaOfEightPages, JoinsWhatIsGivenBack) {
  for (const auto& order :
       {std::array{0, 1, 2}, std::array{2, 1, 0}, std::array{0, 2, 1}, std::array{1, 0, 2}}) {
    std::array<BufferPtr, 3> parts{arena_.allocate(2 * kPage), arena_.allocate(2 * kPage),
                                   arena_.allocate(4 * kPage)};
    EXPECT_TRUE(parts[2]);
    for (const int part : order) parts[static_cast<std::size_t>(part)].reset();
    EXPECT_TRUE(arena_.allocate(8 * kPage));
  }
}

TEST_F(ArenaOfEightPages, UsesTheLowestPlaceAgain) {
  BufferPtr first = arena_.allocate(kPage);
  const BufferPtr second = arena_.allocate(kPage);
  first.reset();
  EXPECT_EQ(arena_.offset_of(arena_.allocate(kPage)->data), 0U);
}

TEST_F(ArenaOfEightPages, KnowsWhatLiesElsewhere) {
  EXPECT_FALSE(arena_.offset_of(&arena_));
  EXPECT_FALSE(arena_.offset_of(memory_.data() + memory_.size()));
}

TEST_F(ArenaOfEightPages, HoldsALentPictureUntilItComesBack) {
  const auto lap = std::make_unique<Lap>();
  LentPictures lent(arena_, *lap);
  const std::vector<std::uint8_t> grey(64 * 64 * 3 / 2, 128);
  auto picture = std::make_shared<Picture>(Picture{.width = 64, .height = 64, .strides = {64, 32, 32}});
  picture->planes = {grey.data(), grey.data() + 64 * 64, grey.data() + 64 * 64 * 5 / 4};
  const SentPicture sent = lent.lend(picture);
  EXPECT_TRUE(is_sound(sent, memory_.size()));
  EXPECT_EQ(memory_[sent.planes[2] + 5], std::byte{128});
  EXPECT_FALSE(arena_.allocate(8 * kPage));
  lap->returned[sent.ticket] = 1;
  lent.take_back();
  EXPECT_TRUE(arena_.allocate(8 * kPage));
}

TEST_F(ArenaOfEightPages, LendsNothingWhereThereIsNoRoom) {
  const auto lap = std::make_unique<Lap>();
  LentPictures lent(arena_, *lap);
  const std::vector<std::uint8_t> grey(256 * 256 * 3 / 2, 128);
  auto picture = std::make_shared<Picture>(Picture{.width = 256, .height = 256, .strides = {256, 128, 128}});
  picture->planes = {grey.data(), grey.data(), grey.data()};
  EXPECT_EQ(lent.lend(picture).width, 0U);
}

}  // namespace
}  // namespace meanwhile::test
