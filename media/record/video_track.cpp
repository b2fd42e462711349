#include "media/record/video_track.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"
#include "media/record/picture_encoder.h"
#include "media/record/picture_encoding.h"
#include "media/record/picture_health.h"
#include "media/record/poster_picker.h"
#include "media/record/recorder_notes.h"
#include "media/record/take_context.h"
#include "media/record/track_file.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "media/record/track_writer.h"
#include "media/record/video_encoder.h"

namespace meanwhile {
namespace {

// A picture that stands still is written again about once a second, so that what is on disk stays current: a
// little under the promised second, for the way to the disk.
constexpr MediaTime kRepeatInterval = std::chrono::milliseconds(900);
// A source that says nothing at all is repeated by take-watch, whose ticks are coarse, and its frames' way to
// us is allowed for.
constexpr MediaTime kSilence = std::chrono::milliseconds(600);
constexpr MediaTime kPictureDelivery = std::chrono::milliseconds(150);
// A screen's source that looks at it says so several times a second, also where nothing changes.
constexpr MediaTime kScreenPatience = std::chrono::milliseconds(1500);
// A camera's picture this old is still what the person sees at the start; an older one is a camera that
// sleeps.
constexpr MediaTime kFresh = std::chrono::milliseconds(100);

}  // namespace

VideoTrack::VideoTrack(TrackKind kind, std::unique_ptr<FrameSource> source, OpenFramesAgain open_again,
                       std::function<void()> on_lost, RecorderNotes& notes, PictureEncoding encoding)
    : kind_(kind),
      open_again_(std::move(open_again)),
      on_lost_(std::move(on_lost)),
      notes_(notes),
      encoding_(std::move(encoding)),
      source_(std::move(source)) {
  state_.lock()->info = source_->info();
}

VideoTrack::~VideoTrack() {
  stop_source();
}

Result<void> VideoTrack::open(PointerSink* pointer) {
  return source_->start(*this, pointer);
}

void VideoTrack::begin(const TakeContext& context, TrackFilePtr file, MonotonicTime now) {
  auto state = state_.lock();
  state->context = &context;
  state->file = std::move(file);
  state->header.reset();
  state->has_hardware_failed = false;
  start_encoder_locked(*state);
  state->last_sent.reset();
  state->captured = 0;
  state->has_failed = false;
  state->codec.clear();
  state->earlier = {};
  state->end = {};
  state->is_behind = false;
  state->limits = {};
  state->health.begin_take(now);
  state->log.clear();
  const bool holds = kind_ == TrackKind::Screen || now - state->newest_at <= kFresh;
  if (!state->newest || !holds || state->is_over) return;
  ++state->captured;
  send_locked(*state, reference(*state->newest), MediaTime{});
}

// A track that goes on (after something was taken back) keeps its header: only one with its parameter sets in
// band may change its encoder.
void VideoTrack::start_encoder_locked(State& state) {
  const auto failed = [this](const Error& why) {
    state_.lock()->has_failed = true;
    notes_.warn_of_take(failed_track_words(kind_, why));
  };
  const auto fallen_back = [this](const Error& why) {
    state_.lock()->has_hardware_failed = true;
    notes_.warn_of_take(failed_hardware_words(encoding_.hardware_words, why));
  };
  const bool may_use_hardware = !state.has_hardware_failed && (!state.header || is_in_band(state));
  state.dropped_before = 0;
  state.encoder = std::make_shared<VideoEncoder>(
      VideoEncoderSettings{.track = track_name(kind_),
                           .use = kind_ == TrackKind::Screen ? VideoUse::Screen : VideoUse::Camera,
                           .frames_per_second = state.info.frames_per_second,
                           .queue_capacity = encoding_.queue_capacity,
                           .software = encoding_.software,
                           .hardware = may_use_hardware ? encoding_.hardware : OpenEncoder{},
                           .has_sets_in_band = is_in_band(state),
                           .begins_at_zero = !state.file->end(),
                           .outline = &outline_,
                           .on_fallback = fallen_back},
      [this](const AVCodecContext& encoder) { return open_writer(encoder); }, failed);
}

Result<std::unique_ptr<TrackWriter>> VideoTrack::open_writer(const AVCodecContext& encoder) {
  std::shared_ptr<AVCodecParameters> header(avcodec_parameters_alloc(), AvDeleter());
  if (!header || avcodec_parameters_from_context(header.get(), &encoder) < 0) {
    return fail(ErrorCode::Internal, tr("making a track's file failed"));
  }
  TrackFilePtr file;
  {
    auto state = state_.lock();
    if (is_in_band(*state)) header = state->header;
    state->header = header;
    file = state->file;
  }
  return TrackWriter::create(*header, encoder.time_base, std::move(file));
}

void VideoTrack::resume(MediaTime at) {
  auto state = state_.lock();
  state->health.interrupt();
  if (!is_wanted(*state) || !state->newest) return;
  ++state->captured;
  send_locked(*state, reference(*state->newest), at);
}

void VideoTrack::tick(MonotonicTime now) {
  auto state = state_.lock();
  const auto at = state->context ? state->context->timeline.at(now - kPictureDelivery) : std::nullopt;
  const bool says_unchanged = now - state->unchanged_at < kSilence;
  if (at && !says_unchanged) repeat_if_still_locked(*state, *at, kSilence);
}

void VideoTrack::note_health(MonotonicTime now) {
  TrackHealth health = TrackHealth::Good;
  std::string name;
  {
    auto state = state_.lock();
    health = health_locked(*state, now);
    name = state->info.name;
    if (state->context)
      note_in(state->log, state->context->timeline, health, since_locked(*state, health, now), now);
  }
  if (is_worth_a_warning(health)) notes_.warn_for_now(health_words(kind_, name, health));
}

void VideoTrack::flush(MediaTime end) {
  if (const auto encoder = state_.lock()->encoder) encoder->flush(end);
}

std::shared_ptr<VideoEncoder> VideoTrack::take_encoder() {
  return std::exchange(state_.lock()->encoder, nullptr);
}

void VideoTrack::end_encoder(std::optional<MediaTime> end) {
  const auto encoder = take_encoder();
  if (!encoder) return;
  encoder->finish(end);
  if (!poster_) poster_ = encoder->take_poster();
  auto state = state_.lock();
  if (state->codec.empty()) state->codec = encoder->codec();
  state->earlier.dropped += encoder->counts().dropped;
  state->earlier.encoded = state->file->packets();
  state->end = state->file->end().value_or(MediaTime{});
  state->last_sent.reset();
}

void VideoTrack::cut_back(MediaTime at) {
  const TrackFilePtr file = state_.lock()->file;
  file->cut_back(at);
  if (at <= PosterPicker::kEarly) poster_.reset();  // it may show what was taken back
  outline_.cut(at);
  auto state = state_.lock();
  state->log.cut_back(at);
  state->earlier.encoded = file->packets();
  state->captured = std::min(state->captured, state->earlier.encoded + state->earlier.dropped);
  state->end = file->end().value_or(MediaTime{});
  if (!state->is_over && !state->has_failed) start_encoder_locked(*state);
}

void VideoTrack::stop_source() {
  const std::lock_guard lock(source_mutex_);
  is_stopped_ = true;
  if (source_) source_->stop();
}

void VideoTrack::finish(MediaTime end) {
  const bool is_over = state_.lock()->is_over;
  end_encoder(is_over ? std::nullopt : std::optional(end));
}

void VideoTrack::cancel() {
  if (const auto encoder = take_encoder()) encoder->cancel();
  poster_.reset();
  outline_ = {};
  auto state = state_.lock();
  state->context = nullptr;
  state->file.reset();
}

void VideoTrack::reopen_source() {
  auto source = open_again_();
  if (!source) return;
  const FrameSourceInfo info = (*source)->info();
  const FrameSourceInfo before = state_.lock()->info;
  if (info.width != before.width || info.height != before.height) {
    notes_.warn_of_take(other_size_words(kind_, info.name));
    return;
  }
  install_source(std::move(*source));
}

void VideoTrack::install_source(std::unique_ptr<FrameSource> source) {
  std::string name = source->info().name;
  {
    const std::lock_guard lock(source_mutex_);
    if (is_stopped_) return;
    source_.reset();  // it has ended: nothing of it is called any more
    {
      auto state = state_.lock();
      state->info = source->info();
      state->health.reopen();
    }
    if (!source->start(*this, nullptr)) return;
    source_ = std::move(source);
    state_.lock()->is_lost = false;
  }
  notes_.warn_of_take(returned_source_words(kind_, name), was_returned_words(kind_, name));
}

void VideoTrack::on_frame(FramePtr frame, MonotonicTime at) {
  const std::optional<PictureMark> mark =
      kind_ == TrackKind::Camera ? std::optional(mark_of(*frame)) : std::nullopt;
  {
    auto state = state_.lock();
    state->newest = reference(*frame);
    state->newest_at = at;
    state->preview.reset();
    const auto time = is_wanted(*state) ? time_of_locked(*state, at) : std::nullopt;
    if (mark) state->health.add(*mark, at, time.has_value());
    if (time) ++state->captured;
    if (time && may_send_locked(*state, *time)) {
      send_locked(*state, std::move(frame), *time);
    } else if (time) {
      ++state->earlier.dropped;
      state->is_behind = true;
    }
  }
  notes_.changed();
}

void VideoTrack::on_unchanged(MonotonicTime at) {
  auto state = state_.lock();
  state->unchanged_at = at;
  if (!state->encoder) return;
  if (const auto time = state->context->timeline.at(at))
    repeat_if_still_locked(*state, *time, kRepeatInterval);
}

void VideoTrack::on_state(SourceState source_state) {
  state_.lock()->health.set_state(source_state);
  notes_.changed();
}

void VideoTrack::on_ended(Error why) {
  const bool may_return = open_again_ && why.code == ErrorCode::Unavailable;
  std::shared_ptr<VideoEncoder> encoder;
  std::optional<MediaTime> last;
  FrameSourceInfo info;
  {
    auto state = state_.lock();
    (may_return ? state->is_lost : state->is_over) = true;
    info = state->info;
    encoder = state->encoder;
    last = state->last_sent;
  }
  if (encoder && last && !may_return)
    encoder->flush(*last + from_seconds(1 / std::max(1.0, info.frames_per_second)));
  if (!may_return) return notes_.warn(ended_source_words(kind_, info.name, why));
  notes_.warn(lost_source_words(kind_, info.name, why), was_lost_words(kind_, info.name, why));
  on_lost_();
}

// A screen gives a picture only when something changes. So one of before the take or of a pause, or older
// than a repeat of the one before it, which arrives only now, is what stands there from now on: it must not
// be left out.
std::optional<MediaTime> VideoTrack::time_of_locked(const State& state, MonotonicTime at) const {
  if (kind_ != TrackKind::Screen) return state.context->timeline.at(at);
  const auto time = state.context->timeline.at_or_after(at);
  if (!time || !state.last_sent) return time;
  return std::max(*time, *state.last_sent + MediaTime(1));
}

bool VideoTrack::may_send_locked(const State& state, MediaTime at) const {
  const MediaTime interval =
      kind_ == TrackKind::Screen ? state.limits.screen_interval : state.limits.camera_interval;
  return !state.last_sent || at - *state.last_sent >= interval;
}

void VideoTrack::send_locked(State& state, FramePtr frame, MediaTime at) {
  state.is_behind = false;
  state.last_sent = at;
  state.encoder->push(std::move(frame), at);
  report_load_locked(state, at);
}

void VideoTrack::report_load_locked(State& state, MediaTime at) {
  const std::int64_t dropped = state.encoder->counts().dropped;
  state.limits = state.context->load.report(
      at, {.queue_share = state.encoder->queue_share(), .has_dropped = dropped > state.dropped_before});
  state.dropped_before = dropped;
  state.encoder->set_effort(state.limits.effort);
}

void VideoTrack::repeat_if_still_locked(State& state, MediaTime at, MediaTime silence) {
  if (!is_wanted(state) || !state.last_sent || at <= *state.last_sent) return;
  if (state.is_behind && may_send_locked(state, at)) {
    --state.earlier.dropped;
    return send_locked(state, reference(*state.newest), at);
  }
  if (at - *state.last_sent < silence) return;
  state.last_sent = at;
  state.encoder->repeat(at);
  report_load_locked(state, at);
}

TrackHealth VideoTrack::health_locked(State& state, MonotonicTime now) const {
  if (state.is_over || state.has_failed) return TrackHealth::Ended;
  if (state.is_lost) return TrackHealth::Lost;
  if (kind_ == TrackKind::Camera) state.health.wait(now);
  const TrackHealth health = state.health.health(now);
  if (health != TrackHealth::Good || state.unchanged_at == MonotonicTime{}) return health;
  const MonotonicTime seen = std::max(state.unchanged_at, state.newest_at);
  return now - seen >= kScreenPatience ? TrackHealth::Stalled : TrackHealth::Good;
}

// A screen that doesn't answer any more was last heard of when it said that nothing had changed.
MonotonicTime VideoTrack::since_locked(const State& state, TrackHealth health, MonotonicTime now) {
  const bool is_silent_screen = health == TrackHealth::Stalled && state.unchanged_at != MonotonicTime{};
  return is_silent_screen ? std::max(state.unchanged_at, state.newest_at) : state.health.since(health, now);
}

TrackReport VideoTrack::report(MonotonicTime now) const {
  TrackReport report{.kind = kind_, .file = track_file(kind_), .codec = "", .device = ""};
  auto state = state_.lock();
  report.device = state->info.name;
  report.width = state->info.width;
  report.height = state->info.height;
  report.frames_captured = state->captured;
  report.is_over = state->is_over || state->is_lost || state->has_failed;
  report.health = health_locked(*state, now);
  report.health_sentence = health_words(kind_, report.device, report.health);
  report.ailed = state->log.stretches();
  report.figures.longest_gap = state->health.longest_gap();
  report.figures.longest_black = state->health.longest_black();
  report.figures.longest_frozen = state->health.longest_frozen();
  report.frames_encoded = state->earlier.encoded;
  report.frames_dropped = state->earlier.dropped;
  report.duration = state->last_sent.value_or(state->end);
  report.codec = state->codec;
  if (state->file) report.bytes = state->file->size_bytes();
  if (!state->encoder) return report;
  if (report.codec.empty()) report.codec = state->encoder->codec();
  report.frames_encoded += state->encoder->counts().encoded;
  report.frames_dropped += state->encoder->counts().dropped;
  return report;
}

PicturePtr VideoTrack::preview() const {
  auto state = state_.lock();
  if (!state->preview && state->newest) {
    state->preview = to_picture(reference(*state->newest), state->last_sent.value_or(MediaTime{}));
  }
  return state->preview;
}

}  // namespace meanwhile
