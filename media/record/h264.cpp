#include "media/record/h264.h"

extern "C" {
#include <libavutil/opt.h>
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <thread>

#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/pictures.h"

namespace meanwhile {
namespace {

// What -tune zerolatency sets, and no scene cut: keyframes are ours to place. force-cfr doesn't touch the
// times, it only keeps libx264 from waiting for the next frame, which for a still picture comes a second
// later.
constexpr const char* kLowLatency =
    "rc-lookahead=0:sync-lookahead=0:mbtree=0:bframes=0:scenecut=0:keyint=infinite:sliced-threads=1:force-"
    "cfr=1";
constexpr int kNeverByItself = 1 << 20;

struct Effort {
  const char* preset;
  const char* quality;
};

// Measured on 2 cores (media/README.md): text must stay sharp on a screen, a face is forgiving.
Effort effort_for(VideoUse use) {
  return use == VideoUse::Screen ? Effort{"veryfast", "23"} : Effort{"superfast", "25"};
}

// A slice a thread: the only parallelism that holds no frame back.
int threads_for(const AVFrame& frame) {
  constexpr int kPixelsPerThread = 1'000'000;
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

Result<CodecContextPtr> open_h264(const AVFrame& first, VideoUse use, double frames_per_second) {
  const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
  if (!codec) return fail(ErrorCode::Unsupported, "opening the video encoder: this FFmpeg has no libx264");
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) return fail(ErrorCode::Internal, "opening the video encoder failed");
  context->width = first.width;
  context->height = first.height;
  context->pix_fmt = AV_PIX_FMT_YUV420P;
  context->sample_aspect_ratio = {1, 1};
  context->time_base = {1, 1'000'000};
  context->framerate = av_d2q(frames_per_second > 0 ? frames_per_second : 30, 60'000);
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  context->max_b_frames = 0;
  context->gop_size = kNeverByItself;
  context->thread_count = use == VideoUse::Screen ? threads_for(first) : 1;
  describe_colors(*context, first);
  const Effort effort = effort_for(use);
  av_opt_set(context->priv_data, "preset", effort.preset, 0);
  av_opt_set(context->priv_data, "crf", effort.quality, 0);
  av_opt_set(context->priv_data, "forced-idr", "1", 0);
  av_opt_set(context->priv_data, "x264-params", kLowLatency, 0);
  const int code = avcodec_open2(context.get(), codec, nullptr);
  if (code < 0) return av_failure(code, "opening the video encoder");
  return context;
}

}  // namespace meanwhile
