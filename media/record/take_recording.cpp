#include "media/record/take_recording.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/clock.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"
#include "media/record/audio_track.h"
#include "media/record/disk_writer.h"
#include "media/record/health_words.h"
#include "media/record/loudness_meter.h"
#include "media/record/pointer_recorder.h"
#include "media/record/recorder_notes.h"
#include "media/record/recorder_parts.h"
#include "media/record/recorder_tracks.h"
#include "media/record/sound_health.h"
#include "media/record/speech_levels.h"
#include "media/record/take.h"
#include "media/record/take_extras.h"
#include "media/record/take_lock.h"
#include "media/record/take_summary.h"
#include "media/record/track_file.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "media/record/video_track.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr auto kWatchInterval = std::chrono::milliseconds(200);
constexpr int kTicksForSpace = 5;  // once a second
// Until the next look, and what the encoders hold.
constexpr std::uint64_t kSecondsAhead = 2;
// Ticks until what came before a pause is flushed: late frames are in by then.
constexpr int kTicksToFlush = 3;
// Less is no sleep but two clocks read one after the other.
constexpr auto kAsleep = std::chrono::seconds(1);
constexpr auto kLate = std::chrono::seconds(1);
// Where there is no speech to go by.
constexpr MediaTime kWithoutSpeech = std::chrono::seconds(10);

std::string disk_failure_words(const Error& error) {
  if (error.code == ErrorCode::NoSpace)
    return tr_format(
        "The recording was stopped because it couldn't be saved any more: {}. Everything up to there is "
        "kept; free some space before you record again.",
        error.message);
  return tr_format(
      "The recording was stopped because it couldn't be saved any more: {}. Everything up to there is kept; "
      "check the disk, or choose another folder for recordings.",
      error.message);
}

Result<void> check_space_to_start(const RecorderParts& parts, const fs::path& takes) {
  const auto free = parts.free_space(takes);
  if (!free || *free > 2 * TakeRecording::kSpareBytes) return {};
  return fail(ErrorCode::NoSpace, tr_format("there are only {} MB free in {}; free some space and try again",
                                            *free >> 20, takes.string()));
}

Result<fs::path> make_take_folder(const fs::path& takes, const std::string& clip) {
  MEANWHILE_TRY(make_folders(takes));
  fs::path folder = takes / clip;
  std::error_code error;
  const bool is_new = fs::create_directory(folder, error);
  if (error)
    return std::unexpected(
        error_from_errno(error.value(), tr_format("making the folder {}", folder.string())));
  if (!is_new)
    return fail(ErrorCode::AlreadyExists, tr_format("the folder {} is there already", folder.string()));
  MEANWHILE_TRY(sync_folder(takes));
  return folder;
}

void remove_folder(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) log(LogLevel::Warning, "removing " + folder.string() + ": " + error.message());
}

void log_failure(const Result<void>& outcome) {
  if (!outcome) log(LogLevel::Warning, outcome.error().message);
}

}  // namespace

TakeRecording::TakeRecording(Take take, TakeLock lock, RecorderTracks& tracks, const RecorderParts& parts,
                             const Clock& clock, RecorderNotes& notes)
    : tracks_(tracks),
      parts_(parts),
      clock_(clock),
      notes_(notes),
      begun_(std::move(take)),
      take_(begun_),
      lock_(std::move(lock)),
      disk_([this](const Error& error) { stop_early(disk_failure_words(error)); }),
      load_(notes) {}

TakeRecording::~TakeRecording() = default;

Result<std::unique_ptr<TakeRecording>> TakeRecording::create(const fs::path& takes,
                                                             const TakeDetails& details,
                                                             RecorderTracks& tracks,
                                                             const RecorderParts& parts, const Clock& clock,
                                                             RecorderNotes& notes) {
  MEANWHILE_TRY(check_space_to_start(parts, takes));
  Take take;
  take.started = wall_now();
  take.clip = new_clip_id(take.started);
  take.title = details.title;
  take.channel = details.channel;
  take.clean_sound = details.clean_sound;
  take.json = Json::object();
  auto folder = make_take_folder(takes, take.clip);
  if (!folder) return std::unexpected(folder.error());
  take.folder = *folder;
  for (const auto& track : tracks.pictures) take.tracks.push_back(track->report(clock.now()));
  for (const auto& track : tracks.sounds) take.tracks.push_back(track->report(clock.now()));

  auto lock = TakeLock::acquire(*folder);
  if (!lock) return std::unexpected(lock.error());
  std::unique_ptr<TakeRecording> recording(
      new TakeRecording(std::move(take), std::move(*lock), tracks, parts, clock, notes));
  if (auto made = recording->make_files(); !made) {
    remove_folder(*folder);
    return std::unexpected(made.error());
  }
  return recording;
}

