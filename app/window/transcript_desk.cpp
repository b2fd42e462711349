#include "app/window/transcript_desk.h"

#include <algorithm>
#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "app/speech/caption_target.h"
#include "app/speech/clip_transcriber.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/files.h"
#include "media/base/log.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "media/record/take_extras.h"
#include "media/record/track_names.h"
#include "media/speech/speech_engine.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// Nobody says anything in less.
constexpr std::chrono::seconds kShortestHeard{2};

fs::path marks_folder(const Home& home) {
  return speech_models_folder(home) / "heard";
}

bool is_recording(RecordPhase phase) {
  return phase == RecordPhase::Countdown || phase == RecordPhase::Recording || phase == RecordPhase::Paused ||
         phase == RecordPhase::Rehearsing;
}

bool is_to_be_heard(const Take& take, const fs::path& marks, const std::set<std::string>& left_out) {
  std::error_code error;
  const bool has_sound = std::ranges::any_of(take.tracks, [](const TrackReport& track) {
    const std::string name = track_name(track.kind);
    return name == "voice" || name == "system";
  });
  return !take.is_being_recorded && take.state != TakeState::Recording && has_sound &&
         take.duration >= kShortestHeard && !left_out.contains(take.clip) &&
         !fs::exists(take.folder / kCaptionsFile, error) && !fs::exists(marks / take.clip, error);
}

bool is_draft(const Take& take) {
  return take.state != TakeState::Published && take.publishing_to.empty();
}

Result<CaptionTrack> hear(const fs::path& takes, const fs::path& cache, const std::string& clip,
                          const std::vector<SpeechEngine>& engines, const std::stop_token& stop) {
  const auto engine = choose_engine(engines, "", "");
  if (!engine) return std::unexpected(engine.error());
  const ClipStore store(takes, nullptr, cache);
  const auto opened = store.open_take(clip);
  if (!opened) return std::unexpected(opened.error());
  return transcribe_clip(*opened, {.engine = *engine, .folder = cache / "speech"}, [](double) {}, stop);
}

}  // namespace

std::optional<Take> next_to_hear(const fs::path& takes, const fs::path& marks,
                                 const std::set<std::string>& left_out) {
  std::vector<Take> all = list_takes(takes);
  for (Take& take : std::views::reverse(all))
    if (is_to_be_heard(take, marks, left_out)) return std::move(take);
  return std::nullopt;
}

bool TranscriptDesk::may_work() const {
  return desk_.application.settings().write_down && !is_recording(desk_.state.record.phase);
}

void TranscriptDesk::consider() {
  waiting_.clear();
  go_on();
}

void TranscriptDesk::go_on() {
  if (is_busy_ || !may_work()) return;
  is_busy_ = true;
  const Home& home = desk_.application.home();
  std::set<std::string> left_out = tried_;
  left_out.insert(waiting_.begin(), waiting_.end());
  desk_.in_background(
      alive_,
      [takes = home.takes(), marks = marks_folder(home), left_out](std::stop_token) {
        return next_to_hear(takes, marks, left_out);
      },
      [this](std::optional<Take> take) {
        is_busy_ = false;
        if (take && may_work()) start(*take);
      });
}

// An update that another device of this person gave captions to needs none.
void TranscriptDesk::start(const Take& take) {
  if (!is_draft(take)) {
    const auto library = desk_.application.library_of(take.clip);
    const auto clip =
        library ? (*library)->session->index().clip(take.clip) : std::unexpected(library.error());
    // It isn't there yet, or any more: perhaps later.
    if (!clip || !clip->additions.empty()) {
      waiting_.insert(take.clip);
      return go_on();
    }
  }
  is_busy_ = true;
  const Home& home = desk_.application.home();
  const std::weak_ptr<const void> alive = alive_;
  thread_ =
      NamedThread("transcribe", [this, alive, clip = take.clip, takes = home.takes(), cache = home.cache(),
                                 engines = engines_of(home, desk_.application.settings()),
                                 &mailbox = desk_.mailbox](std::stop_token stop) {
        auto track = std::make_shared<Result<CaptionTrack>>(hear(takes, cache, clip, engines, stop));
        mailbox.post([this, alive, clip, track] {
          if (!alive.expired()) finish(clip, std::move(*track));
        });
      });
}

void TranscriptDesk::update() {
  if (is_busy_ && !may_work()) thread_.request_stop();
}

void TranscriptDesk::finish(const std::string& clip, Result<CaptionTrack> track) {
  is_busy_ = false;
  if (track) return deliver(clip, *track);
  if (track.error().is_control()) return;  // there is something to record: another time
  tried_.insert(clip);
  log(LogLevel::Info, "no captions for " + clip + ": " + track.error().message);
  if (track.error().code == ErrorCode::NotFound) return note_done(clip);  // nobody speaks
  if (track.error().code == ErrorCode::Unsupported) return;  // no engine: the next would fail, too
  go_on();
}

// It may have been published meanwhile. What is on its way waits until it is there.
void TranscriptDesk::deliver(const std::string& clip, const CaptionTrack& track) {
  const auto take = desk_.application.take(clip);
  if (!take) return go_on();  // thrown away
  CaptionTarget target{.opened = {.clip = clip, .media = {}}, .draft = take->folder};
  if (!is_draft(*take)) {
    const auto library = desk_.application.library_of(clip);
    auto found = library ? (*library)->session->index().clip(clip) : std::unexpected(library.error());
    if (!found) {
      waiting_.insert(clip);
      return go_on();
    }
    target.library = *library;
    target.clip = std::move(*found);
  }
  is_busy_ = true;
  desk_.in_background(
      alive_, [target, track](std::stop_token) { return give_captions(target, track); },
      [this, clip](const Result<std::string>& given) {
        is_busy_ = false;
        tried_.insert(clip);
        if (!given) log(LogLevel::Warning, "captions for " + clip + ": " + given.error().message);
        if (!given) return go_on();
        on_change_();
        note_done(clip);
      });
}

void TranscriptDesk::note_done(const std::string& clip) {
  desk_.in_background(
      alive_,
      [marks = marks_folder(desk_.application.home()), clip](std::stop_token) -> Result<void> {
        MEANWHILE_TRY(make_private_folders(marks));
        return write_file_durably(marks / clip, {});
      },
      [this](const Result<void>& noted) {
        if (!noted) log(LogLevel::Info, "noting what was heard: " + noted.error().message);
        go_on();
      });
}

}  // namespace meanwhile
