#include "media/play/sound_player.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "media/base/clock.h"
#include "media/base/log.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/arranged_track.h"
#include "media/play/audio_output.h"
#include "media/play/clip_media.h"
#include "media/play/playback_clock.h"
#include "media/play/sound_reader.h"
#include "media/play/watched_track.h"

namespace meanwhile {
namespace {

// Enough for usual devices, which ask for 10 to 50 ms at once; little enough that a change of speed is heard
// soon.
constexpr std::size_t kReadyFloats = static_cast<std::size_t>(kSoundRate) / 4 * kSoundChannels;
constexpr std::size_t kBlockFrames = 2048;
constexpr MediaTime kForever = MediaTime::max();
// A sound server that is started anew takes a second or two. Nobody tells when it is there.
constexpr std::chrono::seconds kLookAgain{1};
constexpr const char* kLost =
    tr_later("The sound stopped because the loudspeaker went away. It goes on when there is one again.");

std::size_t tracks_of(const WatchedTrack& track) {
  return track.track().is_missing() ? 0 : 1;
}

MediaTime scaled(MediaTime time, double factor) {
  return MediaTime(std::llround(static_cast<double>(time.count()) * factor));
}

}  // namespace

SoundPlayer::SoundPlayer(const ClipMedia& media, std::unique_ptr<AudioOutput> output, const Clock& clock,
                         PlaybackClock& playback, std::function<void()> on_event)
    : clock_(clock),
      playback_(playback),
      duration_(played_duration(media)),
      finds_end_(duration_ == MediaTime{} && !media.live),
      voice_(arranged_track(media, &ClipMedia::voice)),
      system_(arranged_track(media, &ClipMedia::system)),
      on_event_(std::move(on_event)),
      output_(std::move(output)),
      state_(State{.status = {.tracks = tracks_of(voice_) + tracks_of(system_)},
                   .request = Request{.moment = played_start(media)},
                   .base = played_start(media),
                   .treatment = media.sound}),
      thread_("play-sound", [this] { run(); }) {}

SoundPlayer::~SoundPlayer() {
  state_.lock()->is_stopping = true;
  wake_.notify_all();
  voice_.abort();
  system_.abort();
  thread_.join();
  if (output_) output_->close();
}

void SoundPlayer::seek(std::int64_t number, MediaTime moment, double speed) {
  auto state = state_.lock();
  state->newest = number;
  state->ready.clear();
  state->taken = 0;
  state->base = moment;
  state->given = 0;
  state->speed = speed;
  state->is_finished = state->runs_free = false;
  if (state->status.ready > 0 && !state->status.drives_clock) {
    state->status.ready = number;
    return;
  }
  state->request = Request{number, moment, speed};
  wake_.notify_all();
}

void SoundPlayer::set_running(bool is_running) {
  auto state = state_.lock();
  state->is_running = is_running;
  state->runs_free = false;
  wake_.notify_all();
}

void SoundPlayer::set_volume(double volume) {
  state_.lock()->volume = static_cast<float>(volume);
}

void SoundPlayer::set_treatment(const SoundTreatment& treatment) {
  state_.lock()->treatment = treatment;
}

SoundStatus SoundPlayer::status() const {
  auto state = state_.lock();
  SoundStatus status = state->status;
  if (state->is_lost) status.warnings.emplace_back(tr(kLost));
  status.is_waiting = left(*state) <= state->largest_wish && !state->is_finished &&
                      (voice_.is_reading() || system_.is_reading());
  return status;
}

MediaTime SoundPlayer::next_moment(const State& state) {
  return state.base + scaled(sound_duration(state.given), state.speed);
}

void SoundPlayer::fill(std::span<float> samples) {
  const MediaTime latency = output_->latency();
  std::ranges::fill(samples, 0.F);
  if (output_->is_lost()) return note_loss();
  bool is_over = false;
  {
    auto state = state_.lock();
    if (!state->is_running) return;
    const bool ran_free = state->runs_free;
    give(*state, samples, clock_.now(), latency);
    is_over = state->runs_free && !ran_free;
    if (wants_more(*state)) wake_.notify_all();
  }
  if (is_over) on_event_();
}

// The pictures go on meanwhile.
void SoundPlayer::note_loss() {
  {
    auto state = state_.lock();
    if (state->is_lost) return;
    state->is_lost = true;
    state->status.drives_clock = false;
    const MonotonicTime now = clock_.now();
    if (state->is_running) playback_.run(now, playback_.at(now), state->speed, kForever);
    wake_.notify_all();
  }
  on_event_();
}

void SoundPlayer::give(State& state, std::span<float> samples, MonotonicTime now, MediaTime latency) {
  // A block that isn't there as a whole waits until it is: one pause sounds better than a crackle.
  state.largest_wish = std::max(state.largest_wish, samples.size());
  const bool is_enough = state.is_finished || left(state) >= samples.size();
  const std::size_t count = is_enough ? std::min(samples.size(), left(state)) : 0;
  for (std::size_t i = 0; i < count; ++i) samples[i] = state.ready[state.taken + i] * state.volume;
  const MediaTime first = next_moment(state);
  state.taken += count;
  state.given += static_cast<std::int64_t>(count / kSoundChannels);
  const bool is_last = state.is_finished && left(state) == 0;
  if (count > 0) {
    playback_.run(now, first - scaled(latency, state.speed), state.speed,
                  is_last ? kForever : next_moment(state));
  } else if (is_last && !state.runs_free) {
    playback_.run(now, playback_.at(now), state.speed, kForever);
  }
  state.runs_free = is_last;
}

void SoundPlayer::run() {
  const bool is_usable = open();
  on_event_();
  if (!is_usable) return;
  std::optional<Request> request;
  bool is_running = false;
  bool was_running = false;
  while (wait_for_work(request, is_running)) {
    if (state_.lock()->is_lost) {
      regain_device();
      was_running = false;
      continue;
    }
    if (is_running != was_running) output_->set_paused(!is_running);
    was_running = is_running;
    if (request) serve_seek(*request);
    produce();
  }
}

// False: there is nothing to hear.
bool SoundPlayer::open() {
  mix_.open(voice_.track(), system_.track(), [this] { return state_.lock()->is_stopping; });
  Result<void> device = fail(ErrorCode::Unavailable, "");
  if (mix_.has_tracks() && output_)
    device = output_->open([this](std::span<float> samples) { fill(samples); });
  const MediaTime end = finds_end_ ? mix_.end() : MediaTime{};
  auto state = state_.lock();
  state->status.warnings = mix_.warnings();
  state->status.failures = mix_.failures();
  state->status.end = end;
  state->status.drives_clock = device.has_value();
  if (device) return true;
  if (mix_.has_tracks() && output_) {
    state->status.warnings.push_back(tr_format("There is no sound: {}", device.error().message));
  }
  state->status.ready = state->newest;
  return false;
}

bool SoundPlayer::wants_more(const State& state) {
  return !state.is_finished && left(state) < std::max(kReadyFloats, 2 * state.largest_wish);
}

// False: it is over.
bool SoundPlayer::wait_for_work(std::optional<Request>& request, bool& is_running) {
  auto state = state_.lock();
  state.wait(wake_, [&] {
    return state->is_stopping || state->is_lost || state->request ||
           state->is_running == state->is_device_paused || wants_more(*state);
  });
  request = std::exchange(state->request, std::nullopt);
  is_running = state->is_running;
  state->is_device_paused = !is_running;
  return !state->is_stopping;
}

// Tries it once; in vain, it returns when it is time to try again.
void SoundPlayer::regain_device() {
  output_->close();
  const auto opened = output_->open([this](std::span<float> samples) { fill(samples); });
  {
    auto state = state_.lock();
    if (!opened) {
      state.wait_for(wake_, kLookAgain, [&] { return state->is_stopping; });
      return;
    }
    state->is_lost = false;
    state->is_device_paused = true;
    state->status.drives_clock = true;
    state->base = playback_.at(clock_.now());
    state->given = 0;
    state->ready.clear();
    state->taken = 0;
    state->is_finished = state->runs_free = false;
    state->request = Request{state->newest, state->base, state->speed};
  }
  on_event_();
}

void SoundPlayer::serve_seek(const Request& request) {
  number_ = request.number;
  mixed_ = 0;
  mixed_from_ = request.moment;
  const SoundTreatment treatment = state_.lock()->treatment;
  mix_.treat(treatment);
  mix_.seek(request.moment);
  // Without atempo sound plays on at its own speed, in a pitch that is right, and out of step: better than
  // none.
  if (const auto changed = tempo_.reset(request.speed); !changed) {
    log(LogLevel::Warning, changed.error().message);
  }
}

// The next block of sound, cut at the end of the clip.
void SoundPlayer::produce() {
  if (!wants_more(*state_.lock())) return;
  block_.resize(kBlockFrames * kSoundChannels);
  std::size_t frames = mix_.read(block_);
  const bool is_over = frames < kBlockFrames;
  bool is_finished = is_over;
  if (duration_ > MediaTime{}) {
    const std::int64_t left_frames =
        std::max<std::int64_t>(0, sound_frames(duration_ - mixed_from_) - mixed_);
    is_finished = is_over || static_cast<std::int64_t>(frames) >= left_frames;
    frames = std::min(frames, static_cast<std::size_t>(left_frames));
  }
  mixed_ += static_cast<std::int64_t>(frames);
  tempo_.push(std::span(block_).first(frames * kSoundChannels));
  if (is_finished) tempo_.finish();
  std::vector<float> samples;
  tempo_.take(samples);
  deliver(std::move(samples), is_finished);
}

void SoundPlayer::deliver(std::vector<float> samples, bool is_finished) {
  {
    auto state = state_.lock();
    if (number_ != state->newest) return;  // of a seek that another one has replaced
    state->ready.erase(state->ready.begin(),
                       state->ready.begin() + static_cast<std::ptrdiff_t>(state->taken));
    state->taken = 0;
    state->ready.insert(state->ready.end(), samples.begin(), samples.end());
    state->is_finished = is_finished;
    state->status.warnings = mix_.warnings();
    if (state->status.ready == number_ || (left(*state) == 0 && !is_finished)) return;
    state->status.ready = number_;
  }
  on_event_();
}

}  // namespace meanwhile
