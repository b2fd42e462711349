#include "media/export/exporter.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/log.h"
#include "media/base/look.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/export/composer.h"
#include "media/export/copied_pictures.h"
#include "media/export/export_marks.h"
#include "media/export/frame_kinds.h"
#include "media/export/frame_times.h"
#include "media/export/output_file.h"
#include "media/export/picture_stream.h"
#include "media/export/scene.h"
#include "media/export/scene_layout.h"
#include "media/export/shown_pictures.h"
#include "media/export/title_picture.h"
#include "media/ffmpeg/owners.h"
#include "media/play/arranged_track.h"
#include "media/play/clip_media.h"
#include "media/play/sound_mix.h"
#include "media/play/sound_reader.h"

namespace meanwhile {
namespace {

constexpr int kProgressFrames = 10;
// Of a clip without pictures.
constexpr MediaTime kSoundAtOnce = std::chrono::seconds(1);

class Export {
 public:
  Export(const ClipMedia& media, const ExportOptions& options)
      : media_(media),
        options_(options),
        frames_per_second_(std::clamp(options.frames_per_second, 1, 120)),
        shown_(media, options.highlight_clicks ? Clicks::Highlighted : Clicks::Plain) {}

  Result<void> run(const std::filesystem::path& out, const std::function<void(double)>& progress,
                   const std::stop_token& stop);

 private:
  Result<void> open_sources();
  Result<void> open_sound();
  Result<void> find_copied();
  Result<std::unique_ptr<OutputFile>> create_file(const std::filesystem::path& out);
  [[nodiscard]] OutputPictures pictures() const;
  // Of what is written, on the timeline that is shown.
  [[nodiscard]] MediaTime end() const { return options_.from + std::max(duration_, MediaTime{1}); }
  [[nodiscard]] OwnLayout own() const { return {options_.layout, options_.is_layout_chosen}; }
  Scene scene_at(MediaTime moment, Size canvas);
  FrameKinds::Upcoming prepare(Composer& composer, MediaTime moment);
  Result<std::optional<FrameKinds::Upcoming>> prepare_next(Composer& composer, MediaTime moment,
                                                           MediaTime& end);
  Result<CopiedGroup*> next_copied(MediaTime from, MediaTime until);
  template <typename Progress>
  Result<void> add_pictures(OutputFile& file, const Progress& go_on);
  template <typename Progress>
  Result<MediaTime> draw(OutputFile& file, Composer& composer, MediaTime from, const Progress& go_on);
  template <typename Progress>
  Result<MediaTime> copy(OutputFile& file, CopiedGroup& group, const Progress& go_on);
  template <typename Progress>
  Result<void> add_only_sound(OutputFile& file, const Progress& go_on);
  Result<void> add_sound_until(OutputFile& file, MediaTime moment);

