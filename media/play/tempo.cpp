#include "media/play/tempo.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/channel_layout.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/play/sound_reader.h"

namespace meanwhile {
namespace {

// Beyond 2, one atempo drops sound instead of blending it: two of the square root each keep it.
constexpr double kMostOfOneFilter = 2;

std::string description(double speed) {
  const auto source = fmt::format(
      "abuffer=sample_rate={}:sample_fmt=flt:channel_layout=stereo:time_base=1/{}", kSoundRate, kSoundRate);
  const auto tempo = speed > kMostOfOneFilter ? fmt::format("atempo={0:.9f},atempo={0:.9f}", std::sqrt(speed))
                                              : fmt::format("atempo={:.9f}", speed);
  return source + "," + tempo + ",aformat=sample_fmts=flt:channel_layouts=stereo,abuffersink";
}

}  // namespace

Result<void> Tempo::reset(double speed) {
  through_.clear();
  graph_.reset();
  pushed_ = 0;
  is_through_ = speed == 1;
  if (is_through_) return {};
  graph_.reset(avfilter_graph_alloc());
  if (!graph_) throw std::bad_alloc();
  graph_->nb_threads = 1;
  AVFilterInOut* inputs = nullptr;
  AVFilterInOut* outputs = nullptr;
  int error = avfilter_graph_parse2(graph_.get(), description(speed).c_str(), &inputs, &outputs);
  avfilter_inout_free(&inputs);
  avfilter_inout_free(&outputs);
  if (error >= 0) error = avfilter_graph_config(graph_.get(), nullptr);
  if (error < 0) {
    is_through_ = true;
    return fail(ErrorCode::Unsupported, error_from_av(error, tr("changing the speed of sound")).message);
  }
  for (unsigned i = 0; i < graph_->nb_filters; ++i) {
    const std::string_view name = graph_->filters[i]->filter->name;
    if (name == "abuffer") source_ = graph_->filters[i];
    if (name == "abuffersink") sink_ = graph_->filters[i];
  }
  return {};
}

void Tempo::push(std::span<const float> samples) {
  if (samples.empty()) return;
  if (is_through_) {
    through_.insert(through_.end(), samples.begin(), samples.end());
    return;
  }
  FramePtr frame = make_frame();
  frame->format = AV_SAMPLE_FMT_FLT;
  frame->sample_rate = kSoundRate;
  frame->nb_samples = static_cast<int>(samples.size() / kSoundChannels);
  frame->pts = pushed_;
  av_channel_layout_default(&frame->ch_layout, kSoundChannels);
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  std::ranges::copy(samples, reinterpret_cast<float*>(frame->data[0]));
  pushed_ += frame->nb_samples;
  push_frame(frame.get());
}

void Tempo::finish() {
  if (!is_through_) push_frame(nullptr);
}

// The graph takes everything in our one format: it can only fail for want of memory, and then this sound is
// lost.
void Tempo::push_frame(AVFrame* frame) {
  [[maybe_unused]] const int error = av_buffersrc_add_frame(source_, frame);
}

void Tempo::take(std::vector<float>& out) {
  if (is_through_) {
    out.insert(out.end(), through_.begin(), through_.end());
    through_.clear();
    return;
  }
  for (FramePtr frame = make_frame(); av_buffersink_get_frame(sink_, frame.get()) >= 0;
       av_frame_unref(frame.get())) {
    const auto* samples = reinterpret_cast<const float*>(frame->data[0]);
    out.insert(out.end(), samples, samples + static_cast<std::ptrdiff_t>(frame->nb_samples) * kSoundChannels);
  }
}

}  // namespace meanwhile
