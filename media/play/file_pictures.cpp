#include "media/play/file_pictures.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/mathematics.h>
#include <libavutil/pixdesc.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"
#include "media/ffmpeg/time_base.h"
#include "media/ffmpeg/turn.h"
#include "media/play/file_reader.h"

namespace meanwhile {
namespace {

constexpr const char* kConverting = tr_later("converting the pictures");
// Less makes encoders fail.
constexpr int kShortestSide = 16;

int even_side(double side) {
  return std::clamp(static_cast<int>(std::lround(side / 2)) * 2, kShortestSide, kLongestFileSide);
}

bool is_rgb(int format) {
  const AVPixFmtDescriptor* known = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  return known && (known->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

bool is_full_range(const AVFrame& frame) {
  const bool has_old_name = frame.format == AV_PIX_FMT_YUVJ420P || frame.format == AV_PIX_FMT_YUVJ422P ||
                            frame.format == AV_PIX_FMT_YUVJ444P || frame.format == AV_PIX_FMT_YUVJ440P;
  return has_old_name || frame.color_range == AVCOL_RANGE_JPEG;
}

bool is_interlaced(const AVFrame& frame) {
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 7, 100)
  return (frame.flags & AV_FRAME_FLAG_INTERLACED) != 0;
#else
  return frame.interlaced_frame != 0;
#endif
}

// As the filter "scale" calls them; what isn't said is as everybody guesses.
const char* matrix_name(int colours, bool guess_bt709) {
  switch (colours) {
    case AVCOL_SPC_BT709:
      return "bt709";
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return "bt2020";
    case AVCOL_SPC_SMPTE240M:
      return "smpte240m";
    case AVCOL_SPC_FCC:
      return "fcc";
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
      return "bt601";
    default:
      return guess_bt709 ? "bt709" : "bt601";
  }
}

std::string turning(const Turn& turn) {
  std::string filters = turn.is_mirrored ? "hflip," : "";
  if (turn.degrees == 90) filters += "transpose=clock,";
  if (turn.degrees == 180) filters += "hflip,vflip,";
  if (turn.degrees == 270) filters += "transpose=cclock,";
  return filters;
}

}  // namespace

Size file_picture_size(Size shown) {
  const double scale =
      std::min(1.0, static_cast<double>(kLongestFileSide) / std::max({shown.width, shown.height, 1}));
  return {even_side(shown.width * scale), even_side(shown.height * scale)};
}

FilePictures::Form FilePictures::form_of(const AVFrame& frame) const {
  return {.width = frame.width,
          .height = frame.height,
          .format = frame.format,
          .is_interlaced = was_interlaced_,
          .is_full_range = is_full_range(frame),
          .colours = frame.colorspace};
}

std::string FilePictures::scaling(const Form& form, Size to) const {
  std::string colours;
  const bool guess_bt709 = guesses_bt709();
  const std::string matrix = matrix_name(form.colours, guess_bt709);
  if (is_rgb(form.format)) {
    colours = fmt::format(":out_range=tv:out_color_matrix={}", guess_bt709 ? "bt709" : "bt601");
  } else if (form.is_full_range || (matrix != "bt709" && matrix != "bt601")) {
    const char* into = matrix == "bt601" ? "bt601" : "bt709";
    colours = fmt::format(":in_range={}:out_range=tv:in_color_matrix={}:out_color_matrix={}",
                          form.is_full_range ? "pc" : "tv", matrix, into);
  }
  return fmt::format("scale={}:{}:flags=bicubic{}", to.width, to.height, colours);
}

bool FilePictures::guesses_bt709() const {
  return target_.height >= 720;
}

std::string FilePictures::describe(const Form& form) const {
  const Size upright = turned_size({static_cast<int>(form.width * av_q2d(aspect_)), form.height}, turn_);
  // Bars instead of a picture that is pulled out of its shape; a pixel of rounding is none.
  const double shape =
      static_cast<double>(upright.width) / std::max(1, upright.height) * target_.height / target_.width;
  std::string filters = form.is_interlaced ? "yadif=deint=interlaced," : "";
  filters += turning(turn_);
  if (std::abs(shape - 1) < 0.02) {
    filters += scaling(form, target_);
  } else {
    const Size inner{even_side(std::min<double>(target_.width, target_.width * shape)),
                     even_side(std::min<double>(target_.height, target_.height / shape))};
    filters += scaling(form, inner) + fmt::format(",pad={}:{}:-1:-1", target_.width, target_.height);
  }
  return fmt::format(
      "buffer@in=width={}:height={}:pix_fmt={}:time_base={}/{}:pixel_aspect=1/1,{},format=yuv420p,"
      "setsar=1,buffersink",
      form.width, form.height, form.format, time_base_.num, time_base_.den, filters);
}

Result<void> FilePictures::build(const Form& form) {
  graph_.reset(avfilter_graph_alloc());
  if (!graph_) throw std::bad_alloc();
  graph_->nb_threads = 1;
  AVFilterInOut* inputs = nullptr;
  AVFilterInOut* outputs = nullptr;
  int error = avfilter_graph_parse2(graph_.get(), describe(form).c_str(), &inputs, &outputs);
  avfilter_inout_free(&inputs);
  avfilter_inout_free(&outputs);
  if (error >= 0) error = avfilter_graph_config(graph_.get(), nullptr);
  if (error < 0) return fail(ErrorCode::Unsupported, error_from_av(error, tr(kConverting)).message);
  for (unsigned i = 0; i < graph_->nb_filters; ++i) {
    AVFilterContext* filter = graph_->filters[i];
    const std::string_view name = filter->filter->name;
    if (name == "buffer") source_ = filter;
    if (name == "buffersink") sink_ = filter;
  }
  const bool guess = guesses_bt709();
  is_bt709_ = is_rgb(form.format) ? guess : std::string_view(matrix_name(form.colours, guess)) != "bt601";
  form_ = form;
  return {};
}

Result<void> FilePictures::push(FramePtr frame, std::vector<PicturePtr>& out) {
  was_interlaced_ = was_interlaced_ || is_interlaced(*frame);
  if (const Form form = form_of(*frame); form_ != form) {
    MEANWHILE_TRY(finish(out));
    MEANWHILE_TRY(build(form));
  }
  // Said to the filters already; FFmpeg 7 would complain that it wasn't announced to it.
  frame->colorspace = AVCOL_SPC_UNSPECIFIED;
  frame->color_range = AVCOL_RANGE_UNSPECIFIED;
  frame->sample_aspect_ratio = {1, 1};
  const int error = av_buffersrc_add_frame(source_, frame.get());
  if (error < 0) return fail(ErrorCode::Unsupported, error_from_av(error, tr(kConverting)).message);
  return drain(out);
}

Result<void> FilePictures::finish(std::vector<PicturePtr>& out) {
  if (!graph_) return {};
  const int error = av_buffersrc_add_frame(source_, nullptr);
  if (error < 0) return fail(ErrorCode::Unsupported, error_from_av(error, tr(kConverting)).message);
  return drain(out);
}

Result<void> FilePictures::drain(std::vector<PicturePtr>& out) {
  for (;;) {
    FramePtr frame = make_frame();
    const int error = av_buffersink_get_frame(sink_, frame.get());
    if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return {};
    if (error < 0) return fail(ErrorCode::Unsupported, error_from_av(error, tr(kConverting)).message);
    frame->colorspace = is_bt709_ ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    frame->color_range = AVCOL_RANGE_MPEG;
    const MediaTime at(av_rescale_q(frame->pts, av_buffersink_get_time_base(sink_), kMicroseconds));
    if (auto picture = to_picture(std::move(frame), at)) out.push_back(std::move(picture));
  }
}

}  // namespace meanwhile
