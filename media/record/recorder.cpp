#include "media/record/recorder.h"

#include <algorithm>
#include <condition_variable>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include "media/base/clock.h"
#include "media/base/guarded.h"
#include "media/base/named_thread.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/source.h"
#include "media/ffmpeg/logging.h"
#include "media/record/audio_track.h"
#include "media/record/picture_encoding.h"
#include "media/record/recorder_notes.h"
#include "media/record/recorder_parts.h"
#include "media/record/recorder_tracks.h"
#include "media/record/take_listener.h"
#include "media/record/take_lock.h"
#include "media/record/take_recording.h"
#include "media/record/take_summary.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "media/record/video_track.h"

namespace meanwhile {
namespace {

constexpr int kSlowest = 1;
constexpr int kFastest = 60;

// Owns the thread "reopen", which waits for lost devices to return.
class TrackRecorder final : public Recorder {
 public:
  TrackRecorder(const Clock& clock, std::function<void()> on_change, RecorderParts parts)
      : clock_(clock), parts_(std::move(parts)), notes_(std::move(on_change)) {}
  ~TrackRecorder() override {
    // Whoever forgets to finish still has the take.
    if (is_recording()) (void)finish();
  }

  Result<void> open(const RecordSettings& settings);

  Result<void> start(const std::filesystem::path& takes, const TakeDetails& details) override;
  void pause() override;
  void resume() override;
  void mute() override;
  void unmute() override;
  Result<Retake> retake() override;
  Result<void> mark_chapter() override;
  Result<void> restart() override;
  Result<TakeSummary> finish() override;
  void cancel() override;
  RecordStatus status() const override;
  PicturePtr preview(TrackKind kind) const override;

 private:
  Result<void> open_picture(TrackKind kind, const std::string& spec, const RecordSettings& settings);
  Result<void> open_sound(TrackKind kind, const std::string& spec);
  Result<void> leave_out(TrackKind kind, const std::string& spec, const Error& why);
  bool is_recording() const { return recording_ && !is_over_; }
  void show(TakeRecording* recording) { *shared_recording_.lock() = recording; }
  void on_lost();
  void reopen_lost_devices(const std::stop_token& stop);

