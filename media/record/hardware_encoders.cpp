#include "media/record/hardware_encoders.h"

extern "C" {
#include <libavcodec/bsf.h>
#include <libavutil/dict.h>
#include <libavutil/hwcontext.h>
#include <libavutil/mem.h>
#include <libavutil/opt.h>
}

#include <libyuv/convert_from.h>
#include <libyuv/planar_functions.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <expected>
#include <filesystem>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/record/h264.h"
#include "media/record/picture_encoder.h"

namespace meanwhile {
namespace {

// Source: `ffmpeg -h encoder=NAME` of each. Quality as libx264's crf 23 is meant to look; no driver may hold
// more than one picture back.
constexpr HardwareEncoder kKnown[] = {
    {"h264_nvenc", "NVENC", AV_PIX_FMT_YUV420P, AV_HWDEVICE_TYPE_NONE, "/dev/nvidiactl",
     "preset=p4:tune=ll:rc=constqp:qp=23:delay=0:zerolatency=1:forced-idr=1:profile=high"},
    {"h264_vaapi", "VAAPI", AV_PIX_FMT_NV12, AV_HWDEVICE_TYPE_VAAPI, "/dev/dri/renderD128",
     "rc_mode=CQP:qp=23:async_depth=1:profile=high"},
    {"h264_qsv", "Quick Sync", AV_PIX_FMT_NV12, AV_HWDEVICE_TYPE_NONE, "/dev/dri/renderD128",
     "global_quality=23:async_depth=1:look_ahead=0:forced_idr=1:profile=high"},
    {"h264_videotoolbox", "VideoToolbox", AV_PIX_FMT_YUV420P, AV_HWDEVICE_TYPE_NONE, nullptr,
     "realtime=1:allow_sw=0:profile=high"},
    {"h264_mf", "Media Foundation", AV_PIX_FMT_NV12, AV_HWDEVICE_TYPE_NONE, nullptr,
     "hw_encoding=1:rate_control=quality:quality=70:scenario=display_remoting"},
};
constexpr int kNoKeyframes = 1 << 20;
constexpr Size kTrialSize{640, 384};
constexpr int kTrialPictures = 4;  // enough that an encoder with a little delay gives one

FramePtr blank_frame(Size size) {
  FramePtr frame = make_frame();
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = size.width;
  frame->height = size.height;
  frame->color_range = AVCOL_RANGE_MPEG;
  frame->colorspace = AVCOL_SPC_SMPTE170M;
  if (av_frame_get_buffer(frame.get(), 0) < 0) return frame;
  libyuv::I420Rect(frame->data[0], frame->linesize[0], frame->data[1], frame->linesize[1], frame->data[2],
                   frame->linesize[2], 0, 0, size.width, size.height, 128, 128, 128);
  return frame;
}

// A new frame of the same picture as the encoder takes it.
Result<FramePtr> as_nv12(const AVFrame& frame) {
  FramePtr converted = make_frame();
  converted->format = AV_PIX_FMT_NV12;
  converted->width = frame.width;
  converted->height = frame.height;
  const int code = av_frame_get_buffer(converted.get(), 0);
  if (code < 0) return av_failure(code, tr("converting a picture"));
  libyuv::I420ToNV12(frame.data[0], frame.linesize[0], frame.data[1], frame.linesize[1], frame.data[2],
                     frame.linesize[2], converted->data[0], converted->linesize[0], converted->data[1],
                     converted->linesize[1], frame.width, frame.height);
  av_frame_copy_props(converted.get(), &frame);
  return converted;
}

Result<void> add_upload(AVCodecContext& context, const HardwareEncoder& encoder) {
  AVBufferRef* raw_device = nullptr;
  int code = av_hwdevice_ctx_create(&raw_device, encoder.uploads, nullptr, nullptr, 0);
  const BufferPtr device(raw_device);
  if (code < 0) return av_failure(code, tr_format("opening {}", encoder.words));
  BufferPtr pool(av_hwframe_ctx_alloc(device.get()));
  if (!pool) return fail(ErrorCode::Internal, tr_format("opening {}", encoder.words));
  auto& frames = *reinterpret_cast<AVHWFramesContext*>(pool->data);
  frames.format = AV_PIX_FMT_VAAPI;
  frames.sw_format = encoder.takes;
  frames.width = context.width;
  frames.height = context.height;
  frames.initial_pool_size = 8;
  code = av_hwframe_ctx_init(pool.get());
  if (code < 0) return av_failure(code, tr_format("opening {}", encoder.words));
  context.pix_fmt = frames.format;
  context.hw_frames_ctx = pool.release();
  return {};
}

struct BsfDeleter {
  void operator()(AVBSFContext* context) const { av_bsf_free(&context); }
};
using BsfPtr = std::unique_ptr<AVBSFContext, BsfDeleter>;

// Apple's encoder gives avcC and lengths; a track that may change its encoder is Annex B up to the muxer.
Result<BsfPtr> to_annex_b(const AVCodecContext& context) {
  AVBSFContext* raw = nullptr;
  int code = av_bsf_alloc(av_bsf_get_by_name("h264_mp4toannexb"), &raw);
  BsfPtr filter(raw);
  if (code >= 0) code = avcodec_parameters_from_context(filter->par_in, &context);
  if (code >= 0) {
    filter->time_base_in = context.time_base;
    code = av_bsf_init(filter.get());
  }
  if (code < 0) return av_failure(code, tr("opening the encoder's stream"));
  return filter;
}

class HardwarePictureEncoder final : public CodecEncoder {
 public:
  HardwarePictureEncoder(CodecContextPtr context, BsfPtr filter, AVPixelFormat takes)
      : CodecEncoder(std::move(context)), filter_(std::move(filter)), takes_(takes) {}

