#include "media/play/player.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "media/base/arrangement.h"
#include "media/base/clock.h"
#include "media/base/covered_picture.h"
#include "media/base/guarded.h"
#include "media/base/look.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/thread_checker.h"
#include "media/base/translation.h"
#include "media/play/arranged_track.h"
#include "media/play/audio_output.h"
#include "media/play/clip_media.h"
#include "media/play/picture_player.h"
#include "media/play/playback_clock.h"
#include "media/play/pointer_track.h"
#include "media/play/sound_player.h"

namespace meanwhile {
namespace {

// How often a position on display is worth drawing anew when nothing else changes.
// Of what shows the position, over a picture that stands still: a whole window is drawn for it.
constexpr MediaTime kPositionTick = std::chrono::milliseconds(250);
// Between two pictures of something that moves.
constexpr MediaTime kLookFrame = std::chrono::milliseconds(16);
// The clock stands because the sound doesn't come: looked at again after this long.
constexpr std::chrono::microseconds kStalledTick = std::chrono::milliseconds(20);

class TrackPlayer final : public Player {
 public:
  TrackPlayer(const ClipMedia& media, std::unique_ptr<AudioOutput> output, const Clock& clock,
              std::function<void()> on_change);
  TrackPlayer(const TrackPlayer&) = delete;
  TrackPlayer& operator=(const TrackPlayer&) = delete;
  ~TrackPlayer() override;

  void play() override;
  void pause() override;
  void seek(MediaTime moment) override;
  void step_frames(int count) override;
  void set_speed(double speed) override;
  void set_volume(double volume) override;
  void set_sound(const SoundTreatment& sound) override;
  void set_pointer(std::shared_ptr<const PointerTrack> pointer) override;
  PlayerStatus status() const override;
  PicturePtr picture(PictureTrack track) override;
  std::optional<MonotonicTime> next_change() const override;

 private:
  struct State {
    bool is_playing = false;  // what the viewer wants
    bool is_running = false;  // what the clock does
    MediaTime position{};     // while it doesn't run
    std::int64_t number = 1;  // of the newest seek or step
    std::int64_t sound_number = 1;
    bool is_stepping = false;  // one track looks for the moment, the others don't know it yet
    double speed = 1;
    double volume = 1;
    std::shared_ptr<const PointerTrack> pointer;
    bool is_closing = false;
  };

  void on_event();
  void go_on(State& state) const;
  void stop_clock(State& state) const;
  void start_clock(State& state) const;
  void seek_all(State& state, MediaTime moment) const;
  void seek_sound(State& state) const;
  void finish_step(State& state) const;
  void end_at_end(State& state) const;
  [[nodiscard]] bool pictures_are_there(const State& state) const;
  [[nodiscard]] MediaTime position(const State& state) const;
  [[nodiscard]] MediaTime duration() const;
  [[nodiscard]] bool is_at_end(const State& state) const;
  [[nodiscard]] bool is_at_live_edge(const State& state) const;
  [[nodiscard]] PicturePlayer* stepping_track() const;
  [[nodiscard]] std::optional<Error> failure(const SoundStatus& sound) const;
  [[nodiscard]] bool is_waiting(const State& state, const SoundStatus& sound) const;
  void set_ahead(bool may_run_ahead) const;

  [[nodiscard]] MediaTime recorded(MediaTime edited) const;
  [[nodiscard]] MediaTime edited(MediaTime recorded) const;
  [[nodiscard]] std::optional<MediaTime> next_of_look(MediaTime here) const;
  [[nodiscard]] std::optional<MediaTime> next_pointer(const State& state, MediaTime here) const;

