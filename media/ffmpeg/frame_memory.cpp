#include "media/ffmpeg/frame_memory.h"

extern "C" {
#include <libavcodec/version.h>
#include <libavutil/error.h>
#include <libavutil/frame.h>
#include <libavutil/pixfmt.h>
}

#include <cerrno>
#include <cstddef>

#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// What the fastest of libavcodec's routines ask of a line, and how far behind a plane's end they may read
// (libavcodec/avcodec.h, get_buffer2).
constexpr int kAlignment = 64;
constexpr int kMoreBytes = 128;

int aligned(int value, int to) {
  return (value + to - 1) / to * to;
}

int get_buffer(AVCodecContext* context, AVFrame* frame, int flags) {
  if (frame->format != AV_PIX_FMT_YUV420P && frame->format != AV_PIX_FMT_YUVJ420P)
    return avcodec_default_get_buffer2(context, frame, flags);
  int width = frame->width;
  int height = frame->height;
  int alignments[AV_NUM_DATA_POINTERS] = {};
  avcodec_align_dimensions2(context, &width, &height, alignments);
  const int strides[3] = {aligned(width, 2 * kAlignment), aligned(width, 2 * kAlignment) / 2,
                          aligned(width, 2 * kAlignment) / 2};
  const int lines[3] = {height, (height + 1) / 2, (height + 1) / 2};
  std::size_t starts[3] = {};
  std::size_t size = 0;
  for (int plane = 0; plane < 3; ++plane) {
    starts[plane] = size;
    size += static_cast<std::size_t>(strides[plane]) * static_cast<std::size_t>(lines[plane]) + kMoreBytes;
  }
  BufferPtr buffer = static_cast<FrameMemory*>(context->opaque)->allocate(size);
  if (!buffer) return AVERROR(ENOMEM);
  for (int plane = 0; plane < 3; ++plane) {
    frame->data[plane] = buffer->data + starts[plane];
    frame->linesize[plane] = strides[plane];
  }
  frame->extended_data = frame->data;
  frame->buf[0] = buffer.release();
  return 0;
}

}  // namespace

void decode_into(AVCodecContext& context, FrameMemory& memory) {
  context.opaque = &memory;
  context.get_buffer2 = get_buffer;
#if LIBAVCODEC_VERSION_MAJOR < 60
  // Later versions take it for granted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  context.thread_safe_callbacks = 1;
#pragma GCC diagnostic pop
#endif
}

}  // namespace meanwhile
