#include "media/export/exporter.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/layout.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/web_vtt.h"
#include "media/export/composer.h"
#include "media/export/frame_times.h"
#include "media/export/held_pictures.h"
#include "media/export/output_file.h"
#include "media/ffmpeg/owners.h"
#include "media/play/arranged_track.h"
#include "media/play/clip_media.h"
#include "media/play/open_readers.h"
#include "media/play/pointer_arrow.h"
#include "media/play/pointer_image.h"
#include "media/play/pointer_painter.h"
#include "media/play/pointer_track.h"
#include "media/play/sound_mix.h"
#include "media/play/sound_reader.h"
#include "media/play/video_reader.h"

namespace meanwhile {
namespace {

constexpr int kProgressFrames = 10;
// Of a clip without pictures.
constexpr MediaTime kSoundAtOnce = std::chrono::seconds(1);

// One of the two tracks of pictures, and the frame made of the picture on show.
struct Layer {
  std::unique_ptr<HeldPictures> pictures;
  std::optional<Size> size;
  PicturePtr shown;
  std::optional<PointerMoment> pointer;
  FramePtr frame;
};

FramePtr to_frame(const Picture& picture) {
  FramePtr frame = make_frame();
  frame->width = picture.width;
  frame->height = picture.height;
  frame->format = AV_PIX_FMT_YUV420P;
  frame->color_range = picture.full_range ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  frame->colorspace = picture.bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  for (int plane = 0; plane < 3; ++plane) {
    const int shift = plane == 0 ? 0 : 1;
    const int width = (picture.width + shift) >> shift;
    const int height = (picture.height + shift) >> shift;
    for (int y = 0; y < height; ++y) {
      std::copy_n(picture.planes[static_cast<std::size_t>(plane)] +
                      static_cast<std::ptrdiff_t>(y) * picture.strides[static_cast<std::size_t>(plane)],
                  width, frame->data[plane] + static_cast<std::ptrdiff_t>(y) * frame->linesize[plane]);
    }
  }
  return frame;
}

bool is_same(const std::optional<PointerMoment>& a, const std::optional<PointerMoment>& b) {
  if (!a || !b) return !a && !b;
  return a->x == b->x && a->y == b->y && a->shape == b->shape && a->buttons == b->buttons;
}

class Export {
 public:
  Export(const ClipMedia& media, const ExportOptions& options) : media_(media), options_(options) {}

  Result<void> run(const std::filesystem::path& out, const std::function<void(double)>& progress,
                   const std::stop_token& stop);

 private:
  Result<void> open_sources();
  Result<MediaTime> open_layer(Layer& layer, const std::shared_ptr<ByteSource>& track);
  Result<MediaTime> open_unless_damaged(Layer& layer, const std::shared_ptr<ByteSource>& track,
                                        const char* name);
  Result<void> open_sound();
  Result<void> open_composer();
  [[nodiscard]] bool has_pictures() const { return screen_.pictures || camera_.pictures; }
  [[nodiscard]] std::optional<MediaTime> next_change() const;
  Result<MediaTime> time_of_frame(FrameTimes::Span span);
  Result<bool> update(Layer& layer, MediaTime until, MediaTime moment, const PointerTrack* pointer);
  Result<void> add_picture(OutputFile& file, FrameTimes::Span span, MediaTime moment);
  template <typename Progress>
  Result<void> add_pictures(OutputFile& file, const Progress& go_on);
  template <typename Progress>
  Result<void> add_only_sound(OutputFile& file, const Progress& go_on);
  Result<void> add_sound_until(OutputFile& file, MediaTime moment);
  [[nodiscard]] OutputMarks marks() const;