  const ClipMedia media_;
  const Clock& clock_;
  const std::function<void()> on_change_;
  mutable PlaybackClock playback_;
  mutable Guarded<State> state_;
  // Set up and taken down under state_'s lock or with is_closing set. Indexed by PictureTrack; nullptr: no
  // such track.
  std::array<std::unique_ptr<PicturePlayer>, 2> pictures_;
  std::unique_ptr<SoundPlayer> sound_;
  // Only the window's thread.
  std::array<TrackCovers, 2> covers_ = {TrackCovers(CoverTrack::Screen), TrackCovers(CoverTrack::Camera)};
  [[no_unique_address]] ThreadChecker one_thread_;
};

TrackPlayer::TrackPlayer(const ClipMedia& media, std::unique_ptr<AudioOutput> output, const Clock& clock,
                         std::function<void()> on_change)
    : media_(media), clock_(clock), on_change_(std::move(on_change)) {
  const auto event = [this] { on_event(); };
  const FindEnd find_end = media.duration == MediaTime{} && !media.live ? FindEnd::Yes : FindEnd::No;
  auto state = state_.lock();  // the first events wait until all of us is here
  const MediaTime start = played_start(media);
  state->position = start;
  state->pointer = media_.pointer;
  playback_.hold(start);
  const auto open = [&](const char* name, std::shared_ptr<ByteSource> ClipMedia::* which) {
    ArrangedTrack track = arranged_track(media_, which);
    return track.is_missing()
               ? nullptr
               : std::make_unique<PicturePlayer>(name, std::move(track), start, find_end, event);
  };
  pictures_[0] = open("screen", &ClipMedia::screen);
  pictures_[1] = open("camera", &ClipMedia::camera);
  sound_ = std::make_unique<SoundPlayer>(media_, std::move(output), clock, playback_, event);
}

TrackPlayer::~TrackPlayer() {
  state_.lock()->is_closing = true;
  sound_.reset();
  for (auto& track : pictures_) track.reset();
}

void TrackPlayer::on_event() {
  {
    auto state = state_.lock();
    if (state->is_closing) return;
    go_on(*state);
  }
  on_change_();
}

// Does what had to wait for pictures or sound.
void TrackPlayer::go_on(State& state) const {
  if (state.is_stepping && stepping_track()->status().settled == state.number) finish_step(state);
  if (!pictures_are_there(state)) return;
  set_ahead(true);
  if (state.is_playing && !state.is_running && !is_at_live_edge(state) &&
      sound_->status().ready == state.sound_number)
    start_clock(state);
}

void TrackPlayer::start_clock(State& state) const {
  state.is_running = true;
  if (!sound_->status().drives_clock)
    playback_.run(clock_.now(), state.position, state.speed, MediaTime::max());
  sound_->set_running(true);
}

void TrackPlayer::stop_clock(State& state) const {
  sound_->set_running(false);
  state.position = position(state);
  state.is_running = false;
  playback_.hold(state.position);
}

void TrackPlayer::play() {
  one_thread_.check();
  auto state = state_.lock();
  if (!state->is_playing && is_at_end(*state) && !is_at_live_edge(*state)) seek_all(*state, MediaTime{});
  state->is_playing = true;
  go_on(*state);
}

void TrackPlayer::pause() {
  one_thread_.check();
  auto state = state_.lock();
  state->is_playing = false;
  stop_clock(*state);
}

void TrackPlayer::seek(MediaTime moment) {
  one_thread_.check();
  auto state = state_.lock();
  const MediaTime last = duration() > MediaTime{} ? duration() : MediaTime::max();
  seek_all(*state, std::clamp(edited(moment), MediaTime{}, last));
  go_on(*state);
}

void TrackPlayer::seek_all(State& state, MediaTime moment) const {
  stop_clock(state);
  state.position = moment;
  state.is_stepping = false;
  ++state.number;
  set_ahead(false);
  for (const auto& track : pictures_) {
    if (track) track->seek(state.number, moment);
  }
  seek_sound(state);
}

void TrackPlayer::seek_sound(State& state) const {
  playback_.hold(state.position);
  sound_->seek(++state.sound_number, state.position, state.speed);
}

PicturePlayer* TrackPlayer::stepping_track() const {
  return pictures_[0] ? pictures_[0].get() : pictures_[1].get();
}

void TrackPlayer::step_frames(int count) {
  one_thread_.check();
  auto state = state_.lock();
  state->is_playing = false;
  stop_clock(*state);
  if (!stepping_track() || count == 0) return;
  // What is on show at the moment of the pause is what the step starts from; a step that isn't over yet, or
  // of which we don't know it, from where that one led.
  if (!state->is_stepping) (void)stepping_track()->show(state->position);
  set_ahead(false);
  state->is_stepping = true;
  stepping_track()->step(++state->number, count);
  go_on(*state);
}

void TrackPlayer::finish_step(State& state) const {
  state.is_stepping = false;
  if (const auto moment = stepping_track()->status().stepped_to) state.position = *moment;
  for (const auto& track : pictures_) {
    if (track && track.get() != stepping_track()) track->seek(state.number, state.position);
  }
  seek_sound(state);
}

void TrackPlayer::set_speed(double speed) {
  one_thread_.check();
  auto state = state_.lock();
  speed = speed > kSlowestSpeed ? std::min(speed, kFastestSpeed) : kSlowestSpeed;
  if (speed == state->speed) return;
  stop_clock(*state);
  state->speed = speed;
  seek_sound(*state);
  go_on(*state);
}

void TrackPlayer::set_pointer(std::shared_ptr<const PointerTrack> pointer) {
  one_thread_.check();
  state_.lock()->pointer = std::move(pointer);
}

// What is ready was treated already: it begins anew where it is.
void TrackPlayer::set_sound(const SoundTreatment& sound) {
  one_thread_.check();
  auto state = state_.lock();
  stop_clock(*state);
  sound_->set_treatment(sound);
  seek_sound(*state);
  go_on(*state);
}

void TrackPlayer::set_volume(double volume) {
  one_thread_.check();
  auto state = state_.lock();
  state->volume = volume > 0 ? std::min(volume, 1.0) : 0;
  sound_->set_volume(state->volume);
}

PicturePtr TrackPlayer::picture(PictureTrack which) {
  const auto& track = pictures_[which == PictureTrack::Screen ? 0 : 1];
  if (!track) return nullptr;
  auto state = state_.lock();
  end_at_end(*state);
  const MediaTime at = position(*state);
  // Where a step led isn't known here at once: the moment before it would take it back.
  const bool is_stepping = state->is_stepping && track.get() == stepping_track();
  const PicturePtr picture = is_stepping ? track->shown() : track->show(at);
  if (!picture || picture->width <= 0) return nullptr;
  const MediaTime moment = recorded(is_stepping ? picture->at : at);
  return covers_[which == PictureTrack::Screen ? 0 : 1].of(picture, media_.arrangement.get(), moment);
}

PlayerStatus TrackPlayer::status() const {
  auto state = state_.lock();
  end_at_end(*state);
  const SoundStatus sound = sound_->status();
  PlayerStatus status{
      .position = recorded(position(*state)),
      .duration = media_.edits ? media_.duration : duration(),
      .edited_position = position(*state),
      .edited_duration = duration(),
      .is_playing = state->is_playing,
      .is_ended = !state->is_playing && is_at_end(*state),
      .is_seeking = state->is_stepping || !pictures_are_there(*state),
      .is_waiting = is_waiting(*state, sound) || (state->is_playing && is_at_live_edge(*state)),
      .speed = state->speed,
      .volume = state->volume,
      .failure = failure(sound)};
  for (const auto& track : pictures_) {
    if (!track) continue;
    const PictureStatus part = track->status();
    if (!part.warning.empty()) status.warnings.push_back(part.warning);
    status.frames_shown += part.frames_shown;
    status.frames_late += part.frames_late;
  }
  status.warnings.insert(status.warnings.end(), sound.warnings.begin(), sound.warnings.end());
  return status;
}

std::optional<MonotonicTime> TrackPlayer::next_change() const {
  auto state = state_.lock();
  end_at_end(*state);
  if (!state->is_running) return std::nullopt;
  const MonotonicTime now = clock_.now();
  const MediaTime here = position(*state);
  MediaTime next = std::min(here + kPositionTick, std::max(here, duration()));
  for (const auto& track : pictures_) {
    if (track) next = std::min(next, track->next_change().value_or(next));
  }
  next = std::min(next, next_pointer(*state, here).value_or(next));
  next = std::min(next, next_of_look(here).value_or(next));
  if (next <= here) return now;
  const auto when = playback_.when(next);
  return when && *when > now ? *when : now + kStalledTick;
}

MediaTime TrackPlayer::recorded(MediaTime edited) const {
  return media_.edits ? media_.edits->recorded(edited) : edited;
}

MediaTime TrackPlayer::edited(MediaTime recorded) const {
  return media_.edits ? media_.edits->edited_near(recorded) : recorded;
}

// Zooms and transitions move all the time, by the screen's own pace.
std::optional<MediaTime> TrackPlayer::next_of_look(MediaTime here) const {
  if (!media_.arrangement) return std::nullopt;
  const MediaTime moment = recorded(here);
  const auto next = next_look(*media_.arrangement, moment, {});
  if (!next) return std::nullopt;
  if (*next <= moment) return here + kLookFrame;
  return here + (*next - moment);
}

// Where a part ends another picture comes, whatever the pointer does.
std::optional<MediaTime> TrackPlayer::next_pointer(const State& state, MediaTime here) const {
  const auto moment = state.pointer ? state.pointer->after(recorded(here)) : std::nullopt;
  if (!moment || !media_.edits) return moment ? std::optional(moment->at) : std::nullopt;
  return media_.edits->edited(moment->at);
}

bool TrackPlayer::pictures_are_there(const State& state) const {
  return std::ranges::all_of(
      pictures_, [&](const auto& track) { return !track || track->status().settled == state.number; });
}

void TrackPlayer::set_ahead(bool may_run_ahead) const {
  for (const auto& track : pictures_) {
    if (track) track->set_ahead(may_run_ahead);
  }
}

// Before the first sound of a long clip has been found, its end isn't known: nothing ends then.
void TrackPlayer::end_at_end(State& state) const {
  if (!state.is_running || !is_at_end(state)) return;
  const bool goes_on = is_at_live_edge(state);
  stop_clock(state);
  state.is_playing = goes_on;  // waits for what is being recorded
}

bool TrackPlayer::is_at_live_edge(const State& state) const {
  return media_.live && !media_.live().is_final && is_at_end(state);
}

bool TrackPlayer::is_at_end(const State& state) const {
  return duration() > MediaTime{} && position(state) >= duration();
}

MediaTime TrackPlayer::position(const State& state) const {
  if (!state.is_running) return state.position;
  const MediaTime now = playback_.at(clock_.now());
  return duration() > MediaTime{} ? std::min(now, duration()) : now;
}

MediaTime TrackPlayer::duration() const {
  if (media_.live) return media_.live().end;
  if (played_duration(media_) > MediaTime{}) return played_duration(media_);
  MediaTime latest = sound_->status().end;
  for (const auto& track : pictures_) {
    if (track) latest = std::max(latest, track->status().end);
  }
  return latest;
}

// The first error, once every track there is has failed.
std::optional<Error> TrackPlayer::failure(const SoundStatus& sound) const {
  std::optional<Error> first;
  for (const auto& track : pictures_) {
    if (!track) continue;
    const auto error = track->status().failure;
    if (!error) return std::nullopt;
    if (!first) first = error;
  }
  if (sound.failures.size() < sound.tracks) return std::nullopt;
  if (!first && sound.tracks > 0) first = sound.failures.front();
  return first ? first : Error{ErrorCode::InvalidArgument, tr("There is nothing to play in this clip")};
}

bool TrackPlayer::is_waiting(const State& state, const SoundStatus& sound) const {
  if (state.is_playing && sound.is_waiting) return true;
  return std::ranges::any_of(pictures_, [&](const auto& track) {
    if (!track) return false;
    const PictureStatus status = track->status();
    return status.is_waiting &&
           (status.settled != state.number || (state.is_running && !track->next_change()));
  });
}

}  // namespace

std::unique_ptr<Player> Player::create(ClipMedia media, std::unique_ptr<AudioOutput> output,
                                       const Clock& clock, std::function<void()> on_change) {
  return std::make_unique<TrackPlayer>(media, std::move(output), clock, std::move(on_change));
}

}  // namespace meanwhile
