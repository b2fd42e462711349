#include "media/record/stills.h"

#include <gtest/gtest.h>

#include "media/record/poster_picker.h"
#include "tests/support/scripted_sources.h"

namespace meanwhile {
namespace {

bool starts_with(const Bytes& bytes, std::string_view magic) {
  return as_text(bytes).starts_with(magic);
}

TEST(Poster, IsAJpegOfWhateverSizeThePictureHas) {
  for (const auto& [width, height] : {std::pair{1920, 1080}, {320, 180}, {2, 2}, {4096, 2}, {2, 4096}}) {
    const auto jpeg = encode_poster(*grey_frame(width, height, 100, 1));
    ASSERT_TRUE(jpeg) << width << " x " << height << ": " << jpeg.error().message;
    EXPECT_TRUE(starts_with(*jpeg, "\xff\xd8"));
  }
}

TEST(Poster, PrefersAPictureWithSomethingInIt) {
  PosterPicker picker;
  picker.offer(*grey_frame(320, 180, 16), MediaTime{});
  picker.offer(*grey_frame(320, 180, 100, 5), std::chrono::seconds(2));
  picker.offer(*grey_frame(320, 180, 16), std::chrono::seconds(4));

  EXPECT_EQ(picker.take()->data[0][0], 100);
}

TEST(Png, RefusesSizesThatDoNotFit) {
  EXPECT_TRUE(encode_png(1, 2, std::vector<std::uint8_t>(8)));
  EXPECT_EQ(encode_png(2, 2, std::vector<std::uint8_t>(8)).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(encode_png(0, 0, {}).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(encode_png(-1, -4, std::vector<std::uint8_t>(16)).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(encode_png(100'000, 1, std::vector<std::uint8_t>(400'000)).error().code,
            ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace meanwhile
