#include "media/record/recorder.h"

#include <algorithm>
#include <utility>

#include "media/ffmpeg/logging.h"
#include "media/record/recorder_notes.h"
#include "media/record/recorder_parts.h"
#include "media/record/recorder_tracks.h"
#include "media/record/take_recording.h"
#include "media/record/track_names.h"

namespace meanwhile {
namespace {

constexpr int kSlowest = 1;
constexpr int kFastest = 60;

class TrackRecorder final : public Recorder {
 public:
  TrackRecorder(const Clock& clock, std::function<void()> on_change, RecorderParts parts)
      : clock_(clock), parts_(std::move(parts)), notes_(std::move(on_change)) {}
  ~TrackRecorder() override {
    // Whoever forgets to finish still has the take.
    if (recording_ && !is_over_) (void)finish();
  }

  Result<void> open(const RecordSettings& settings);

  Result<void> start(const std::filesystem::path& takes, const TakeDetails& details) override;
  void pause() override;
  void resume() override;
  Result<TakeSummary> finish() override;
  void cancel() override;
  RecordStatus status() const override;
  PicturePtr preview(TrackKind kind) const override;

 private:
  Result<void> open_picture(TrackKind kind, const std::string& spec, int frames_per_second);
  Result<void> open_sound(TrackKind kind, const std::string& spec);
  Result<void> leave_out(TrackKind kind, const std::string& spec, const Error& why);

  const Clock& clock_;
  const RecorderParts parts_;
  RecorderNotes notes_;
  // Read by any thread once it is there.
  mutable Guarded<TakeRecording*> shared_recording_{nullptr};
  std::unique_ptr<TakeRecording> recording_;
  bool is_over_ = false;
  RecorderTracks tracks_;  // last: the sources are stopped before anything above goes
};

Result<void> TrackRecorder::open(const RecordSettings& settings) {
  const int rate = std::clamp(settings.frames_per_second, kSlowest, kFastest);
  MEANWHILE_TRY(open_picture(TrackKind::Screen, settings.screen, rate));
  MEANWHILE_TRY(open_picture(TrackKind::Camera, settings.camera, rate));
  MEANWHILE_TRY(open_sound(TrackKind::Voice, settings.microphone));
  MEANWHILE_TRY(open_sound(TrackKind::System, settings.system_audio ? "default" : "none"));
  if (!tracks_.is_empty()) return {};
  return fail(ErrorCode::InvalidArgument,
              "there is nothing to record: choose a screen, a camera or a microphone that is connected");
}

Result<void> TrackRecorder::open_picture(TrackKind kind, const std::string& spec, int frames_per_second) {
  if (spec == "none") return {};
  const bool is_screen = kind == TrackKind::Screen;
  auto source = (is_screen ? parts_.open_screen : parts_.open_camera)(spec, frames_per_second, clock_);
  if (!source) return leave_out(kind, spec, source.error());
  auto track = std::make_unique<VideoTrack>(kind, std::move(*source), notes_, parts_.video_queue_capacity);
  if (auto opened = track->open(is_screen ? &tracks_.pointer : nullptr); !opened) {
    return leave_out(kind, spec, opened.error());
  }
  tracks_.pictures.push_back(std::move(track));
  return {};
}

Result<void> TrackRecorder::open_sound(TrackKind kind, const std::string& spec) {
  if (spec == "none") return {};
  auto source = (kind == TrackKind::Voice ? parts_.open_microphone : parts_.open_system_audio)(spec, clock_);
  if (!source) return leave_out(kind, spec, source.error());
  auto track = std::make_unique<AudioTrack>(kind, std::move(*source), notes_);
  if (auto opened = track->open(); !opened) return leave_out(kind, spec, opened.error());
  tracks_.sounds.push_back(std::move(track));
  return {};
}

// A device that was named must be there; one that wasn't may be missing.
Result<void> TrackRecorder::leave_out(TrackKind kind, const std::string& spec, const Error& why) {
  if (spec != "default") return fail("opening " + source_words(kind) + " " + spec, why);
  notes_.warn(missing_source_words(kind, why.message));
  return {};
}

Result<void> TrackRecorder::start(const std::filesystem::path& takes, const TakeDetails& details) {
  if (recording_)
    return fail(ErrorCode::InvalidArgument, "this recorder has made its take; open another one");
  auto recording = TakeRecording::create(takes, details, tracks_, parts_, clock_, notes_);
  if (!recording) return fail("starting the take", recording.error());
  recording_ = std::move(*recording);
  *shared_recording_.lock() = recording_.get();
  recording_->start();
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

Result<TakeSummary> TrackRecorder::finish() {
  if (!recording_ || is_over_) return fail(ErrorCode::InvalidArgument, "no take is being recorded");
  is_over_ = true;
  auto summary = recording_->finish();
  notes_.changed();
  return summary;
}

void TrackRecorder::cancel() {
  if (recording_ && !is_over_) recording_->cancel();
  is_over_ = true;
  notes_.changed();
}

RecordStatus TrackRecorder::status() const {
  RecordStatus status;
  if (const TakeRecording* recording = *shared_recording_.lock()) {
    status.state = recording->state();
    status.elapsed = recording->elapsed();
  }
  for (const auto& track : tracks_.pictures) status.tracks.push_back(track->report());
  for (const auto& track : tracks_.sounds) status.tracks.push_back(track->report());
  for (const TrackReport& report : status.tracks) status.bytes += report.bytes;
  status.warnings = notes_.warnings();
  if (const AudioTrack* voice = tracks_.sound(TrackKind::Voice))
    status.voice_peak = voice->peak(clock_.now());
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
  return create_recorder(settings, clock, std::move(on_change), machine_parts());
}

}  // namespace meanwhile