  const Clock& clock_;
  const RecorderParts parts_;
  std::shared_ptr<TakeListener> listener_;
  RecorderNotes notes_;
  std::filesystem::path takes_;
  TakeDetails details_;
  // Read by any thread once it is there.
  mutable Guarded<TakeRecording*> shared_recording_{nullptr};
  std::unique_ptr<TakeRecording> recording_;
  bool is_over_ = false;
  std::mutex lost_mutex_;
  std::condition_variable_any lost_wake_;
  RecorderTracks tracks_;      // the sources are stopped before anything above goes
  NamedThread reopen_thread_;  // last: it uses the tracks
};

Result<void> TrackRecorder::open(const RecordSettings& settings) {
  listener_ = settings.listener;
  MEANWHILE_TRY(open_picture(TrackKind::Screen, settings.screen, settings));
  MEANWHILE_TRY(open_picture(TrackKind::Camera, settings.camera, settings));
  MEANWHILE_TRY(open_sound(TrackKind::Voice, settings.microphone));
  MEANWHILE_TRY(open_sound(TrackKind::System, settings.system_audio ? "default" : "none"));
  if (!tracks_.is_empty()) {
    reopen_thread_ =
        NamedThread("reopen", [this](const std::stop_token& stop) { reopen_lost_devices(stop); });
    return {};
  }
  return fail(ErrorCode::InvalidArgument,
              tr("there is nothing to record: choose a screen, a camera or a microphone that is connected"));
}

Result<void> TrackRecorder::open_picture(TrackKind kind, const std::string& spec,
                                         const RecordSettings& settings) {
  if (spec == "none") return {};
  const int rate = std::clamp(settings.frames_per_second, kSlowest, kFastest);
  const bool is_screen = kind == TrackKind::Screen;
  const OpenFrames& open = is_screen ? parts_.open_screen : parts_.open_camera;
  auto source = open(spec, rate, clock_);
  if (!source) return leave_out(kind, spec, source.error());
  if (const auto note = (*source)->info().note; !note.empty()) notes_.warn(note);
  OpenFramesAgain again;
  if (!is_screen) again = [this, &open, spec, rate] { return open(spec, rate, clock_); };
  auto track = std::make_unique<VideoTrack>(
      kind, std::move(*source), again, [this] { on_lost(); }, notes_,
      picture_encoding(parts_, settings.encoder));
  if (auto opened = track->open(is_screen ? &tracks_.pointer : nullptr); !opened) {
    return leave_out(kind, spec, opened.error());
  }
  tracks_.pictures.push_back(std::move(track));
  return {};
}

Result<void> TrackRecorder::open_sound(TrackKind kind, const std::string& spec) {
  if (spec == "none") return {};
  const OpenSamples& open = kind == TrackKind::Voice ? parts_.open_microphone : parts_.open_system_audio;
  auto source = open(spec, clock_);
  if (!source) return leave_out(kind, spec, source.error());
  // The same device once more, else whatever takes its place: a worse microphone beats none.
  const auto again = [this, &open, spec]() -> Result<std::unique_ptr<SampleSource>> {
    if (auto same = open(spec, clock_); same || spec == "default") return same;
    return open("default", clock_);
  };
  auto track = std::make_unique<AudioTrack>(kind, std::move(*source), again, [this] { on_lost(); }, notes_);
  if (auto opened = track->open(); !opened) return leave_out(kind, spec, opened.error());
  tracks_.sounds.push_back(std::move(track));
  return {};
}

void TrackRecorder::on_lost() {
  const std::lock_guard lock(lost_mutex_);
  lost_wake_.notify_all();
}

// At once, and then now and then.
void TrackRecorder::reopen_lost_devices(const std::stop_token& stop) {
  std::unique_lock lock(lost_mutex_);
  for (;;) {
    lost_wake_.wait(lock, stop, [this] { return tracks_.is_any_lost(); });
    if (stop.stop_requested()) return;
    lock.unlock();
    tracks_.reopen_lost();
    lock.lock();
    lost_wake_.wait_for(lock, stop, parts_.reopen_interval, [] { return false; });
  }
}

// A device that was named must be there; one that wasn't may be missing, but not because the person said no:
// they mean to stop.
Result<void> TrackRecorder::leave_out(TrackKind kind, const std::string& spec, const Error& why) {
  if (why.code == ErrorCode::Aborted) return std::unexpected(why);
  if (spec != "default") return fail(opening_words(kind, spec), why);
  notes_.warn(missing_source_words(kind, why), was_missing_words(kind));
  return {};
}

Result<void> TrackRecorder::start(const std::filesystem::path& takes, const TakeDetails& details) {
  if (recording_)
    return fail(ErrorCode::InvalidArgument, tr("this recorder has made its recording; open another one"));
  const auto other = held_take(takes);
  auto recording = TakeRecording::create(takes, details, tracks_, parts_, clock_, notes_);
  if (!recording) return fail(tr("starting the recording"), recording.error());
  if (other) notes_.warn(other_recording_words(other->filename().string()));
  takes_ = takes;
  details_ = details;
  recording_ = std::move(*recording);
  show(recording_.get());
  recording_->start();
  if (details.is_rehearsal) listener_.reset();
  if (listener_) listener_->on_started(recording_->clip(), recording_->folder());
  notes_.changed();
  return {};
}

void TrackRecorder::pause() {
  if (recording_) recording_->pause();
  notes_.changed();
}

void TrackRecorder::resume() {
  if (recording_) recording_->resume();
  notes_.changed();
}

void TrackRecorder::mute() {
  if (AudioTrack* voice = tracks_.sound(TrackKind::Voice)) voice->mute();
}

void TrackRecorder::unmute() {
  if (AudioTrack* voice = tracks_.sound(TrackKind::Voice)) voice->unmute(clock_.now());
}

Result<Retake> TrackRecorder::retake() {
  if (!is_recording()) return fail(ErrorCode::InvalidArgument, tr("nothing is being recorded"));
  recording_->pause();
  if (listener_) MEANWHILE_TRY(listener_->before_retake(recording_->elapsed() - kFarthestRetake));
  auto retake = recording_->retake();
  if (listener_) listener_->after_retake();
  notes_.changed();
  return retake;
}

Result<void> TrackRecorder::mark_chapter() {
  if (!is_recording()) return fail(ErrorCode::InvalidArgument, tr("nothing is being recorded"));
  auto marked = recording_->mark_chapter();
  notes_.changed();
  return marked;
}

// The new folder comes first: where it can't be made, nothing is lost.
Result<void> TrackRecorder::restart() {
  if (!is_recording()) return fail(ErrorCode::InvalidArgument, tr("nothing is being recorded"));
  auto next = TakeRecording::create(takes_, details_, tracks_, parts_, clock_, notes_);
  if (!next) return fail(tr("beginning anew"), next.error());
  const std::unique_ptr<TakeRecording> before = std::exchange(recording_, std::move(*next));
  before->leave();
  notes_.forget_take();
  show(recording_.get());
  recording_->start();
  if (listener_) {
    listener_->on_dropped(before->clip());
    listener_->on_started(recording_->clip(), recording_->folder());
  }
  before->remove();
  notes_.changed();
  return {};
}

Result<TakeSummary> TrackRecorder::finish() {
  if (!is_recording()) return fail(ErrorCode::InvalidArgument, tr("nothing is being recorded"));
  is_over_ = true;
  reopen_thread_.request_stop();
  auto summary = recording_->finish();
  if (listener_) listener_->on_finished();
  notes_.changed();
  return summary;
}

void TrackRecorder::cancel() {
  if (is_recording()) {
    recording_->leave();
    if (listener_) listener_->on_dropped(recording_->clip());
    recording_->remove();
  }
  is_over_ = true;
  reopen_thread_.request_stop();
  tracks_.stop_sources();
  notes_.changed();
}

RecordStatus TrackRecorder::status() const {
  RecordStatus status;
  if (const TakeRecording* recording = *shared_recording_.lock()) {
    status.state = recording->state();
    status.elapsed = recording->elapsed();
    status.clip = recording->clip();
    status.folder = recording->folder();
    status.chapters = recording->chapters();
  }
  const MonotonicTime now = clock_.now();
  for (const auto& track : tracks_.pictures) status.tracks.push_back(track->report(now));
  for (const auto& track : tracks_.sounds) status.tracks.push_back(track->report(now));
  for (const TrackReport& report : status.tracks) status.bytes += report.bytes;
  status.warnings = notes_.warnings();
  if (const AudioTrack* voice = tracks_.sound(TrackKind::Voice)) {
    status.voice_peak = voice->peak(now);
    status.is_muted = voice->is_muted();
  }
  return status;
}

PicturePtr TrackRecorder::preview(TrackKind kind) const {
  const VideoTrack* track = tracks_.picture(kind);
  return track ? track->preview() : nullptr;
}

}  // namespace

Result<std::unique_ptr<Recorder>> create_recorder(const RecordSettings& settings, const Clock& clock,
                                                  std::function<void()> on_change, RecorderParts parts) {
  route_libav_messages();
  auto recorder = std::make_unique<TrackRecorder>(clock, std::move(on_change), std::move(parts));
  MEANWHILE_TRY(recorder->open(settings));
  return recorder;
}

Result<std::unique_ptr<Recorder>> Recorder::create(const RecordSettings& settings, const Clock& clock,
                                                   std::function<void()> on_change) {
  return create_recorder(settings, clock, std::move(on_change), machine_parts(settings.capture));
}

}  // namespace meanwhile
