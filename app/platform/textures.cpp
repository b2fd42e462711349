#include "app/platform/textures.h"

#include <libyuv.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/texture_marks.h"
#include "media/base/picture.h"

namespace meanwhile {
namespace {

// A poster that scrolled out of sight for a moment needn't be scaled again.
constexpr std::int64_t kFramesKept = 120;

const libyuv::YuvConstants* matrix_of(const Picture& picture) {
  if (picture.bt709) return picture.full_range ? &libyuv::kYuvF709Constants : &libyuv::kYuvH709Constants;
  return picture.full_range ? &libyuv::kYuvJPEGConstants : &libyuv::kYuvI601Constants;
}

// Three planes of one scaled picture.
struct ScaledPlanes {
  ScaledPlanes(int width, int height)
      : stride(width), chroma_stride((width + 1) / 2), chroma_height((height + 1) / 2) {
    bytes.resize(std::size_t(stride) * height + 2 * std::size_t(chroma_stride) * chroma_height);
    y = bytes.data();
    u = y + std::size_t(stride) * height;
    v = u + std::size_t(chroma_stride) * chroma_height;
  }
  int stride;
  int chroma_stride;
  int chroma_height;
  std::vector<std::uint8_t> bytes;
  std::uint8_t* y;
  std::uint8_t* u;
  std::uint8_t* v;
};

struct Target {
  std::uint8_t* pixels;
  int pitch;
  int width;
  int height;
};

void convert(const Picture& from, const Target& to) {
  libyuv::I420ToARGBMatrix(from.planes[0], from.strides[0], from.planes[1], from.strides[1], from.planes[2],
                           from.strides[2], to.pixels, to.pitch, matrix_of(from), to.width, to.height);
}

// Scaled in YUV, before the conversion: half the bytes of RGB. Box: every pixel counts, so that small text
// stays grey rather than falling apart.
void scale_and_convert(const Picture& from, const Target& to) {
  if (from.width == to.width && from.height == to.height) return convert(from, to);
  const ScaledPlanes scaled(to.width, to.height);
  libyuv::I420Scale(from.planes[0], from.strides[0], from.planes[1], from.strides[1], from.planes[2],
                    from.strides[2], from.width, from.height, scaled.y, scaled.stride, scaled.u,
                    scaled.chroma_stride, scaled.v, scaled.chroma_stride, to.width, to.height,
                    libyuv::kFilterBox);
  Picture shown = from;
  shown.planes = {scaled.y, scaled.u, scaled.v};
  shown.strides = {scaled.stride, scaled.chroma_stride, scaled.chroma_stride};
  convert(shown, to);
}

// The same pixels, less what sticks out of the middle square.
Picture middle_square(const Picture& picture) {
  Picture square = picture;
  const int side = std::min(picture.width, picture.height);
  // Even, so that the colours stay with their pixels.
  const int left = (picture.width - side) / 2 & ~1;
  const int top = (picture.height - side) / 2 & ~1;
  square.width = square.height = side;
  square.planes[0] += std::ptrdiff_t(top) * picture.strides[0] + left;
  for (int plane = 1; plane < 3; ++plane)
    square.planes[plane] += std::ptrdiff_t(top / 2) * picture.strides[plane] + left / 2;
  return square;
}

void cut_out_circle(const Target& to) {
  const float radius = float(to.width) / 2;
  for (int y = 0; y < to.height; ++y) {
    auto* row = reinterpret_cast<std::uint32_t*>(to.pixels + std::ptrdiff_t(y) * to.pitch);
    for (int x = 0; x < to.width; ++x) {
      const float away = std::hypot(float(x) + 0.5F - radius, float(y) + 0.5F - radius);
      const float cover = std::clamp(radius - away + 0.5F, 0.0F, 1.0F);
      row[x] = (row[x] & 0x00FFFFFFU) | (std::uint32_t(cover * 255 + 0.5F) << 24);
    }
  }
}

bool is_whole(const Picture& picture) {
  return picture.width > 0 && picture.height > 0 && picture.planes[0] != nullptr &&
         picture.planes[1] != nullptr && picture.planes[2] != nullptr;
}

}  // namespace

Textures::Slot* Textures::slot_of(std::string_view name, int width, int height, bool& fresh) {
  one_thread_.check();
  auto found = slots_.find(name);
  if (found == slots_.end()) found = slots_.emplace(std::string(name), Slot{}).first;
  Slot& slot = found->second;
  slot.last_frame = frame_;
  fresh = !slot.texture || slot.width != width || slot.height != height;
  if (!fresh) return &slot;
  slot.texture.reset(
      SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING, width, height));
  if (!slot.texture) return nullptr;
  SDL_SetTextureScaleMode(slot.texture.get(), SDL_ScaleModeLinear);
  slot.width = width;
  slot.height = height;
  return &slot;
}