Result<void> TakeRecording::make_files() {
  MEANWHILE_TRY(write_take(take_));
  for (const TrackReport& report : take_.tracks) MEANWHILE_TRY(make_file(report.file));
  if (tracks_.picture(TrackKind::Screen)) MEANWHILE_TRY(make_file(kPointerFile));
  return {};
}

Result<DiskFilePtr> TakeRecording::make_file(const std::string& name) {
  auto sink = parts_.make_sink(take_.folder / name);
  if (!sink) return std::unexpected(sink.error());
  return files_[name] = std::make_shared<DiskFile>(std::move(*sink));
}

TrackFilePtr TakeRecording::track_file_of(TrackKind kind) {
  const std::string name = track_file(kind);
  return std::make_shared<TrackFile>(disk_, files_.at(name), take_.folder / name);
}

void TakeRecording::start() {
  const MonotonicTime now = clock_.now();
  timeline_.start(now);
  state_ = RecordState::Recording;
  for (const auto& track : tracks_.pictures) track->begin(context_, track_file_of(track->kind()), now);
  for (const auto& track : tracks_.sounds) track->begin(context_, track_file_of(track->kind()));
  if (files_.contains(kPointerFile)) tracks_.pointer.begin(context_, files_.at(kPointerFile), take_.folder);
  asleep_ = parts_.time_asleep();
  ticked_at_ = now;
  watch_thread_ = NamedThread("take-watch", [this](const std::stop_token& stop) { watch(stop); });
}

void TakeRecording::pause() {
  auto expected = RecordState::Recording;
  if (!state_.compare_exchange_strong(expected, RecordState::Paused)) return;
  timeline_.pause(clock_.now());
  ticks_to_flush_ = kTicksToFlush;
}

void TakeRecording::resume() {
  auto expected = RecordState::Paused;
  if (!state_.compare_exchange_strong(expected, RecordState::Recording)) return;
  ticks_to_flush_ = 0;
  const MonotonicTime now = clock_.now();
  timeline_.resume(now);
  const MediaTime at = timeline_.elapsed(now);
  for (const auto& track : tracks_.pictures) track->resume(at);
  if (files_.contains(kPointerFile)) tracks_.pointer.resume(at);
}

Result<Retake> TakeRecording::retake() {
  pause();
  const std::lock_guard lock(watch_mutex_);
  if (state_ != RecordState::Paused)
    return fail(ErrorCode::InvalidArgument, tr("the recording is over; there is nothing to say again"));
  ticks_to_flush_ = 0;
  const MediaTime end = timeline_.elapsed(clock_.now());
  for (const auto& track : tracks_.pictures) track->end_before_cut(end);
  for (const auto& track : tracks_.sounds) track->end_before_cut();
  const MediaTime at = place_to_go_back_to(end);
  // First the clock: what was captured before this moment and comes only now is in no track then.
  timeline_.cut_back(at);
  for (const auto& track : tracks_.pictures) track->cut_back(at);
  for (const auto& track : tracks_.sounds) track->cut_back(at);
  if (files_.contains(kPointerFile)) tracks_.pointer.cut_back(at);
  forget_chapters(at);
  disk_.wait_until_written();
  return Retake{.at = at, .dropped = end - at};
}

Result<void> TakeRecording::mark_chapter() {
  auto chapters = chapters_.lock();
  auto more = with_chapter(chapters->marked, timeline_.elapsed(clock_.now()), "");
  if (!more) return std::unexpected(more.error());
  chapters->marked = std::move(*more);
  chapters->is_written = false;
  return {};
}

// Between start and finish take.json stays as it was begun, but for these: a crash must not lose them.
void TakeRecording::write_chapters() {
  Chapters marked;
  {
    auto chapters = chapters_.lock();
    if (std::exchange(chapters->is_written, true)) return;
    marked = chapters->marked;
  }
  Take noted = begun_;
  noted.chapters = std::move(marked);
  log_failure(write_take(noted));
}

void TakeRecording::forget_chapters(MediaTime end) {
  auto chapters = chapters_.lock();
  std::erase_if(chapters->marked, [&](const Chapter& chapter) { return chapter.at >= end; });
  chapters->is_written = false;
}

