#include "media/export/exporter.h"

#include <algorithm>
#include <cmath>
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
#include "media/base/layout.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/export/composer.h"
#include "media/export/held_pictures.h"
#include "media/export/output_file.h"
#include "media/ffmpeg/owners.h"
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

constexpr std::int64_t kProgressFrames = 10;

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
  Result<bool> update(Layer& layer, MediaTime moment, const PointerTrack* pointer);
  Result<void> add_picture(OutputFile& file, MediaTime moment);
  Result<void> add_sound_until(OutputFile& file, MediaTime moment);

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
  sound_.open(media_.voice, media_.system, {});
  for (const Error& failure : sound_.failures()) {
    if (failure.code != ErrorCode::Corrupt) return fail("reading the sound", failure);
  }
  return {};  // damage is among the warnings
}

Result<void> Export::open_sources() {
  if (!media_.screen && !media_.camera) {
    return fail(ErrorCode::InvalidArgument, "the clip has no picture; a video can't be made of it");
  }
  const auto screen_end = open_unless_damaged(screen_, media_.screen, "screen");
  if (!screen_end) return std::unexpected(screen_end.error());
  const auto camera_end = open_unless_damaged(camera_, media_.camera, "camera");
  if (!camera_end) return std::unexpected(camera_end.error());
  if (!screen_.size && !camera_.size)
    return fail(ErrorCode::Corrupt, "none of the clip's pictures can be read");
  MEANWHILE_TRY(open_sound());
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
Result<bool> Export::update(Layer& layer, MediaTime moment, const PointerTrack* pointer) {
  if (!layer.pictures) return false;
  auto picture = layer.pictures->at(moment);
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

Result<void> Export::add_picture(OutputFile& file, MediaTime moment) {
  const auto screen_changed = update(screen_, moment, media_.pointer.get());
  if (!screen_changed) return std::unexpected(screen_changed.error());
  const auto camera_changed = update(camera_, moment, nullptr);
  if (!camera_changed) return std::unexpected(camera_changed.error());
  if (*screen_changed || *camera_changed || !composed_) {
    auto frame = composer_->compose(screen_.frame.get(), camera_.frame.get());
    if (!frame) return std::unexpected(frame.error());
    composed_ = std::move(*frame);
  }
  return file.add_picture(*composed_);
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

Result<void> Export::run(const std::filesystem::path& out, const std::function<void(double)>& progress,
                         const std::stop_token& stop) {
  MEANWHILE_TRY(open_sources());
  MEANWHILE_TRY(open_composer());
  const int rate = std::clamp(options_.frames_per_second, 1, 120);
  auto file =
      OutputFile::create(out, plan_.canvas, rate, sound_.has_tracks() ? WithSound::Yes : WithSound::No);
  if (!file) return std::unexpected(file.error());
  const auto moment_of = [&](std::int64_t frame) { return MediaTime(frame * 1'000'000 / rate); };
  const auto frames = std::max<std::int64_t>(1, std::llround(std::ceil(to_seconds(duration_) * rate)));
  for (std::int64_t i = 0; i < frames; ++i) {
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, "exporting");
    MEANWHILE_TRY(add_picture(**file, options_.from + moment_of(i)));
    MEANWHILE_TRY(add_sound_until(**file, std::min(moment_of(i + 1), duration_)));
    if (i % kProgressFrames == 0) progress(static_cast<double>(i) / static_cast<double>(frames));
  }
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
