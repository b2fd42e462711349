#include "media/play/apart/lent_pictures.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "media/base/picture.h"
#include "media/play/apart/arena.h"
#include "media/play/apart/lap.h"

namespace meanwhile::test {
namespace {

constexpr std::size_t kPage = 4096;

class LentPicturesOfEightPages : public testing::Test {
 protected:
  std::vector<std::byte> memory_ = std::vector<std::byte>(8 * kPage);
  Arena arena_{memory_};
  const std::unique_ptr<Lap> lap_ = std::make_unique<Lap>();
  LentPictures lent_{arena_, *lap_};
};

TEST_F(LentPicturesOfEightPages, AreHeldUntilTheyComeBack) {
  const std::vector<std::uint8_t> grey(64 * 64 * 3 / 2, 128);
  auto picture = std::make_shared<Picture>(Picture{.width = 64, .height = 64, .strides = {64, 32, 32}});
  picture->planes = {grey.data(), grey.data() + 64 * 64, grey.data() + 64 * 64 * 5 / 4};
  const SentPicture sent = lent_.lend(picture);
  EXPECT_TRUE(is_sound(sent, memory_.size()));
  EXPECT_EQ(memory_[sent.planes[2] + 5], std::byte{128});
  EXPECT_FALSE(arena_.allocate(8 * kPage));
  lap_->returned[sent.ticket] = 1;
  lent_.take_back();
  EXPECT_TRUE(arena_.allocate(8 * kPage));
}

TEST_F(LentPicturesOfEightPages, AreNoneWhereThereIsNoRoom) {
  const std::vector<std::uint8_t> grey(256 * 256 * 3 / 2, 128);
  auto picture = std::make_shared<Picture>(Picture{.width = 256, .height = 256, .strides = {256, 128, 128}});
  picture->planes = {grey.data(), grey.data(), grey.data()};
  EXPECT_EQ(lent_.lend(picture).width, 0U);
}

TEST_F(LentPicturesOfEightPages, OfOneTicketAreTheLatestOfThem) {
  const BufferPtr buffer = arena_.allocate(6 * 64);
  auto picture = std::make_shared<Picture>(Picture{.width = 16, .height = 16, .strides = {16, 8, 8}});
  picture->planes = {buffer->data, buffer->data + 256, buffer->data + 320};
  const SentPicture first = lent_.lend(picture);
  lap_->returned[first.ticket] = 1;
  const SentPicture second = lent_.lend(picture);
  ASSERT_EQ(second.ticket, first.ticket);
  lent_.take_back();
  EXPECT_EQ(picture.use_count(), 2);  // one return doesn't pay for two loans
  lap_->returned[second.ticket] = 2;
  lent_.take_back();
  EXPECT_EQ(picture.use_count(), 1);
}

}  // namespace
}  // namespace meanwhile::test
