#include "app/window/rehearsal.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/home.h"
#include "app/platform/audio_output.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/replay.h"
#include "media/base/clock.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/player.h"
#include "media/record/recorder.h"
#include "media/record/take_summary.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"

namespace meanwhile {

Rehearsal::Rehearsal(const Desk& desk, std::shared_ptr<Recorder> recorder, std::function<void()> wake)
    : desk_(desk),
      folder_(desk.application.home().rehearsals()),
      wake_(std::move(wake)),
      recorder_(std::move(recorder)) {}

Rehearsal::~Rehearsal() {
  replay_.reset();
  if (!recorder_) return;
  desk_.worker.run_later(
      [recorder = std::move(recorder_), folder = folder_](std::stop_token) { remove_all(recorder, folder); });
}

void Rehearsal::end_now() {
  replay_.reset();
  remove_all(std::exchange(recorder_, nullptr), folder_);
}

void Rehearsal::remove_all(const std::shared_ptr<Recorder>& recorder, const std::filesystem::path& folder) {
  if (recorder) recorder->cancel();
  remove_left_rehearsals(folder);
}

Result<void> Rehearsal::start() {
  MEANWHILE_TRY(recorder_->start(folder_, {.title = {}, .channel = {}, .is_rehearsal = true}));
  end_ = desk_.clock.now() + kLength;
  return {};
}

int Rehearsal::seconds_left() const {
  return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(end_ - desk_.clock.now()).count());
}

void Rehearsal::update() {
  if (part_ == Part::Recording) {
    const RecordState state = recorder_->status().state;
    const bool is_stopped = state == RecordState::Finished || state == RecordState::Failed;
    if (is_stopped || end_ <= desk_.clock.now()) save();
  }
  if (part_ == Part::Playing && replay_->is_over()) part_ = Part::Over;
}

void Rehearsal::save() {
  part_ = Part::Saving;
  desk_.in_background(
      alive_, [recorder = recorder_](std::stop_token) { return recorder->finish(); },
      [this](Result<TakeSummary> saved) { play(std::move(saved)); });
}

void Rehearsal::play(Result<TakeSummary> saved) {
  if (!saved) {
    failure_ = saved.error().message;
    part_ = Part::Over;
    return;
  }
  const OpenedClip opened = open_tracks(saved->clip, saved->folder, saved->tracks, saved->duration);
  pointer_ = opened.media.pointer;
  replay_ =
      std::make_unique<Replay>(opened, MediaTime{}, saved->duration, make_audio_output(), desk_.clock, wake_);
  summary_ = std::move(*saved);
  part_ = Part::Playing;
}

void Rehearsal::show_in(RecordPageState& page) const {
  if (!replay_) return;
  page.screen_preview = replay_->picture(PictureTrack::Screen);
  page.camera_preview = replay_->picture(PictureTrack::Camera);
  page.preview_pointer = pointer_view(pointer_.get(), replay_->position(), desk_.application.settings());
}

void Rehearsal::tell() const {
  if (!failure_.empty())
    return desk_.notices.show(NoticeKind::Warning, tr("The rehearsal could not be saved"), failure_);
  if (!summary_) return;
  std::vector<std::string> troubles = summary_->warnings;
  // What isn't there is said on the page all the time.
  for (const TrackKind kind : kAllTracks) std::erase(troubles, was_missing_words(kind));
  if (troubles.empty())
    return desk_.notices.show(NoticeKind::Success, tr("The rehearsal went well"),
                              tr("Nothing of it was kept."));
  desk_.notices.show(NoticeKind::Warning, tr("Not all was well in the rehearsal"), troubles.front());
}

std::optional<MonotonicTime> Rehearsal::next_change() const {
  return replay_ ? replay_->next_change() : std::nullopt;
}

void remove_left_rehearsals(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  if (error) log(LogLevel::Warning, "removing " + folder.string() + ": " + error.message());
}

}  // namespace meanwhile
