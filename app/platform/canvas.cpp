#include "app/platform/canvas.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/draw_data.h"
#include "app/platform/fonts.h"
#include "app/platform/imgui_versions.h"
#include "app/platform/painter.h"
#include "app/platform/round_mask.h"
#include "app/platform/text_shaper.h"
#include "app/platform/texture_marks.h"
#include "media/base/clock.h"
#include "media/base/log.h"
#include "media/base/picture.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr SDL_Color kBackground{16, 16, 16, 255};  // what shows for an instant while the window grows

// What ImGui draws by itself (text fields, scrollbars) should be as sharp as the rest.
void set_up_imgui() {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendRendererName = "meanwhile_sdl_renderer";
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  io.ConfigInputTextCursorBlink = true;
  // The software renderer doesn't filter triangles, which these lines rely on.
  ImGui::GetStyle().AntiAliasedLinesUseTex = false;
}

}  // namespace

bool is_software(SDL_Renderer* renderer) {
  SDL_RendererInfo info{};
  return SDL_GetRendererInfo(renderer, &info) == 0 && (info.flags & SDL_RENDERER_SOFTWARE) != 0;
}

Canvas::Canvas(SDL_Renderer* renderer, float scale)
    : renderer_(renderer),
      context_(ImGui::CreateContext()),
      textures_(renderer),
      draw_data_(renderer, is_software(renderer)),
      scale_(scale) {
  make_current();
  set_up_imgui();
}

Canvas::~Canvas() {
  make_current();
  ImGui::GetIO().Fonts->SetTexID({});
}

void Canvas::make_current() const {
  ImGui::SetCurrentContext(context_.get());
}

void Canvas::set_scale(float scale, float pixels_per_unit) {
  if (scale == scale_ && pixels_per_unit == pixels_per_unit_) return;
  scale_ = scale;
  pixels_per_unit_ = pixels_per_unit;
  fonts_are_stale_ = true;
}

void Canvas::make_fonts() {
  ImGuiIO& io = ImGui::GetIO();
  fonts_ = load_fonts(*io.Fonts, scale_ * pixels_per_unit_);
  io.FontGlobalScale = 1 / pixels_per_unit_;
  unsigned char* rgba = nullptr;
  int width = 0;
  int height = 0;
  io.Fonts->GetTexDataAsRGBA32(&rgba, &width, &height);
  font_texture_.reset(
      SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_ABGR8888, SDL_TEXTUREACCESS_STATIC, width, height));
  if (font_texture_) {
    SDL_UpdateTexture(font_texture_.get(), nullptr, rgba, width * 4);
    SDL_SetTextureBlendMode(font_texture_.get(), SDL_BLENDMODE_BLEND);
    SDL_SetTextureScaleMode(font_texture_.get(), SDL_ScaleModeLinear);
    mark_as_filled(font_texture_.get());
  } else {
    log(LogLevel::Error, std::string("Making the texture of the fonts: ") + SDL_GetError());
  }
  io.Fonts->SetTexID(to_texture_id(font_texture_.get()));
  io.Fonts->ClearTexData();
  letters_ = letters_met();
  fonts_are_stale_ = false;
}

void Canvas::renew_textures() {
  textures_.forget_all();
  fonts_are_stale_ = true;
  forget_pixels();
}

void Canvas::prepare_frame() {
  make_current();
  is_right_to_left_ = reads_right_to_left();
  if (fonts_are_stale_ || letters_ != letters_met()) make_fonts();
}

void Canvas::begin_frame() {
  one_thread_.check();
  redraw_at_.reset();
  if (is_right_to_left_) point_everywhere(waiting_, [&](ImVec2 seen) { return mirror_.laid_out(seen); });
  ImGui::NewFrame();
  waiting_ = waiting_events();
  mirror_.begin_frame(ImGui::GetIO().DisplaySize.x);
}

bool Canvas::end_frame() {
  one_thread_.check();
  // A caret that blinks is a change, too.
  if (ImGui::GetIO().WantTextInput) redraw_after(std::chrono::milliseconds(400));
  // The shaper drew the first text of other letters; from the next frame on the faces have them.
  if (letters_ != letters_met()) redraw_after(std::chrono::milliseconds(0));
  ImGui::Render();
  if (is_right_to_left_) mirror_.apply(*ImGui::GetDrawData());
  const bool has_changed = draw_data_.render(*ImGui::GetDrawData(), kBackground);
  textures_.end_frame();
  keys_.clear();
  wish_.reset();
  return has_changed;
}