  const ClipMedia& media_;
  const ExportOptions& options_;
  const int frames_per_second_;
  MediaTime duration_{};
  ShownPictures shown_;
  std::unique_ptr<CopiedPictures> copied_;  // nullptr: all is drawn
  const TitleCard* card_ = nullptr;         // whose picture card_picture_ is
  PicturePtr card_picture_;
  SoundMix sound_;
  std::int64_t sound_done_ = 0;
};

Result<void> Export::open_sound() {
  sound_.open(arranged_track(media_, &ClipMedia::voice), arranged_track(media_, &ClipMedia::system), {});
  sound_.treat(media_.sound);
  for (const Error& failure : sound_.failures()) {
    if (failure.code != ErrorCode::Corrupt) return fail(tr("reading the sound"), failure);
  }
  return {};  // damage is among the warnings
}

Result<void> Export::open_sources() {
  if (!media_.screen && !media_.camera && !media_.voice && !media_.system)
    return fail(ErrorCode::InvalidArgument, tr("there is nothing to see or hear in the clip"));
  MEANWHILE_TRY(shown_.open(options_.from));
  MEANWHILE_TRY(open_sound());
  if (!shown_.has_any() && !sound_.has_tracks())
    return fail(ErrorCode::Corrupt, tr("the clip's sound can't be read"));
  const MediaTime played = played_duration(media_);
  const MediaTime end = played > MediaTime{} ? played : std::max(shown_.end(), sound_.end());
  duration_ = std::max(MediaTime{}, std::min(options_.to.value_or(end), end) - options_.from);
  sound_.seek(options_.from);
  return {};
}

// Where nothing says how large the pictures may become.
Result<void> Export::find_copied() {
  if (!shown_.has_any() || options_.rate.picture_bps != 0) return {};
  auto copied = CopiedPictures::find(media_, shown_, own(), pictures(), {options_.from, end()});
  if (!copied) return std::unexpected(copied.error());
  copied_ = std::move(*copied);
  return {};
}

Result<std::unique_ptr<OutputFile>> Export::create_file(const std::filesystem::path& out) {
  std::optional<OutputPictures> format;
  if (shown_.has_any()) format = pictures();
  if (copied_) format->copied_sets = copied_->sets();
  auto file = OutputFile::create(out, format, sound_.has_tracks() ? WithSound::Yes : WithSound::No,
                                 marks_of(options_, media_.edits.get(), duration_), options_.rate);
  if (file && !(*file)->takes_packets()) copied_.reset();
  return file;
}

// In the colours of what is seen most: nothing needs converting then.
OutputPictures Export::pictures() const {
  const auto& screen = shown_.screen_format();
  const auto& camera = shown_.camera_format();
  const auto size_in = [](const auto& format) { return format ? std::optional(format->size) : std::nullopt; };
  return {
      .size = canvas_for(options_.layout, size_in(screen), size_in(camera), std::max(options_.max_width, 2)),
      .frames_per_second = frames_per_second_,
      .bt709 = (screen ? screen : camera)->bt709};
}

Scene Export::scene_at(MediaTime moment, Size canvas) {
  static const Arrangement kAsRecorded;
  const SceneContent content = shown_.at(moment);
  const Look look = look_at(media_.arrangement ? *media_.arrangement : kAsRecorded, shown_.recorded(moment),
                            own(), look_area(canvas), size_of(content.screen), size_of(content.camera));
  if (!look.card) return lay_out(look, content);
  if (look.card != card_) card_picture_ = title_picture(*look.card, canvas);
  card_ = look.card;
  const Rect whole{0, 0, canvas.width, canvas.height};
  return {.screen = PlacedPicture{.picture = card_picture_, .from = whole, .to = whole}, .camera = {}};
}

FrameKinds::Upcoming Export::prepare(Composer& composer, MediaTime moment) {
  return {.at = moment, .changes = composer.prepare(scene_at(moment, composer.size()))};
}

Result<CopiedGroup*> Export::next_copied(MediaTime from, MediaTime until) {
  return copied_ ? copied_->next(from, until) : nullptr;
}

// nullopt: the one at `moment` was the last before `end`, which becomes earlier where pictures can be copied.
Result<std::optional<FrameKinds::Upcoming>> Export::prepare_next(Composer& composer, MediaTime moment,
                                                                 MediaTime& end) {
  const FrameTimes times(frames_per_second_);
  MediaTime change = std::min(shown_.next_change(moment, own(), times.interval()).value_or(end), end);
  // A picture that stands still to the end has a frame there, too: the file lasts to its end.
  const MediaTime last = end - times.interval();
  if (change > last && last > moment + times.interval()) change = last;
  FrameTimes::Span span = times.after(moment, change);
  const auto copied = next_copied(moment + times.closest(), std::min(span.until, end));
  if (!copied) return std::unexpected(copied.error());
  if (*copied) end = (*copied)->at;
  const MediaTime latest = end - (*copied ? times.shortest() : MediaTime{1});
  if (span.from > latest) return std::nullopt;
  span.until = std::min(span.until, *copied ? latest : end);
  const auto at = shown_.go_to(span);
  if (!at) return std::unexpected(at.error());
  return prepare(composer, *at);
}

template <typename Progress>
Result<void> Export::add_pictures(OutputFile& file, const Progress& go_on) {
  const OutputPictures format = pictures();
  Composer composer(format.size, format.bt709);
  for (MediaTime moment = options_.from; moment < end();) {
    const auto group = next_copied(moment, moment);
    if (!group) return std::unexpected(group.error());
    const auto done = *group ? copy(file, **group, go_on) : draw(file, composer, moment, go_on);
    if (!done) return std::unexpected(done.error());
    moment = *done;
  }
  return add_sound_until(file, duration_);
}

// Until pictures can be copied, or the end. Answers when.
template <typename Progress>
Result<MediaTime> Export::draw(OutputFile& file, Composer& composer, MediaTime from, const Progress& go_on) {
  MediaTime until = end();
  MEANWHILE_TRY(shown_.skip_to(from));
  FrameKinds kinds;
  FrameKinds::Upcoming frame = prepare(composer, from);
  for (int count = 0;; ++count) {
    MEANWHILE_TRY(go_on(count % kProgressFrames == 0 ? frame.at - options_.from : MediaTime{-1}));
    MEANWHILE_TRY(composer.draw());
    // What comes next says what this one is to be.
    const auto next = prepare_next(composer, frame.at, until);
    if (!next) return std::unexpected(next.error());
    const MediaTime time = frame.at - options_.from;
    MEANWHILE_TRY(file.add_picture(composer.canvas(), time, kinds.of(frame, *next)));
    MEANWHILE_TRY(add_sound_until(file, time));
    if (!*next) return until;
    frame = **next;
  }
}

// Answers when it is over.
template <typename Progress>
Result<MediaTime> Export::copy(OutputFile& file, CopiedGroup& group, const Progress& go_on) {
  MEANWHILE_TRY(go_on(group.at - options_.from));
  for (PacketPtr& packet : group.packets) {
    const MediaTime time = MediaTime(packet->pts) - options_.from;
    packet->pts = time.count();
    MEANWHILE_TRY(file.copy_picture(std::move(packet)));
    MEANWHILE_TRY(add_sound_until(file, time));
  }
  return group.until;
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
Result<void> Export::add_only_sound(OutputFile& file, const Progress& go_on) {
  for (MediaTime done{}; done < duration_; done += kSoundAtOnce) {
    MEANWHILE_TRY(go_on(done));
    MEANWHILE_TRY(add_sound_until(file, std::min(done + kSoundAtOnce, duration_)));
  }
  return {};
}

Result<void> Export::run(const std::filesystem::path& out, const std::function<void(double)>& progress,
                         const std::stop_token& stop) {
  MEANWHILE_TRY(open_sources());
  MEANWHILE_TRY(find_copied());
  const auto file = create_file(out);
  if (!file) return std::unexpected(file.error());
  const auto go_on = [&](MediaTime done) -> Result<void> {
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, "exporting");
    if (done >= MediaTime{} && duration_ > MediaTime{}) progress(to_seconds(done) / to_seconds(duration_));
    return {};
  };
  MEANWHILE_TRY(shown_.has_any() ? add_pictures(**file, go_on) : add_only_sound(**file, go_on));
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
