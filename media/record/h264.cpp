#include "media/record/h264.h"

extern "C" {
#include <libavutil/opt.h>
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"
#include "media/record/load_policy.h"
#include "media/record/picture_encoder.h"

namespace meanwhile {
namespace {

// Nothing is held back: no lookahead, so no mbtree, no B-frames, no scene cut; keyframes are ours to place.
// force-cfr doesn't touch the times, it only keeps libx264 from waiting for the next frame, which for a still
// picture comes a second later.
constexpr const char* kLowLatency =
    "rc-lookahead=0:sync-lookahead=0:mbtree=0:bframes=0:scenecut=0:keyint=infinite:sliced-threads=1:force-"
    "cfr=1:weightp=0:aq-mode=0";
// Text that scrolls moves by whole lines, which the usual search (hex) doesn't find; what is found costs less
// than what has to be coded.
constexpr const char* kCareful = ":me=umh:merange=24";
// What costs time without being told about in the parameter sets.
constexpr const char* kQuick = ":me=dia:subme=0:partitions=none:no-deblock=1";
constexpr const char* kPreset = "superfast";
constexpr int kNeverByItself = 1 << 20;

constexpr const char* kQuality = "27";
// A camera's keyframe needn't be better than the pictures after it: its noise doesn't stay.
constexpr const char* kCamera = ":ipratio=1.1";

// Chosen by `bench --only sweep` (DECISIONS.md).
std::string parameters_for(VideoUse use, Effort effort) {
  std::string parameters = kLowLatency;
  parameters += effort == Effort::Quick ? kQuick : kCareful;
  if (use == VideoUse::Camera) parameters += kCamera;
  return parameters;
}

// A slice a thread is the only parallelism that holds no frame back, and it costs bytes: only where one
// thread can't keep up.
int threads_for(const AVFrame& frame) {
  constexpr int kPixelsPerThread = 2'500'000;
  const int useful = 1 + frame.width * frame.height / kPixelsPerThread;
  return std::clamp(useful, 1,
                    std::max(1, std::min(4, static_cast<int>(std::thread::hardware_concurrency()))));
}

void describe_colors(AVCodecContext& context, const AVFrame& frame) {
  const bool high_definition = is_bt709(frame);
  context.color_range = frame.color_range == AVCOL_RANGE_JPEG ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  context.colorspace = high_definition ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  context.color_primaries = high_definition ? AVCOL_PRI_BT709 : AVCOL_PRI_SMPTE170M;
  context.color_trc = high_definition ? AVCOL_TRC_BT709 : AVCOL_TRC_SMPTE170M;
}

}  // namespace

void describe_pictures(AVCodecContext& context, const EncoderRequest& request) {
  context.width = request.first.width;
  context.height = request.first.height;
  context.pix_fmt = AV_PIX_FMT_YUV420P;
  context.sample_aspect_ratio = {1, 1};
  context.time_base = {1, 1'000'000};
  context.framerate = av_d2q(request.frames_per_second > 0 ? request.frames_per_second : 30, 60'000);
  context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  describe_colors(context, request.first);
}

Result<std::unique_ptr<PictureEncoder>> open_libx264(const EncoderRequest& request) {
  const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
  if (!codec)
    return fail(ErrorCode::Unsupported, tr("opening the video encoder: this FFmpeg has no libx264"));
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) return fail(ErrorCode::Internal, tr("opening the video encoder failed"));
  describe_pictures(*context, request);
  context->max_b_frames = 0;
  context->gop_size = kNeverByItself;
  context->thread_count = threads_for(request.first);
  std::string parameters = parameters_for(request.use, request.effort);
  if (request.parameter_sets != 0) parameters += ":sps-id=" + std::to_string(request.parameter_sets);
  av_opt_set(context->priv_data, "preset", kPreset, 0);
  av_opt_set(context->priv_data, "crf", kQuality, 0);
  av_opt_set(context->priv_data, "forced-idr", "1", 0);
  av_opt_set(context->priv_data, "x264-params", parameters.c_str(), 0);
  const int code = avcodec_open2(context.get(), codec, nullptr);
  if (code < 0) return av_failure(code, tr("opening the video encoder"));
  return std::make_unique<CodecEncoder>(std::move(context));
}

}  // namespace meanwhile