void Canvas::tell(std::vector<Accessible> parts) {
  if (is_right_to_left_) {
    for (Accessible& part : parts) {
      AccessiblePlace& place = part.place;
      const ImVec4 seen = mirror_.seen(
          {float(place.x), float(place.y), float(place.x + place.width), float(place.y + place.height)});
      place.x = int(seen.x);
    }
  }
  told_ = std::move(parts);
}

float Canvas::font_height(TextStyle style) const {
  return std::round(text_points(style) * scale_ * pixels_per_unit_) / pixels_per_unit_;
}

float Canvas::icon_height(IconSize size) const {
  return std::round(icon_points(size) * scale_ * pixels_per_unit_) / pixels_per_unit_;
}

ImTextureID Canvas::picture(std::string_view slot, const PicturePtr& picture, int width, int height) {
  return to_texture_id(textures_.picture(slot, picture, pixels(width), pixels(height)));
}

ImTextureID Canvas::round_picture(std::string_view slot, const PicturePtr& picture, int diameter) {
  return to_texture_id(textures_.round_picture(slot, picture, pixels(diameter)));
}

ImTextureID Canvas::image(std::string_view slot, int width, int height, std::span<const std::uint8_t> rgba,
                          std::uint64_t generation) {
  return to_texture_id(textures_.image(slot, width, height, rgba, generation));
}

ImTextureID Canvas::round_mask(int radius, int rim) {
  const std::pair<int, int> measures{pixels(radius), pixels(rim)};
  auto found = masks_.find(measures);
  if (found == masks_.end())
    found = masks_.emplace(measures, make_round_mask(measures.first, measures.second)).first;
  const RoundMask& mask = found->second;
  return image(mask.name, mask.side, mask.side, mask.rgba, 1);
}

TextShaper::Form Canvas::in_pixels(const TextForm& form) const {
  TextShaper::Form scaled{form};
  scaled.width *= pixels_per_unit_;
  scaled.line_step *= pixels_per_unit_;
  scaled.font_height = std::round(text_points(form.style) * scale_ * pixels_per_unit_);
  return scaled;
}

TextExtent Canvas::shaped_extent(std::string_view text, const TextForm& form) {
  const TextShaper::Extent& extent = shaper_.measure(text, in_pixels(form));
  return {float(extent.width) / pixels_per_unit_, float(extent.height) / pixels_per_unit_,
          extent.is_shortened};
}

ImVec2 Canvas::caret_place(std::string_view text, const TextForm& form, std::size_t index) {
  const ImVec2 place = shaper_.caret_place(text, in_pixels(form), index);
  return {place.x / pixels_per_unit_, place.y / pixels_per_unit_};
}

std::size_t Canvas::caret_index(std::string_view text, const TextForm& form, ImVec2 point) {
  return shaper_.caret_index(text, in_pixels(form), {point.x * pixels_per_unit_, point.y * pixels_per_unit_});
}

std::vector<ImVec4> Canvas::chosen_boxes(std::string_view text, const TextForm& form, std::size_t from,
                                         std::size_t to) {
  std::vector<ImVec4> boxes = shaper_.chosen_boxes(text, in_pixels(form), from, to);
  for (ImVec4& box : boxes)
    box = {box.x / pixels_per_unit_, box.y / pixels_per_unit_, box.z / pixels_per_unit_,
           box.w / pixels_per_unit_};
  return boxes;
}

// In slices: a long comment is taller than what some renderers take as one texture.
void Canvas::draw_shaped(ImDrawList& list, ImVec2 at, std::string_view text, const TextForm& form,
                         ImU32 color) {
  constexpr int kTallest = 2048;
  const TextShaper::Image& whole = shaper_.image(text, in_pixels(form), color);
  const float margin = float(TextShaper::kMargin) / pixels_per_unit_;
  for (int top = 0; top < whole.height; top += kTallest) {
    const int rows = std::min(kTallest, whole.height - top);
    const std::size_t row_bytes = std::size_t(whole.width) * 4;
    const auto pixels =
        std::span(whole.rgba).subspan(std::size_t(top) * row_bytes, std::size_t(rows) * row_bytes);
    const ImTextureID texture =
        image(fmt::format("text/{}/{}", whole.id, top), whole.width, rows, pixels, whole.id);
    if (!texture) continue;
    const ImVec2 from(at.x - margin, at.y - margin + float(top) / pixels_per_unit_);
    list.AddImage(
        texture, from,
        ImVec2(from.x + float(whole.width) / pixels_per_unit_, from.y + float(rows) / pixels_per_unit_));
  }
}

void Canvas::redraw_after(std::chrono::milliseconds after) {
  const MonotonicTime at = clock_.now() + after;
  if (!redraw_at_ || at < *redraw_at_) redraw_at_ = at;
}

}  // namespace meanwhile