SDL_Texture* Textures::picture(std::string_view name, const PicturePtr& picture, int width, int height) {
  return shaped(name, picture, width, height, Shape::Whole);
}

SDL_Texture* Textures::round_picture(std::string_view name, const PicturePtr& picture, int diameter) {
  return shaped(name, picture, diameter, diameter, Shape::Round);
}

SDL_Texture* Textures::shaped(std::string_view name, const PicturePtr& picture, int width, int height,
                              Shape shape) {
  if (!picture || !is_whole(*picture) || width <= 0 || height <= 0) return nullptr;
  bool fresh = false;
  Slot* slot = slot_of(name, width, height, fresh);
  if (slot == nullptr) return nullptr;
  const std::uint64_t generation = std::uint64_t(shape);
  if (!fresh && slot->picture == picture && slot->generation == generation) return slot->texture.get();
  void* pixels = nullptr;
  int pitch = 0;
  if (SDL_LockTexture(slot->texture.get(), nullptr, &pixels, &pitch) != 0) return nullptr;
  const Target target{static_cast<std::uint8_t*>(pixels), pitch, width, height};
  const bool is_round = shape == Shape::Round;
  scale_and_convert(is_round ? middle_square(*picture) : *picture, target);
  if (is_round) cut_out_circle(target);
  SDL_UnlockTexture(slot->texture.get());
  // Nothing to blend is much quicker.
  SDL_SetTextureBlendMode(slot->texture.get(), is_round ? SDL_BLENDMODE_BLEND : SDL_BLENDMODE_NONE);
  slot->picture = picture;
  slot->generation = generation;
  mark_as_filled(slot->texture.get());
  ++uploads_;
  return slot->texture.get();
}

SDL_Texture* Textures::image(std::string_view name, int width, int height, std::span<const std::uint8_t> rgba,
                             std::uint64_t generation) {
  if (width <= 0 || height <= 0 || rgba.size() < std::size_t(width) * height * 4) return nullptr;
  bool fresh = false;
  Slot* slot = slot_of(name, width, height, fresh);
  if (slot == nullptr) return nullptr;
  if (!fresh && slot->generation == generation) return slot->texture.get();
  void* pixels = nullptr;
  int pitch = 0;
  if (SDL_LockTexture(slot->texture.get(), nullptr, &pixels, &pitch) != 0) return nullptr;
  libyuv::ABGRToARGB(rgba.data(), width * 4, static_cast<std::uint8_t*>(pixels), pitch, width, height);
  SDL_UnlockTexture(slot->texture.get());
  SDL_SetTextureBlendMode(slot->texture.get(), SDL_BLENDMODE_BLEND);
  slot->generation = generation;
  mark_as_filled(slot->texture.get());
  ++uploads_;
  return slot->texture.get();
}

void Textures::end_frame() {
  ++frame_;
  std::erase_if(slots_, [&](const auto& entry) { return entry.second.last_frame + kFramesKept < frame_; });
}

}  // namespace meanwhile
