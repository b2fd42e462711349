// Dear ImGui on one SDL renderer: its context, fonts and textures. The window and the tests draw through it
// alike.
#pragma once

#include <SDL.h>
#include <imgui.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/draw_data.h"
#include "app/platform/fonts.h"
#include "app/platform/keys.h"
#include "app/platform/mirror.h"
#include "app/platform/painter.h"
#include "app/platform/round_mask.h"
#include "app/platform/sdl_owners.h"
#include "app/platform/text_shaper.h"
#include "app/platform/textures.h"
#include "media/base/clock.h"
#include "media/base/picture.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

// Main thread. renderer must outlive it.
class Canvas final : public Painter {
 public:
  Canvas(SDL_Renderer* renderer, float scale);
  ~Canvas() override;
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  // ui scale, and pixels for one unit of the window's coordinates (2 on a Wayland screen at 200 %). Between
  // frames.
  void set_scale(float scale, float pixels_per_unit);
  // ImGui's functions mean this canvas from here on; frames do it by themselves.
  void make_current() const;
  void press(KeyPress press) { keys_.push_back(press); }
  // For the next frame.
  void set_heard(bool is_heard) { is_heard_ = is_heard; }
  void wish(AccessibleWish wish) { wish_ = std::move(wish); }
  // What the last frame told, once.
  std::optional<std::vector<Accessible>> take_told() { return std::exchange(told_, std::nullopt); }

  // Whoever knows the input fills ImGuiIO between the two.
  void prepare_frame();
  void begin_frame();
  // Draws onto the renderer; presenting is the caller's. false: it looks as it did.
  bool end_frame();

  // What redraw_after() asked for in the last frame.
  std::optional<MonotonicTime> wanted_redraw() const { return redraw_at_; }
  // The renderer lost its textures: they are made anew.
  void renew_textures();
  // What the renderer drew before is lost: all of it is drawn again.
  void forget_pixels() { draw_data_.forget(); }
  const Textures& textures() const { return textures_; }

  float scale() const override { return scale_; }
  ImFont* font(TextStyle style) override { return fonts_.text[int(style)]; }
  ImFont* icon_font(IconSize size) override { return fonts_.icons[int(size)]; }
  float font_height(TextStyle style) const override;
  float icon_height(IconSize size) const override;
  std::span<const KeyPress> keys() const override { return keys_; }
  bool is_heard() const override { return is_heard_; }
  void tell(std::vector<Accessible> parts) override;
  const AccessibleWish* wish() const override { return wish_ ? &*wish_ : nullptr; }
  ImTextureID picture(std::string_view slot, const PicturePtr& picture, int width, int height) override;
  ImTextureID round_picture(std::string_view slot, const PicturePtr& picture, int diameter) override;
  ImTextureID image(std::string_view slot, int width, int height, std::span<const std::uint8_t> rgba,
                    std::uint64_t generation) override;
  ImTextureID round_mask(int radius, int rim) override;
  TextExtent shaped_extent(std::string_view text, const TextForm& form) override;
  ImVec2 caret_place(std::string_view text, const TextForm& form, std::size_t index) override;
  std::size_t caret_index(std::string_view text, const TextForm& form, ImVec2 point) override;
  std::vector<ImVec4> chosen_boxes(std::string_view text, const TextForm& form, std::size_t from,
                                   std::size_t to) override;
  void draw_shaped(ImDrawList& list, ImVec2 at, std::string_view text, const TextForm& form,
                   ImU32 color) override;
  Mirror* mirror() override { return is_right_to_left_ ? &mirror_ : nullptr; }
  void redraw_after(std::chrono::milliseconds after) override;

 private:
  struct ContextDelete {
    void operator()(ImGuiContext* context) const { ImGui::DestroyContext(context); }
  };
  void make_fonts();
  TextShaper::Form in_pixels(const TextForm& form) const;
  int pixels(int units) const { return int(float(units) * pixels_per_unit_ + 0.5F); }

  SDL_Renderer* const renderer_;
  const SteadyClock clock_;
  std::unique_ptr<ImGuiContext, ContextDelete> context_;
  Textures textures_;
  TextShaper shaper_;
  DrawDataRenderer draw_data_;
  SdlTexturePtr font_texture_;
  std::map<std::pair<int, int>, RoundMask> masks_;  // by radius and rim, in pixels
  FontSet fonts_;
  Letters letters_ = Letters::Common;  // that fonts_ have
  Mirror mirror_;
  bool is_right_to_left_ = false;  // the frame in work
  int waiting_ = 0;                // events of the pointer that the next frame gets
  float scale_ = 1;
  float pixels_per_unit_ = 1;
  bool fonts_are_stale_ = true;
  std::vector<KeyPress> keys_;
  bool is_heard_ = false;
  std::optional<AccessibleWish> wish_;
  std::optional<std::vector<Accessible>> told_;
  std::optional<MonotonicTime> redraw_at_;
  [[no_unique_address]] ThreadChecker one_thread_;
};

// Draws without a GPU: what is quick there differs.
bool is_software(SDL_Renderer* renderer);

}  // namespace meanwhile
