#include "app/demo/slides.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>

#include "app/platform/painter.h"
#include "app/platform/window.h"
#include "media/base/clock.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kSlideTime{3};
constexpr int kWidth = 1920;
constexpr int kHeight = 1080;
// The fonts are made for a window's text: twice that size is a slide's.
constexpr double kScale = 2;

struct Slide {
  const char* title;
  std::array<const char*, 3> points;
  std::array<float, 5> bars;
};

constexpr std::array<Slide, 3> kSlides{{
    {"Where we stand",
     {"The recorder keeps every word", "The first team uses it daily", "Sydney answers in her morning"},
     {0.35F, 0.48F, 0.55F, 0.72F, 0.9F}},
    {"What comes next",
     {"Shared storage of your own", "Answers at the very moment", "Nothing runs on our servers"},
     {0.3F, 0.34F, 0.5F, 0.52F, 0.6F}},
    {"What I need from you",
     {"A look at the second chart", "A yes or no by Thursday", "Your questions, right here"},
     {0.9F, 0.7F, 0.6F, 0.4F, 0.2F}},
}};

constexpr ImU32 kPaper = IM_COL32(250, 249, 246, 255);
constexpr ImU32 kInk = IM_COL32(28, 32, 44, 255);
constexpr ImU32 kSoftInk = IM_COL32(92, 99, 116, 255);
constexpr ImU32 kAccent = IM_COL32(68, 92, 220, 255);

class SlideShow final : public WindowClient {
 public:
  void draw(Painter& painter) override {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    const Slide& slide = kSlides[static_cast<std::size_t>(elapsed() / kSlideTime) % kSlides.size()];
    list.AddRectFilled({0, 0}, size, kPaper);
    list.AddRectFilled({0, 0}, {size.x * 0.012F, size.y}, kAccent);
    const float left = size.x * 0.08F;
    write(list, painter, TextStyle::Title, {left, size.y * 0.14F}, kInk, slide.title);
    float y = size.y * 0.34F;
    for (const char* point : slide.points) {
      list.AddCircleFilled({left + size.x * 0.006F, y + size.y * 0.018F}, size.y * 0.008F, kAccent);
      write(list, painter, TextStyle::Heading, {left + size.x * 0.03F, y}, kSoftInk, point);
      y += size.y * 0.09F;
    }
    draw_bars(list, slide, {size.x * 0.62F, size.y * 0.3F}, {size.x * 0.92F, size.y * 0.78F});
  }
  std::optional<MonotonicTime> next_change() override {
    return started_ + (elapsed() / kSlideTime + 1) * kSlideTime;
  }
  bool may_close() override { return true; }

 private:
  static void write(ImDrawList& list, Painter& painter, TextStyle style, ImVec2 at, ImU32 color,
                    const char* text) {
    list.AddText(painter.font(style), painter.font_height(style), at, color, text);
  }
  static void draw_bars(ImDrawList& list, const Slide& slide, ImVec2 from, ImVec2 to) {
    const float step = (to.x - from.x) / static_cast<float>(slide.bars.size());
    for (std::size_t i = 0; i < slide.bars.size(); ++i) {
      const float x = from.x + step * static_cast<float>(i);
      list.AddRectFilled({x, to.y - (to.y - from.y) * slide.bars[i]}, {x + step * 0.7F, to.y}, kAccent,
                         step * 0.08F);
    }
    list.AddLine({from.x, to.y}, to, kSoftInk, 2);
  }
  std::chrono::microseconds elapsed() const { return SteadyClock().now() - started_; }

  const MonotonicTime started_ = SteadyClock().now();
};

}  // namespace

Result<void> show_slides() {
  auto window = Window::create({.title = "Slides",
                                .width = static_cast<int>(kWidth / kScale),
                                .height = static_cast<int>(kHeight / kScale),
                                .scale = kScale});
  if (!window) return std::unexpected(window.error());
  (*window)->set_full_screen(true);
  SlideShow show;
  (*window)->run(show);
  return {};
}

}  // namespace meanwhile