MediaTime TakeRecording::place_to_go_back_to(MediaTime end) const {
  const MediaTime fallback = std::max(MediaTime{}, end - kWithoutSpeech);
  const AudioTrack* voice = tracks_.sound(TrackKind::Voice);
  if (!voice) return fallback;
  const auto pause = voice->last_pause();
  if (!pause) return fallback;
  return std::min(end, static_cast<std::int64_t>(*pause) * SpeechLevels::kStretch);
}

Result<TakeSummary> TakeRecording::finish() {
  timeline_.finish(clock_.now());
  if (state_ != RecordState::Failed) state_ = RecordState::Finished;
  end_sources();
  take_.duration = timeline_.elapsed(clock_.now());
  end_tracks(take_.duration);
  const auto saved = disk_.finish();
  if (!saved) keep_only_whole_appends();
  collect_reports();
  save_extras();
  take_.chapters = chapters();
  take_.state = TakeState::Finished;
  take_.warnings = warnings_of_take();
  if (auto written = write_take(take_); !written) {
    notes_.warn(disk_failure_words(written.error()));
    take_.warnings = warnings_of_take();
  }
  lock_.reset();
  std::error_code ignored;
  fs::remove(take_.folder / kLockFile, ignored);
  if (take_.tracks.empty() && !saved) return std::unexpected(saved.error());
  return TakeSummary{take_.clip, take_.folder, take_.duration, take_.tracks, take_.warnings};
}

void TakeRecording::leave() {
  timeline_.finish(clock_.now());
  state_ = RecordState::Finished;
  end_watch();
  for (const auto& track : tracks_.pictures) track->cancel();
  for (const auto& track : tracks_.sounds) track->cancel();
  tracks_.pointer.cancel();
}

void TakeRecording::remove() {
  log_failure(disk_.finish());
  remove_folder(take_.folder);
  lock_.reset();
}

void TakeRecording::watch(const std::stop_token& stop) {
  std::unique_lock lock(watch_mutex_);
  while (!stop.stop_requested()) {
    watch_wake_.wait_for(lock, stop, kWatchInterval, [] { return false; });
    if (stop.stop_requested()) return;
    check_free_space();
    check_sleep();
    tick();
  }
}

void TakeRecording::check_free_space() {
  if (state_ == RecordState::Failed || ++ticks_ % kTicksForSpace != 0) return;
  const std::uint64_t written = written_bytes();
  const std::uint64_t in_a_second = written - std::exchange(written_before_, written);
  const auto free = parts_.free_space(take_.folder);
  if (!free || *free >= kSpareBytes + kSecondsAhead * in_a_second) return;
  stop_early(
      tr_format("The recording was stopped because the disk is nearly full ({} MB free in {}). Everything up "
                "to there is kept; free some space before you record again.",
                *free >> 20, take_.folder.parent_path().string()));
}

std::uint64_t TakeRecording::written_bytes() const {
  std::uint64_t total = 0;
  for (const auto& [name, file] : files_) total += file->size_bytes();
  return total;
}

// Sources come back from a sleep as they like, and the person may be elsewhere: they say when to go on. The
// monotonic clock stood still meanwhile, so nothing of the sleep is in the take.
void TakeRecording::check_sleep() {
  const auto asleep = parts_.time_asleep();
  const auto slept = asleep - std::exchange(asleep_, asleep);
  if (slept < kAsleep || state_ != RecordState::Recording) return;
  pause();
  const std::string at = format_moment(timeline_.elapsed(clock_.now()));
  notes_.warn_of_take(
      tr_format("The computer slept, and the recording was paused at {}. Resume it to go on.", at),
      tr_format("The computer slept, and the recording was paused at {}.", at));
}

void TakeRecording::tick() {
  const MonotonicTime now = clock_.now();
  for (const auto& track : tracks_.pictures) track->tick(now);
  for (const auto& track : tracks_.sounds) track->tick(now);
  // Whoever comes so late was stopped, and with it all sources: they must come first.
  if (now - std::exchange(ticked_at_, now) <= kLate) {
    for (const auto& track : tracks_.pictures) track->note_health(now);
    for (const auto& track : tracks_.sounds) track->note_health(now);
  }
  if (files_.contains(kPointerFile)) tracks_.pointer.flush();
  write_chapters();
  // A pause may last: what came before it goes to the disk.
  int ticks = ticks_to_flush_;
  if (ticks == 0 || !ticks_to_flush_.compare_exchange_strong(ticks, ticks - 1) || ticks > 1) return;
  const MediaTime end = timeline_.elapsed(now);
  for (const auto& track : tracks_.pictures) track->flush(end);
  for (const auto& track : tracks_.sounds) track->flush();
}

