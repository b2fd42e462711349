#include "media/record/video_track.h"

#include <algorithm>
#include <utility>

#include "media/ffmpeg/pictures.h"
#include "media/record/track_names.h"

namespace meanwhile {
namespace {

// A picture that stands still is written again about once a second, so that what is on disk stays current.
constexpr MediaTime kRepeatInterval = std::chrono::seconds(1);
// A source that says nothing at all is given a little longer, and its frames' way to us is allowed for.
constexpr MediaTime kSilence = std::chrono::milliseconds(1200);
constexpr MediaTime kDelivery = std::chrono::milliseconds(300);
constexpr MediaTime kStall = std::chrono::seconds(3);
// A camera's picture this old is still what the person sees at the start; an older one is a camera that
// sleeps.
constexpr MediaTime kFresh = std::chrono::milliseconds(100);

}  // namespace

VideoTrack::VideoTrack(TrackKind kind, std::unique_ptr<FrameSource> source, RecorderNotes& notes,
                       std::size_t queue_capacity)
    : kind_(kind),
      notes_(notes),
      queue_capacity_(queue_capacity),
      info_(source->info()),
      source_(std::move(source)) {}

VideoTrack::~VideoTrack() {
  source_->stop();
}

Result<void> VideoTrack::open(PointerSink* pointer) {
  return source_->start(*this, pointer);
}

void VideoTrack::begin(const TakeContext& context, DiskFilePtr file, MonotonicTime now) {
  auto state = state_.lock();
  context_ = &context;
  file_ = std::move(file);
  const auto open = [&disk = context.disk, track_file = file_](const AVCodecContext& encoder) {
    return TrackWriter::create(encoder, disk, track_file);
  };
  const auto failed = [this](const Error& why) {
    state_.lock()->is_over = true;
    notes_.warn(failed_track_words(kind_, why));
  };
  encoder_ = std::make_unique<VideoEncoder>(
      VideoEncoderSettings{.track = track_name(kind_),
                           .use = kind_ == TrackKind::Screen ? VideoUse::Screen : VideoUse::Camera,
                           .frames_per_second = info_.frames_per_second,
                           .queue_capacity = queue_capacity_},
      open, failed);
  state->is_recording = true;
  const bool holds = kind_ == TrackKind::Screen || now - state->newest_at <= kFresh;
  if (state->newest && holds && !state->is_over) send_locked(*state, reference(*state->newest), MediaTime{});
}

void VideoTrack::resume(MediaTime at) {
  auto state = state_.lock();
  if (state->is_recording && state->newest && !state->is_over)
    send_locked(*state, reference(*state->newest), at);
}

void VideoTrack::tick(MonotonicTime now) {
  warn_if_stalled(now);
  if (const auto at = context_->timeline.at(now - kDelivery)) repeat_if_still(*at, kSilence);
}

// A camera that hangs says nothing, neither pictures nor an error; a screen may well stand still.
void VideoTrack::warn_if_stalled(MonotonicTime now) {
  if (kind_ != TrackKind::Camera) return;
  {
    auto state = state_.lock();
    if (state->is_over || !state->newest || now - state->newest_at < kStall) return;
  }
  notes_.warn("The camera (" + info_.name +
              ") has given no picture for some seconds; check its cable, or that no other " +
              "program holds it. Its last picture is recorded meanwhile.");
}

void VideoTrack::flush(MediaTime end) {
  encoder_->flush(end);
}

void VideoTrack::finish(MediaTime end) {
  const bool is_over = state_.lock()->is_over;
  encoder_->finish(is_over ? std::nullopt : std::optional(end));
}

void VideoTrack::cancel() {
  if (encoder_) encoder_->cancel();
}

void VideoTrack::on_frame(FramePtr frame, MonotonicTime at) {
  {
    auto state = state_.lock();
    state->newest = reference(*frame);
    state->newest_at = at;
    state->preview.reset();
    const bool is_wanted = state->is_recording && !state->is_over;
    const auto time = is_wanted ? time_of_locked(*state, at) : std::nullopt;
    if (time) send_locked(*state, std::move(frame), *time);
  }
  notes_.changed();
}

void VideoTrack::on_unchanged(MonotonicTime at) {
  if (!state_.lock()->is_recording) return;
  if (const auto time = context_->timeline.at(at)) repeat_if_still(*time, kRepeatInterval);
}

void VideoTrack::on_ended(Error why) {
  std::optional<MediaTime> last;
  {
    auto state = state_.lock();
    state->is_over = true;
    if (state->is_recording) last = state->last_sent;
  }
  if (last) encoder_->flush(*last + from_seconds(1 / std::max(1.0, info_.frames_per_second)));
  notes_.warn(ended_source_words(kind_, info_.name, why));
}

// A screen gives a picture only when something changes. So one of before the take or of a pause, or older
// than a repeat of the one before it, which arrives only now, is what stands there from now on: it must not
// be left out.
std::optional<MediaTime> VideoTrack::time_of_locked(const State& state, MonotonicTime at) const {
  if (kind_ != TrackKind::Screen) return context_->timeline.at(at);
  const auto time = context_->timeline.at_or_after(at);
  if (!time || !state.last_sent) return time;
  return std::max(*time, *state.last_sent + MediaTime(1));
}

void VideoTrack::send_locked(State& state, FramePtr frame, MediaTime at) {
  ++state.captured;
  state.last_sent = at;
  encoder_->push(std::move(frame), at);
}

void VideoTrack::repeat_if_still(MediaTime at, MediaTime silence) {
  auto state = state_.lock();
  if (state->is_over || !state->last_sent || at - *state->last_sent < silence) return;
  state->last_sent = at;
  encoder_->repeat(at);
}

TrackReport VideoTrack::report() const {
  TrackReport report{.kind = kind_, .file = track_file(kind_), .codec = "", .device = info_.name};
  report.width = info_.width;
  report.height = info_.height;
  auto state = state_.lock();
  report.frames_captured = state->captured;
  report.is_over = state->is_over;
  if (!state->is_recording) return report;
  report.duration = state->last_sent.value_or(MediaTime{});
  report.codec = encoder_->codec();
  report.frames_encoded = encoder_->counts().encoded;
  report.frames_dropped = encoder_->counts().dropped;
  report.bytes = file_->size_bytes();
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
