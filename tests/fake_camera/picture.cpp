#include "tests/fake_camera/picture.h"

#include <algorithm>
#include <cstring>

namespace meanwhile::fake_camera {
namespace {

constexpr std::uint8_t kWhite = 235;
constexpr std::uint8_t kBlack = 16;
constexpr std::uint8_t kDark = 60;
constexpr std::uint32_t kBlock = 16;

void fill(AVFrame& frame, int plane, Mode area, std::uint32_t left, std::uint8_t value) {
  for (std::uint32_t y = 0; y < area.height; ++y) {
    std::memset(frame.data[plane] + y * frame.linesize[plane] + left, value, area.width);
  }
}

CodecContextPtr open_jpeg_encoder(const Mode& mode) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  CodecContextPtr context(avcodec_alloc_context3(codec));
  context->width = static_cast<int>(mode.width);
  context->height = static_cast<int>(mode.height);
  context->pix_fmt = AV_PIX_FMT_YUV422P;
  context->color_range = AVCOL_RANGE_JPEG;
  context->time_base = {1, 30};
  context->flags |= AV_CODEC_FLAG_QSCALE;
  context->global_quality = 3 * FF_QP2LAMBDA;
  if (avcodec_open2(context.get(), codec, nullptr) < 0) context.reset();
  return context;
}

}  // namespace

Painter::Painter(std::uint32_t format, const Mode& mode)
    : format_(format), mode_(mode), frame_(make_frame()) {
  frame_->format = AV_PIX_FMT_YUV422P;
  frame_->color_range = AVCOL_RANGE_JPEG;
  frame_->width = static_cast<int>(mode.width);
  frame_->height = static_cast<int>(mode.height);
  av_frame_get_buffer(frame_.get(), 0);
  const Mode half{mode.width / 4, mode.height};
  fill(*frame_, 1, half, 0, 110);
  fill(*frame_, 1, half, mode.width / 4, 160);
  fill(*frame_, 2, half, 0, 160);
  fill(*frame_, 2, half, mode.width / 4, 110);
  if (format == V4L2_PIX_FMT_MJPEG) encoder_ = open_jpeg_encoder(mode);
}

std::size_t Painter::paint(std::uint32_t number, bool is_flash, std::span<std::uint8_t> into) {
  draw(number, is_flash);
  return format_ == V4L2_PIX_FMT_MJPEG ? encode(into) : pack(into);
}

void Painter::draw(std::uint32_t number, bool is_flash) {
  fill(*frame_, 0, mode_, 0, is_flash ? kWhite : kDark);
  const std::uint32_t bar = (number * 8) % (mode_.width - kBlock);
  fill(*frame_, 0, {kBlock, mode_.height}, bar, 180);
  for (std::uint32_t bit = 0; bit < 32; ++bit) {
    fill(*frame_, 0, {kBlock, kBlock}, bit * kBlock, (number >> bit) & 1 ? kWhite : kBlack);
  }
}

std::size_t Painter::pack(std::span<std::uint8_t> into) const {
  std::size_t at = 0;
  for (std::uint32_t y = 0; y < mode_.height; ++y) {
    const std::uint8_t* luma = frame_->data[0] + y * frame_->linesize[0];
    const std::uint8_t* u = frame_->data[1] + y * frame_->linesize[1];
    const std::uint8_t* v = frame_->data[2] + y * frame_->linesize[2];
    for (std::uint32_t x = 0; x < mode_.width / 2; ++x) {
      into[at++] = luma[2 * x];
      into[at++] = u[x];
      into[at++] = luma[2 * x + 1];
      into[at++] = v[x];
    }
  }
  return at;
}

std::size_t Painter::encode(std::span<std::uint8_t> into) {
  if (!encoder_) return 0;
  const PacketPtr packet = make_packet();
  frame_->quality = encoder_->global_quality;
  frame_->pts += 1;
  if (avcodec_send_frame(encoder_.get(), frame_.get()) < 0) return 0;
  if (avcodec_receive_packet(encoder_.get(), packet.get()) < 0) return 0;
  const auto size = std::min(into.size(), static_cast<std::size_t>(packet->size));
  std::memcpy(into.data(), packet->data, size);
  return size;
}

}  // namespace meanwhile::fake_camera
