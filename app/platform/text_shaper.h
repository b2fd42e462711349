// Text that the window's own type face can't show: other scripts, right to left, emoji. Pango lays it out
// with the fonts that the system has.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "app/platform/painter.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

// Main thread. Keeps what it made, up to a few MB. Source: docs.gtk.org/Pango, docs.gtk.org/PangoCairo.
class TextShaper {
 public:
  TextShaper();
  ~TextShaper();

  // All lengths in pixels. font_height: what a line of the window's own face takes, at that size.
  struct Form : TextForm {
    float font_height = 0;
  };
  struct Extent {
    int width = 0;
    int height = 0;
    bool is_shortened = false;
  };
  const Extent& measure(std::string_view text, const Form& form);

  // As Painter's.
  ImVec2 caret_place(std::string_view text, const Form& form, std::size_t index);
  std::size_t caret_index(std::string_view text, const Form& form, ImVec2 point);
  std::vector<ImVec4> chosen_boxes(std::string_view text, const Form& form, std::size_t from, std::size_t to);

  struct Image {
    std::uint64_t id = 0;  // its own
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;  // straight alpha
  };
  // kMargin pixels around what measure() says: letters of some scripts reach out. Until the next call.
  static constexpr int kMargin = 4;
  const Image& image(std::string_view text, const Form& form, ImU32 color);

 private:
  class Cache;
  Cache& cache();

  std::unique_ptr<Cache> cache_;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