void TakeRecording::stop_early(const std::string& sentence) {
  timeline_.finish(clock_.now());
  state_ = RecordState::Failed;
  notes_.warn(sentence);
}

void TakeRecording::end_watch() {
  watch_thread_.request_stop();
  if (watch_thread_.joinable()) watch_thread_.join();
}

void TakeRecording::end_sources() {
  end_watch();
  tracks_.stop_sources();
}

void TakeRecording::end_tracks(MediaTime end) {
  for (const auto& track : tracks_.pictures) track->finish(end);
  for (const auto& track : tracks_.sounds) track->finish();
  if (files_.contains(kPointerFile)) tracks_.pointer.flush();
}

void TakeRecording::keep_only_whole_appends() {
  for (const auto& [name, file] : files_) {
    std::error_code error;
    fs::resize_file(take_.folder / name, file->size_bytes(), error);
    if (error) log(LogLevel::Warning, "cutting " + name + ": " + error.message());
  }
}

void TakeRecording::collect_reports() {
  take_.tracks.clear();
  const MonotonicTime now = clock_.now();
  for (const auto& track : tracks_.pictures) keep_report(track->report(now));
  for (const auto& track : tracks_.sounds) keep_report(track->report(now));
}

void TakeRecording::keep_report(TrackReport report) {
  if (report.bytes > 0 && report.frames_encoded > 0) {
    if (is_silent_voice(report))
      report.ailed = {{.health = TrackHealth::Silent, .from = {}, .to = take_.duration}};
    take_.tracks.push_back(std::move(report));
    return;
  }
  std::error_code ignored;
  fs::remove(take_.folder / report.file, ignored);
  if (report.is_over) return;  // said already
  notes_.warn(
      // TRANSLATORS: {0} is "The camera", "The microphone" or the like, {1} the device's name.
      tr_format("{} ({}) gave nothing, so it isn't in this recording. Check that it is switched on.",
                source_words_first(report.kind), report.device));
}

void TakeRecording::save_extras() {
  FramePtr poster;
  for (const auto& track : tracks_.pictures) {
    FramePtr candidate = track->take_poster();
    if (candidate && (!poster || track->kind() == TrackKind::Screen)) poster = std::move(candidate);
  }
  if (poster) log_failure(write_poster(take_.folder, *poster));
  save_outlines();
  const AudioTrack* voice = tracks_.sound(TrackKind::Voice);
  const bool has_voice = voice && !voice->waveform().is_empty();
  const AudioTrack* system = tracks_.sound(TrackKind::System);
  take_.loudness = loudness_of(voice ? &voice->loudness() : nullptr, system ? &system->loudness() : nullptr);
  const AudioTrack* sound = has_voice ? voice : system;
  if (!sound || sound->waveform().is_empty()) return;
  log_failure(write_waveform(take_.folder, sound->waveform()));
}

// Thumbnails of the screen, else of the camera; a camera always moves a little, so its activity says nothing.
void TakeRecording::save_outlines() {
  VideoTrack* screen = tracks_.picture(TrackKind::Screen);
  VideoTrack* camera = tracks_.picture(TrackKind::Camera);
  const bool has_screen = screen && !screen->outline().thumbs.is_empty();
  if (VideoTrack* shown = has_screen ? screen : camera)
    log_failure(write_thumbs(take_.folder, shown->outline().thumbs, take_.duration));
  if (!has_screen) return;
  take_.slides = screen->outline().slides.found(take_.duration);
  log_failure(write_activity(take_.folder, screen->outline().activity, take_.duration));
}

// Also where it was too short a take for its health to be noticed.
bool TakeRecording::is_silent_voice(const TrackReport& report) const {
  if (report.kind != TrackKind::Voice) return false;
  const AudioTrack* voice = tracks_.sound(TrackKind::Voice);
  if (voice->waveform().is_empty() || voice->waveform().loudest() > SoundHealth::kSilence) return false;
  return std::ranges::find(report.ailed, TrackHealth::Muted, &HealthStretch::health) == report.ailed.end();
}

std::vector<std::string> TakeRecording::warnings_of_take() const {
  std::vector<std::string> sentences = notes_.afterwards();
  for (const TrackReport& track : take_.tracks)
    std::ranges::move(past_health_sentences(track, take_.duration), std::back_inserter(sentences));
  return sentences;
}

}  // namespace meanwhile
