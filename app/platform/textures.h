// Pictures as textures of one renderer: made once, kept while they are shown.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "app/platform/sdl_owners.h"
#include "media/base/picture.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

// Main thread.
class Textures {
 public:
  explicit Textures(SDL_Renderer* renderer) : renderer_(renderer) {}

  // As Painter::picture, in pixels. nullptr: the renderer has no room for it, or there is no picture.
  SDL_Texture* picture(std::string_view slot, const PicturePtr& picture, int width, int height);
  SDL_Texture* round_picture(std::string_view slot, const PicturePtr& picture, int diameter);
  SDL_Texture* image(std::string_view slot, int width, int height, std::span<const std::uint8_t> rgba,
                     std::uint64_t generation);

  // Ends a frame: slots that no frame asked for lately are given up.
  void end_frame();
  // The renderer lost its textures.
  void forget_all() { slots_.clear(); }
  // How often pixels were handed to the renderer, ever.
  std::int64_t uploads() const { return uploads_; }

 private:
  enum class Shape { Whole, Round };
  SDL_Texture* shaped(std::string_view slot, const PicturePtr& picture, int width, int height, Shape shape);

  struct Slot {
    SdlTexturePtr texture;
    int width = 0;
    int height = 0;
    PicturePtr picture;  // what the texture shows; held, so that its address stays its name
    std::uint64_t generation = 0;
    std::int64_t last_frame = 0;
  };
  // The slot with a texture of this size; nullptr: none can be made. fresh: its pixels are undefined.
  Slot* slot_of(std::string_view name, int width, int height, bool& fresh);

  SDL_Renderer* const renderer_;
  std::map<std::string, Slot, std::less<>> slots_;
  std::int64_t frame_ = 0;
  std::int64_t uploads_ = 0;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
