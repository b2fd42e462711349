// A frame dragged over a real screen.
#include "app/platform/area_picker.h"

#include <gtest/gtest.h>

#include <optional>

#include "media/base/guarded.h"
#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

constexpr Size kScreen{800, 600};
constexpr int kLeft = 1;
constexpr int kRight = 3;
constexpr int kEscape = 9;

bool operator==(const Rect& one, const Rect& other) {
  return one.x == other.x && one.y == other.y && one.width == other.width && one.height == other.height;
}

class AreaPickerTest : public testing::Test {
 protected:
  void SetUp() override {
    auto server = XServer::start(kScreen);
    if (!server) GTEST_SKIP() << server.error().message;
    server_ = std::move(*server);
    hands_ = XHands::connect(server_->display()).value();
    environment_.emplace(server_->environment());
    auto picker =
        AreaPicker::create([this](std::optional<Rect> area) { *picked_.lock() = Picked{true, area}; });
    ASSERT_TRUE(picker) << picker.error().message;
    picker_ = std::move(*picker);
  }
  void TearDown() override {
    picker_.reset();
    environment_.reset();
  }
  struct Picked {
    bool is_done = false;
    std::optional<Rect> area;
  };
  Picked picked() {
    EXPECT_TRUE(becomes_true([this] { return picked_.lock()->is_done; }));
    return picked_.copy();
  }

  std::unique_ptr<XServer> server_;
  std::unique_ptr<XHands> hands_;
  std::optional<ScopedEnvironment> environment_;
  Guarded<Picked> picked_;
  std::unique_ptr<AreaPicker> picker_;
};

TEST_F(AreaPickerTest, AFrameIsDraggedInAnyDirection) {
  hands_->move_pointer(500, 400);
  hands_->press(kLeft);
  hands_->move_pointer(200, 150);
  hands_->move_pointer(100, 101);
  hands_->release(kLeft);
  const Picked got = picked();
  ASSERT_TRUE(got.area);
  EXPECT_TRUE((*got.area == Rect{100, 101, 400, 298}));
}

TEST_F(AreaPickerTest, EscapeGivesUp) {
  hands_->move_pointer(300, 300);
  hands_->press_key(kEscape);
  hands_->release_key(kEscape);
  EXPECT_FALSE(picked().area);
}

TEST_F(AreaPickerTest, TheRightButtonGivesUp) {
  hands_->move_pointer(300, 300);
  hands_->press(kLeft);
  hands_->press(kRight);
  hands_->release(kRight);
  hands_->release(kLeft);
  EXPECT_FALSE(picked().area);
}

TEST(AreaBetween, StaysOnTheScreenAndIsNoClick) {
  const auto area = area_between(-20, 10, 5000, 301, {800, 600});
  ASSERT_TRUE(area);
  EXPECT_TRUE((*area == Rect{0, 10, 800, 290}));
  EXPECT_FALSE(area_between(10, 10, 12, 200, {800, 600}));
}

}  // namespace
}  // namespace meanwhile
