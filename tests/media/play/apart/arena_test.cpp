#include "media/play/apart/arena.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace meanwhile::test
