#include "app/platform/png.h"

#include <stb/stb_image_write.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

void append(void* context, void* data, int size) {
  auto& bytes = *static_cast<Bytes*>(context);
  const auto* from = static_cast<const std::byte*>(data);
  bytes.insert(bytes.end(), from, from + size);
}

}  // namespace

Result<void> write_png(SDL_Renderer* renderer, const std::filesystem::path& path) {
  int width = 0;
  int height = 0;
  SDL_GetRendererOutputSize(renderer, &width, &height);
  std::vector<std::uint8_t> pixels(std::size_t(width) * height * 3);
  if (SDL_RenderReadPixels(renderer, nullptr, SDL_PIXELFORMAT_RGB24, pixels.data(), width * 3) != 0)
    return fail(ErrorCode::Internal, tr_format("Reading the window's picture: {}", SDL_GetError()));
  Bytes file;
  if (stbi_write_png_to_func(append, &file, width, height, 3, pixels.data(), width * 3) == 0)
    return fail(ErrorCode::Internal, tr("Encoding the window's picture failed"));
  return write_file_durably(path, file);
}

}  // namespace meanwhile