  Result<void> send(const AVFrame* frame) override {
    if (!frame) return CodecEncoder::send(nullptr);
    FramePtr given = reference(*frame);
    if (takes_ == AV_PIX_FMT_NV12) {
      auto converted = as_nv12(*frame);
      if (!converted) return std::unexpected(converted.error());
      given = std::move(*converted);
    }
    if (context().hw_frames_ctx) {
      auto uploaded = upload(*given);
      if (!uploaded) return std::unexpected(uploaded.error());
      given = std::move(*uploaded);
    }
    return CodecEncoder::send(given.get());
  }

  Result<PacketPtr> receive() override {
    auto packet = CodecEncoder::receive();
    if (!packet) return packet;
    int code = av_bsf_send_packet(filter_.get(), packet->get());
    if (code >= 0) code = av_bsf_receive_packet(filter_.get(), packet->get());
    if (code < 0) return fail(ErrorCode::Internal, error_from_av(code, tr("reading the encoder")).message);
    return packet;
  }

 private:
  Result<FramePtr> upload(const AVFrame& frame) {
    FramePtr uploaded = make_frame();
    int code = av_hwframe_get_buffer(context().hw_frames_ctx, uploaded.get(), 0);
    if (code >= 0) code = av_hwframe_transfer_data(uploaded.get(), &frame, 0);
    if (code < 0) return av_failure(code, tr("handing a picture to the encoder"));
    av_frame_copy_props(uploaded.get(), &frame);
    return uploaded;
  }

  const BsfPtr filter_;
  const AVPixelFormat takes_;
};

Result<void> use_annex_b_extradata(AVCodecContext& context, const AVBSFContext& filter) {
  const AVCodecParameters& out = *filter.par_out;
  if (out.extradata_size <= 0) return fail(ErrorCode::Unsupported, tr("the encoder gives no parameter sets"));
  auto* copy = static_cast<std::uint8_t*>(
      av_mallocz(static_cast<std::size_t>(out.extradata_size) + AV_INPUT_BUFFER_PADDING_SIZE));
  if (!copy) return fail(ErrorCode::Internal, tr("opening the encoder"));
  std::memcpy(copy, out.extradata, static_cast<std::size_t>(out.extradata_size));
  av_freep(&context.extradata);
  context.extradata = copy;
  context.extradata_size = out.extradata_size;
  return {};
}

}  // namespace

std::span<const HardwareEncoder> known_hardware_encoders() {
  return kKnown;
}

const HardwareEncoder* find_hardware_encoder(const std::string& name) {
  const auto found = std::ranges::find(kKnown, name, &HardwareEncoder::name);
  return found == std::end(kKnown) ? nullptr : &*found;
}

bool may_be_present(const HardwareEncoder& encoder) {
  std::error_code ignored;
  return avcodec_find_encoder_by_name(encoder.name) != nullptr &&
         (!encoder.device || std::filesystem::exists(encoder.device, ignored));
}

Result<std::unique_ptr<PictureEncoder>> open_hardware_encoder(const HardwareEncoder& encoder,
                                                              const EncoderRequest& request) {
  const AVCodec* codec = avcodec_find_encoder_by_name(encoder.name);
  if (!codec)
    return fail(ErrorCode::Unsupported, tr_format("this FFmpeg was built without {}", encoder.name));
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) return fail(ErrorCode::Internal, tr("opening the video encoder failed"));
  describe_pictures(*context, request);
  context->pix_fmt = encoder.takes;
  context->gop_size = kNoKeyframes;
  context->max_b_frames = 0;
  if (encoder.uploads != AV_HWDEVICE_TYPE_NONE) MEANWHILE_TRY(add_upload(*context, encoder));

  AVDictionary* raw_options = nullptr;
  av_dict_parse_string(&raw_options, encoder.options, "=", ":", 0);
  const int code = avcodec_open2(context.get(), codec, &raw_options);
  const std::unique_ptr<AVDictionary, AvDeleter> not_understood(
      raw_options);  // older and newer names: no harm
  if (code < 0) return av_failure(code, tr_format("opening {}", encoder.words));
  auto filter = to_annex_b(*context);
  if (!filter) return std::unexpected(filter.error());
  MEANWHILE_TRY(use_annex_b_extradata(*context, **filter));
  context->codec_tag = kParameterSetsInBand;
  return std::make_unique<HardwarePictureEncoder>(std::move(context), std::move(*filter), encoder.takes);
}

Result<void> try_hardware_encoder(const HardwareEncoder& encoder) {
  const FramePtr frame = blank_frame(kTrialSize);
  auto opened = open_hardware_encoder(encoder, {.first = *frame});
  if (!opened) return std::unexpected(opened.error());
  for (int i = 0; i < kTrialPictures; ++i) {
    frame->pts = i * 33'333;
    frame->pict_type = i == 0 ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    MEANWHILE_TRY((*opened)->send(frame.get()));
    const auto packet = (*opened)->receive();
    if (packet && ((*packet)->flags & AV_PKT_FLAG_KEY)) return {};
    if (!packet && packet.error().code != ErrorCode::TryAgain) return std::unexpected(packet.error());
  }
  return fail(ErrorCode::Unsupported, tr_format("{} takes pictures but gives none back", encoder.words));
}

}  // namespace meanwhile
