#include "media/export/composer.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr int kGap = 16;
// Between and around the pictures: a dark grey that looks the same in players that show black bars.
constexpr const char* kBackground = "0x121216";
// Beside the screen the camera gets a third of the screen's width: the screen keeps its own size.
constexpr int kScreenParts = 3;

int even(double value) {
  return std::max(2, static_cast<int>(value / 2 + 0.5) * 2);
}
int even_down(int value) {
  return value / 2 * 2;
}

// libx264 and chroma planes want even numbers; the rectangle stays within the canvas.
Rect even(const Rect& rect) {
  return {even_down(rect.x), even_down(rect.y), std::max(2, even_down(rect.width)),
          std::max(2, even_down(rect.height))};
}

Size natural_canvas(Layout layout, std::optional<Size> screen, std::optional<Size> camera) {
  if (!screen || (layout == Layout::Camera && camera)) return *camera;
  if (!camera || layout != Layout::SideBySide) return *screen;
  return {screen->width + screen->width / kScreenParts, screen->height};
}

std::string source(const char* name, const char* format, Size size) {
  return fmt::format("buffer@{}=width={}:height={}:pix_fmt={}:time_base=1/1000:pixel_aspect=1/1", name,
                     size.width, size.height, format);
}

std::string scale(Size size, ColourMeaning colours) {
  return fmt::format(
      "scale={}:{}:flags=bicubic:in_color_matrix={}:in_range={}:out_color_matrix=bt709:out_range=tv",
      size.width, size.height, colours.bt709 ? "bt709" : "bt601", colours.full_range ? "pc" : "tv");
}

std::string base_layer(const char* name, Size input, const Rect& place, Size canvas, ColourMeaning colours) {
  return fmt::format("{},{},pad={}:{}:{}:{}:color={}", source(name, "yuv420p", input),
                     scale({place.width, place.height}, colours), canvas.width, canvas.height, place.x,
                     place.y, kBackground);
}

std::string camera_layer(const CompositionPlan& plan, ColourMeaning colours) {
  const Rect& place = *plan.composition.camera;
  const std::string input = source("camera", "yuv420p", *plan.camera);
  const std::string fitted = scale({place.width, place.height}, colours);
  if (!plan.composition.camera_is_round) return fmt::format("{},{}[camera]", input, fitted);
  const int side = std::min(plan.camera->width, plan.camera->height);
  return fmt::format("{},crop={}:{},{}[square];{}[disc];[square][disc]alphamerge[camera]", input, side, side,
                     fitted, source("mask", "gray", {place.width, place.height}));
}

// One canvas-sized picture from what is there, the camera over the screen.
std::string describe(const CompositionPlan& plan, ColourMeaning screen, ColourMeaning camera) {
  const std::string end = ",format=yuv420p,buffersink";
  const Composition& composition = plan.composition;
  if (!composition.camera)
    return base_layer("screen", *plan.screen, *composition.screen, plan.canvas, screen) + end;
  if (!composition.screen)
    return base_layer("camera", *plan.camera, *composition.camera, plan.canvas, camera) + end;
  return fmt::format("{}[base];{};[base][camera]overlay={}:{}{}",
                     base_layer("screen", *plan.screen, *composition.screen, plan.canvas, screen),
                     camera_layer(plan, camera), composition.camera->x, composition.camera->y, end);
}

// An antialiased disc that fills the square.
FramePtr make_disc(int side) {
  FramePtr frame = make_frame();
  frame->width = frame->height = side;
  frame->format = AV_PIX_FMT_GRAY8;
  frame->color_range = AVCOL_RANGE_JPEG;
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  const double radius = side / 2.0;
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const double inside = radius - std::hypot(x + 0.5 - radius, y + 0.5 - radius) + 0.5;
      frame->data[0][y * frame->linesize[0] + x] =
          static_cast<std::uint8_t>(std::clamp(inside, 0.0, 1.0) * 255);
    }
  }
  return frame;
}

}  // namespace

CompositionPlan plan_composition(Layout layout, std::optional<Size> screen, std::optional<Size> camera,
                                 int longest_side) {
  const Size natural = natural_canvas(layout, screen, camera);
  const double scale =
      std::min(1.0, static_cast<double>(longest_side) / std::max(natural.width, natural.height));
  CompositionPlan plan{.canvas = {even(natural.width * scale), even(natural.height * scale)},
                       .screen = screen,
                       .camera = camera};
  plan.composition = compose(layout, plan.canvas, screen, camera, kGap);
  if (plan.composition.screen) plan.composition.screen = even(*plan.composition.screen);
  if (plan.composition.camera) plan.composition.camera = even(*plan.composition.camera);
  return plan;
}

Result<std::unique_ptr<Composer>> Composer::create(const CompositionPlan& plan, ColourMeaning screen,
                                                   ColourMeaning camera) {
  std::unique_ptr<Composer> composer(new Composer);
  MEANWHILE_TRY(composer->build(describe(plan, screen, camera)));
  if (composer->mask_) composer->disc_ = make_disc(plan.composition.camera->width);
  return composer;
}

Result<void> Composer::build(const std::string& description) {
  graph_.reset(avfilter_graph_alloc());
  if (!graph_) throw std::bad_alloc();
  AVFilterInOut* inputs = nullptr;
  AVFilterInOut* outputs = nullptr;
  int error = avfilter_graph_parse2(graph_.get(), description.c_str(), &inputs, &outputs);
  avfilter_inout_free(&inputs);
  avfilter_inout_free(&outputs);
  if (error >= 0) error = avfilter_graph_config(graph_.get(), nullptr);
  if (error < 0) return fail(ErrorCode::Internal, error_from_av(error, "composing the pictures").message);
  for (unsigned i = 0; i < graph_->nb_filters; ++i) {
    AVFilterContext* filter = graph_->filters[i];
    const std::string_view name = filter->name;
    if (name.find("buffer@screen") != name.npos) screen_ = filter;
    if (name.find("buffer@camera") != name.npos) camera_ = filter;
    if (name.find("buffer@mask") != name.npos) mask_ = filter;
    if (std::string_view(filter->filter->name) == "buffersink") sink_ = filter;
  }
  return {};
}

Result<void> Composer::push(AVFilterContext* source, const AVFrame* frame) {
  if (!source || !frame) return {};
  FramePtr copy = reference(*frame);
  copy->pts = count_;
  // Said to the scaler already; a source of FFmpeg 7 would complain that it wasn't announced to it.
  copy->colorspace = AVCOL_SPC_UNSPECIFIED;
  copy->color_range = AVCOL_RANGE_UNSPECIFIED;
  copy->sample_aspect_ratio = {1, 1};
  const int error = av_buffersrc_add_frame(source, copy.get());
  if (error < 0) return fail(ErrorCode::Internal, error_from_av(error, "composing the pictures").message);
  return {};
}

Result<FramePtr> Composer::compose(const AVFrame* screen, const AVFrame* camera) {
  MEANWHILE_TRY(push(screen_, screen));
  MEANWHILE_TRY(push(camera_, camera));
  MEANWHILE_TRY(push(mask_, disc_.get()));
  ++count_;
  FramePtr frame = make_frame();
  const int error = av_buffersink_get_frame(sink_, frame.get());
  if (error < 0) return fail(ErrorCode::Internal, error_from_av(error, "composing the pictures").message);
  frame->colorspace = AVCOL_SPC_BT709;
  frame->color_range = AVCOL_RANGE_MPEG;
  return frame;
}

}  // namespace meanwhile