  const ClipMedia& media_;
  const ExportOptions& options_;
  MediaTime duration_{};
  Layer screen_;
  Layer camera_;
  CompositionPlan plan_;
  std::unique_ptr<Composer> composer_;
  FramePtr composed_;  // the last one: used again while nothing changes
  SoundMix sound_;
  std::int64_t sound_done_ = 0;
};

Result<MediaTime> Export::open_layer(Layer& layer, const std::shared_ptr<ByteSource>& track) {
  if (!track) return MediaTime{};
  auto reader = open_video(track, {});
  if (!reader) return std::unexpected(reader.error());
  auto end = media_.duration > MediaTime{} ? Result<MediaTime>(MediaTime{}) : (*reader)->end();
  layer.pictures = std::make_unique<HeldPictures>(std::move(*reader));
  // The first picture says more surely than the track's header what it looks like.
  auto first = layer.pictures->at(options_.from);
  if (!first) return std::unexpected(first.error());
  if (!*first) return fail(ErrorCode::Corrupt, "there is no picture in the track");
  layer.shown = *first;
  layer.size = Size{(*first)->width, (*first)->height};
  return end;
}

// What was recorded beside a damaged track is worth having without it, as the player shows it.
Result<MediaTime> Export::open_unless_damaged(Layer& layer, const std::shared_ptr<ByteSource>& track,
                                              const char* name) {
  auto end = open_layer(layer, track);
  if (end) return end;
  if (end.error().code != ErrorCode::Corrupt) return fail(std::string("reading the ") + name, end.error());
  log(LogLevel::Warning, std::string("exporting without the ") + name + ": " + end.error().message);
  layer = {};
  return MediaTime{};
}

Result<void> Export::open_sound() {
  sound_.open(arranged_track(media_, &ClipMedia::voice), arranged_track(media_, &ClipMedia::system), {});
  sound_.treat(media_.sound);
  for (const Error& failure : sound_.failures()) {
    if (failure.code != ErrorCode::Corrupt) return fail("reading the sound", failure);
  }
  return {};  // damage is among the warnings
}

Result<void> Export::open_sources() {
  if (!media_.screen && !media_.camera && !media_.voice && !media_.system)
    return fail(ErrorCode::InvalidArgument, "there is nothing to see or hear in the clip");
  const auto screen_end = open_unless_damaged(screen_, media_.screen, "screen");
  if (!screen_end) return std::unexpected(screen_end.error());
  const auto camera_end = open_unless_damaged(camera_, media_.camera, "camera");
  if (!camera_end) return std::unexpected(camera_end.error());
  if ((media_.screen || media_.camera) && !has_pictures())
    return fail(ErrorCode::Corrupt, "none of the clip's pictures can be read");
  MEANWHILE_TRY(open_sound());
  if (!has_pictures() && !sound_.has_tracks())
    return fail(ErrorCode::Corrupt, "the clip's sound can't be read");
  const MediaTime end =
      media_.duration > MediaTime{} ? media_.duration : std::max({*screen_end, *camera_end, sound_.end()});
  duration_ = std::max(MediaTime{}, std::min(options_.to.value_or(end), end) - options_.from);
  sound_.seek(options_.from);
  return {};
}

Result<void> Export::open_composer() {
  plan_ = plan_composition(options_.layout, screen_.size, camera_.size, std::max(options_.max_width, 2));
  const auto colours = [](const Layer& layer) {
    return layer.shown ? ColourMeaning{layer.shown->bt709, layer.shown->full_range} : ColourMeaning{};
  };
  auto composer = Composer::create(plan_, colours(screen_), colours(camera_));
  if (!composer) return std::unexpected(composer.error());
  composer_ = std::move(*composer);
  screen_.shown = camera_.shown = nullptr;
  return {};
}

// Whether the layer looks different from what it did.
Result<bool> Export::update(Layer& layer, MediaTime until, MediaTime moment, const PointerTrack* pointer) {
  if (!layer.pictures) return false;
  auto picture = layer.pictures->at(until);
  if (!picture) return std::unexpected(picture.error());
  const auto where = pointer ? pointer->at(moment) : std::nullopt;
  // A track that changes its size on the way isn't ours; its other pictures are left out.
  const bool fits = (*picture)->width == layer.size->width && (*picture)->height == layer.size->height;
  if (layer.frame && (!fits || (*picture == layer.shown && is_same(where, layer.pointer)))) return false;
  layer.shown = *picture;
  layer.pointer = where;
  layer.frame = to_frame(**picture);
  if (where) {
    if (where->buttons != 0 && options_.highlight_clicks) draw_click(*layer.frame, where->x, where->y);
    const PointerImage* image = pointer->image(where->shape);
    draw_pointer(*layer.frame, image ? *image : plain_arrow(), where->x, where->y);
  }
  return true;
}

std::optional<MediaTime> Export::next_change() const {
  std::optional<MediaTime> next;
  for (const Layer* layer : {&screen_, &camera_}) {
    const auto change = layer->pictures ? layer->pictures->next_change() : std::nullopt;
    if (change && (!next || *change < *next)) next = change;
  }
  return next;
}

// Of the clip.
Result<MediaTime> Export::time_of_frame(FrameTimes::Span span) {
  MediaTime last_change = span.from;
  for (const Layer* layer : {&screen_, &camera_}) {
    if (!layer->pictures) continue;
    const auto picture = layer->pictures->at(span.until);
    if (!picture) return std::unexpected(picture.error());
    // Before a track begins, its first picture is held: nothing changes.
    if ((*picture)->at <= span.until) last_change = std::max(last_change, (*picture)->at);
  }
  return frame_time(span.from, last_change);
}

Result<void> Export::add_picture(OutputFile& file, FrameTimes::Span span, MediaTime moment) {
  const auto screen_changed = update(screen_, span.until, moment, media_.pointer.get());
  if (!screen_changed) return std::unexpected(screen_changed.error());
  const auto camera_changed = update(camera_, span.until, moment, nullptr);
  if (!camera_changed) return std::unexpected(camera_changed.error());
  if (*screen_changed || *camera_changed || !composed_) {
    auto frame = composer_->compose(screen_.frame.get(), camera_.frame.get());
    if (!frame) return std::unexpected(frame.error());
    composed_ = std::move(*frame);
  }
  return file.add_picture(*composed_, moment - options_.from);
}

Result<void> Export::add_sound_until(OutputFile& file, MediaTime moment) {
  if (!sound_.has_tracks()) return {};
  const std::int64_t frames = sound_frames(moment) - sound_done_;
  if (frames <= 0) return {};
  std::vector<float> samples(static_cast<std::size_t>(frames) * kSoundChannels);
  sound_.read(samples);
  sound_done_ += frames;
  return file.add_sound(samples);
}

template <typename Progress>
Result<void> Export::add_pictures(OutputFile& file, const Progress& go_on) {
  const FrameTimes times(std::clamp(options_.frames_per_second, 1, 120));
  const MediaTime end = options_.from + std::max(duration_, MediaTime{1});
  MediaTime moment = options_.from;
  FrameTimes::Span span{moment, moment};
  for (int count = 0; moment < end; ++count) {
    MEANWHILE_TRY(go_on(count % kProgressFrames == 0 ? moment - options_.from : MediaTime{-1}));
    MEANWHILE_TRY(add_picture(file, span, moment));
    MEANWHILE_TRY(add_sound_until(file, moment - options_.from));
    span = times.after(moment, std::min(next_change().value_or(end), end));
    span.until = std::min(span.until, end);
    if (span.from >= end) break;
    const auto next = time_of_frame(span);
    if (!next) return std::unexpected(next.error());
    moment = *next;
  }
  return add_sound_until(file, duration_);
}

template <typename Progress>
Result<void> Export::add_only_sound(OutputFile& file, const Progress& go_on) {
  for (MediaTime done{}; done < duration_; done += kSoundAtOnce) {
    MEANWHILE_TRY(go_on(done));
    MEANWHILE_TRY(add_sound_until(file, std::min(done + kSoundAtOnce, duration_)));
  }
  return {};
}

// On the timeline of what is exported.
OutputMarks Export::marks() const {
  OutputMarks marks{.chapters = chapters_in(options_.chapters, {options_.from, options_.from + duration_}),
                    .end = duration_};
  for (VttCue cue : options_.captions) {
    cue.from = std::max(cue.from - options_.from, MediaTime{});
    cue.to = std::min(cue.to - options_.from, duration_);
    if (cue.from < cue.to) marks.captions.push_back(std::move(cue));
  }
  return marks;
}

Result<void> Export::run(const std::filesystem::path& out, const std::function<void(double)>& progress,
                         const std::stop_token& stop) {
  MEANWHILE_TRY(open_sources());
  if (has_pictures()) MEANWHILE_TRY(open_composer());
  auto file = OutputFile::create(
      out, has_pictures() ? std::optional(plan_.canvas) : std::nullopt, options_.frames_per_second,
      sound_.has_tracks() ? WithSound::Yes : WithSound::No, marks(), options_.rate);
  if (!file) return std::unexpected(file.error());
  const auto go_on = [&](MediaTime done) -> Result<void> {
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, "exporting");
    if (done >= MediaTime{} && duration_ > MediaTime{}) progress(to_seconds(done) / to_seconds(duration_));
    return {};
  };
  MEANWHILE_TRY(has_pictures() ? add_pictures(**file, go_on) : add_only_sound(**file, go_on));
  MEANWHILE_TRY((*file)->finish());
  for (const std::string& warning : sound_.warnings()) log(LogLevel::Warning, "exporting: " + warning);
  progress(1);
  return {};
}

}  // namespace

Result<void> export_clip(const ClipMedia& media, const std::filesystem::path& out,
                         const ExportOptions& options, const std::function<void(double)>& progress,
                         std::stop_token stop) {
  // A read that waits for a network mustn't keep a cancelled export alive.
  const std::stop_callback abort_reads(stop, [&] {
    for (const auto& source : {media.screen, media.camera, media.voice, media.system}) {
      if (source) source->abort();
    }
  });
  auto done = Export(media, options).run(out, progress, stop);
  if (!done && stop.stop_requested()) return fail(ErrorCode::Aborted, "exporting");
  return done;
}

}  // namespace meanwhile
