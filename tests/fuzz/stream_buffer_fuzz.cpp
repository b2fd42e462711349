// What another program puts into the buffers of a PipeWire stream: the pointer's metadata, and where it says
// that its pixels are.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "media/capture/pipewire/stream_buffer.h"

using namespace meanwhile;

namespace {

constexpr std::array kFormats{AV_PIX_FMT_BGR0, AV_PIX_FMT_YUV420P, AV_PIX_FMT_NV12, AV_PIX_FMT_YUYV422,
                              AV_PIX_FMT_RGB24};

struct Head {
  std::uint8_t format;
  std::uint8_t count;  // of memories
  std::uint16_t width;
  std::uint16_t height;
  std::uint16_t maximum;  // bytes of each memory
  spa_chunk chunk;
};

// Reads every byte that a view claims to have.
unsigned sum_of(const AVFrame& frame) {
  unsigned sum = 0;
  for (int plane = 0; plane < 4 && frame.data[plane]; ++plane) {
    const bool is_chroma = plane > 0;
    const int rows = is_chroma ? (frame.height + 1) / 2 : frame.height;
    const std::ptrdiff_t stride = frame.linesize[plane];
    sum += frame.data[plane][stride * (rows - 1)];
    sum += frame.data[plane][0];
  }
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)read_pointer(std::as_bytes(std::span(data, size)));
  Head head{};
  if (size < sizeof head) return 0;
  std::memcpy(&head, data, sizeof head);
  // Of exactly the size that is claimed, so that a byte too far is noticed.
  std::vector<std::uint8_t> pixels(head.maximum);
  std::vector<std::uint8_t> tail(data + sizeof head, data + size);
  std::array<spa_meta, 4> metas{};
  constexpr std::array kTypes{SPA_META_Header, SPA_META_VideoDamage, SPA_META_VideoCrop, SPA_META_Cursor};
  for (std::size_t i = 0; i < metas.size(); ++i)
    metas[i] = {.type = kTypes[i], .size = static_cast<std::uint32_t>(tail.size()), .data = tail.data()};
  std::array<spa_data, 3> memories{};
  for (spa_data& memory : memories) {
    memory = {.type = SPA_DATA_MemPtr, .maxsize = head.maximum, .data = pixels.data(), .chunk = &head.chunk};
  }
  spa_buffer buffer{
      .n_metas = 0, .n_datas = head.count % 4U, .metas = metas.data(), .datas = memories.data()};
  const StreamFormat format{.pixels = kFormats[head.format % kFormats.size()],
                            .size = {head.width, head.height}};
  unsigned sum = 0;
  if (const FramePtr view = view_pixels(buffer, format)) sum += sum_of(*view);
  for (const std::uint8_t byte : view_coded(buffer)) sum += byte;
  buffer.n_metas = metas.size();
  (void)read_metadata(buffer);
  static volatile unsigned kept = 0;
  kept = sum;
  return 0;
}
