#include "media/record/audio_track.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/capture/sample_blocks.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"
#include "media/record/audio_encoder.h"
#include "media/record/health_log.h"
#include "media/record/recorder_notes.h"
#include "media/record/sample_edits.h"
#include "media/record/sound_health.h"
#include "media/record/take_context.h"
#include "media/record/timeline.h"
#include "media/record/track_file.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "media/record/track_writer.h"
#include "media/record/voice_mixer.h"

namespace meanwhile {
namespace {

// A lost device's sound may still be on its way to us for so long.
constexpr MediaTime kDelivery = std::chrono::milliseconds(300);
constexpr int kSilenceBlock = kSampleRate / 100;
constexpr MediaTime kSilenceLength = std::chrono::milliseconds(10);

MediaTime length_of(std::int64_t samples) {
  return MediaTime(samples * 1'000'000 / kSampleRate);
}

}  // namespace

AudioTrack::AudioTrack(TrackKind kind, std::unique_ptr<SampleSource> source, OpenSamplesAgain open_again,
                       std::function<void()> on_lost, RecorderNotes& notes)
    : kind_(kind),
      open_again_(std::move(open_again)),
      on_lost_(std::move(on_lost)),
      notes_(notes),
      channels_(std::min(source->info().channels, 2)),
      source_(std::move(source)) {
  state_.lock()->info = source_->info();
  if (kind_ == TrackKind::Voice) mixer_.emplace(source_->info(), channels_);
}

AudioTrack::~AudioTrack() {
  stop_source();
}

Result<void> AudioTrack::open() {
  return source_->start(*this);
}

void AudioTrack::begin(const TakeContext& context, TrackFilePtr file) {
  before_ = {};
  auto state = state_.lock();
  state->context = &context;
  state->file = std::move(file);
  state->captured = 0;
  state->sent.reset();
  state->has_failed = false;
  state->codec.clear();
  state->packets = 0;
  state->end = state->longest_gap = state->drift = {};
  state->health.begin_take();
  state->log.clear();
  state->levels = {};
  state->encoder = make_encoder(*state, {});
}

std::shared_ptr<AudioEncoder> AudioTrack::make_encoder(const State& state, SoundBefore before) {
  const auto open = [file = state.file](const AVCodecContext& encoder) {
    return TrackWriter::create(encoder, file);
  };
  const auto failed = [this](const Error& why) {
    state_.lock()->has_failed = true;
    notes_.warn_of_take(failed_track_words(kind_, why));
  };
  return std::make_shared<AudioEncoder>(track_name(kind_), open, failed, std::move(before));
}

void AudioTrack::tick(MonotonicTime now) {
  if (is_lost()) fill_with_silence(now);
}

void AudioTrack::note_health(MonotonicTime now) {
  TrackHealth health = TrackHealth::Good;
  std::string name;
  {
    auto state = state_.lock();
    health = health_locked(*state, now);
    name = state->info.name;
    if (state->context)
      note_in(state->log, state->context->timeline, health, state->health.since(health, now), now);
  }
  if (is_worth_a_warning(health)) notes_.warn_for_now(health_words(kind_, name, health));
}

// So that the track stays whole, and current on the disk, until there is a device again.
void AudioTrack::fill_with_silence(MonotonicTime now) {
  std::shared_ptr<AudioEncoder> encoder;
  MediaTime from{};
  MediaTime to{};
  {
    auto state = state_.lock();
    if (!is_wanted(*state)) return;
    to = state->context->timeline.elapsed(now - kDelivery);
    from = state->sent.value_or(state->end);
    encoder = state->encoder;
    if (from + kSilenceLength > to) return;
    state->sent = from + (to - from) / kSilenceLength * kSilenceLength;
  }
  for (; from + kSilenceLength <= to; from += kSilenceLength) {
    FramePtr block = make_sample_block(channels_, kSilenceBlock);
    fade(*block, 0, 0);
    encoder->push(std::move(block), from);
  }
}

void AudioTrack::flush() {
  const auto encoder = state_.lock()->encoder;
  if (encoder) encoder->flush();
}

void AudioTrack::mute() {
  state_.lock()->is_muted = true;
  notes_.changed();
}

void AudioTrack::unmute(MonotonicTime now) {
  {
    auto state = state_.lock();
    if (!state->is_muted) return;
    state->is_muted = false;
    state->unmuted_at = now;
  }
  notes_.changed();
}

void AudioTrack::end_encoder() {
  const auto encoder = std::exchange(state_.lock()->encoder, nullptr);
  if (!encoder) return;
  encoder->finish();
  before_.waveform = encoder->take_waveform();
  before_.loudness = encoder->take_loudness();
  auto state = state_.lock();
  if (const std::string codec = encoder->codec(); !codec.empty()) state->codec = codec;
  state->packets = state->file->packets();
  before_.end = state->file->end();
  state->end = before_.end.value_or(MediaTime{});
  state->longest_gap = std::max(state->longest_gap, encoder->longest_gap());
  state->drift += encoder->stretched();
}

void AudioTrack::cut_back(MediaTime at) {
  const TrackFilePtr file = state_.lock()->file;
  file->cut_back(at);
  before_.end = file->end();
  before_.waveform.cut(at);
  before_.loudness.cut(at);
  auto state = state_.lock();
  state->levels.cut(at);
  state->log.cut_back(at);
  state->packets = file->packets();
  state->end = before_.end.value_or(MediaTime{});
  state->sent = before_.end;
  if (!state->is_over && !state->has_failed) state->encoder = make_encoder(*state, std::move(before_));
}

void AudioTrack::stop_source() {
  const std::lock_guard lock(source_mutex_);
  is_stopped_ = true;
  if (source_) source_->stop();
}

void AudioTrack::cancel() {
  const auto encoder = std::exchange(state_.lock()->encoder, nullptr);
  if (encoder) encoder->cancel();
  auto state = state_.lock();
  state->context = nullptr;
  state->file.reset();
}

void AudioTrack::reopen_source() {
  auto source = open_again_();
  if (source) install_source(std::move(*source));
}

void AudioTrack::install_source(std::unique_ptr<SampleSource> source) {
  std::string name = source->info().name;
  {
    const std::lock_guard lock(source_mutex_);
    if (is_stopped_) return;
    source_.reset();  // it has ended: nothing of it is called any more
    {
      auto state = state_.lock();
      state->info = source->info();
      state->health.reopen();
      state->is_lost = false;
    }
    if (mixer_) mixer_.emplace(source->info(), channels_);
    if (!source->start(*this)) {
      state_.lock()->is_lost = true;
      return;
    }
    source_ = std::move(source);
  }
  notes_.warn_of_take(returned_source_words(kind_, name), was_returned_words(kind_, name));
}

// What goes into the track, and from which of the source's channels.
FramePtr AudioTrack::mixed(const AVFrame& samples, Inputs& heard) {
  if (!mixer_) return with_channels(samples, channels_);
  FramePtr mixed = mixer_->mix(samples);
  heard = mixer_->voice();
  return mixed;
}

void AudioTrack::on_samples(FramePtr samples, MonotonicTime at) {
  Inputs heard = Inputs().set();
  FramePtr sound = mixed(*samples, heard);
  const BlockFacts facts = measure(*samples, heard);
  std::shared_ptr<AudioEncoder> encoder;
  std::vector<Timeline::Piece> pieces;
  {
    auto state = state_.lock();
    state->level.add(facts.peak, at);
    if (is_wanted(*state)) pieces = state->context->timeline.pieces(at, samples->nb_samples);
    MediaTime recorded{};
    for (const Timeline::Piece& piece : pieces) recorded += length_of(piece.samples);
    state->health.add(facts, at, recorded);
    const bool is_muted = state->is_muted || at < state->unmuted_at;
    if (is_muted || state->was_muted) {
      const float from = state->was_muted ? 0 : 1;
      const float to = is_muted ? 0 : 1;
      sound = faded(*sound, from, to);
      samples = faded(*samples, from, to);
    }
    state->was_muted = is_muted;
    for (const Timeline::Piece& piece : pieces)
      state->levels.add(*samples, piece.first_sample, piece.samples, piece.at);
    if (!pieces.empty()) {
      ++state->captured;
      state->sent = pieces.back().at + length_of(pieces.back().samples);
      encoder = state->encoder;
    }
  }
  if (encoder) send(*encoder, *sound, pieces);
  notes_.changed();
}

void AudioTrack::send(AudioEncoder& encoder, const AVFrame& samples,
                      const std::vector<Timeline::Piece>& pieces) {
  for (const Timeline::Piece& piece : pieces) {
    const bool is_whole = piece.samples == samples.nb_samples;
    encoder.push(is_whole ? reference(samples) : part_of(samples, piece.first_sample, piece.samples),
                 piece.at);
  }
}

void AudioTrack::on_state(SourceState source_state) {
  state_.lock()->health.set_state(source_state);
  notes_.changed();
}

void AudioTrack::on_ended(Error why) {
  const bool may_return = open_again_ && why.code == ErrorCode::Unavailable;
  std::string name;
  {
    auto state = state_.lock();
    (may_return ? state->is_lost : state->is_over) = true;
    name = state->info.name;
  }
  flush();
  if (!may_return) return notes_.warn(ended_source_words(kind_, name, why));
  notes_.warn(lost_source_words(kind_, name, why), was_lost_words(kind_, name, why));
  on_lost_();
}

TrackHealth AudioTrack::health_locked(State& state, MonotonicTime now) const {
  state.health.wait(now);
  if (state.is_over || state.has_failed) return TrackHealth::Ended;
  if (state.is_lost) return TrackHealth::Lost;
  return state.is_muted ? TrackHealth::Muted : state.health.health(now);
}

TrackReport AudioTrack::report(MonotonicTime now) const {
  TrackReport report{.kind = kind_, .file = track_file(kind_), .codec = "", .device = ""};
  auto state = state_.lock();
  report.device = state->info.name;
  report.frames_captured = state->captured;
  report.is_over = state->is_over || state->is_lost || state->has_failed;
  report.health = health_locked(*state, now);
  report.health_sentence = health_words(kind_, report.device, report.health);
  report.ailed = state->log.stretches();
  report.figures.longest_gap = state->longest_gap;
  report.figures.longest_silence = state->health.longest_silence();
  report.figures.clipped_share = state->health.clipped_share();
  report.figures.drift = state->drift;
  report.codec = state->codec;
  report.frames_encoded = state->packets;
  report.duration = state->end;
  if (state->file) report.bytes = state->file->size_bytes();
  if (!state->encoder) return report;
  report.codec = state->encoder->codec();
  report.frames_encoded += state->encoder->packets();
  report.duration = state->sent.value_or(MediaTime{});
  report.figures.longest_gap = std::max(state->longest_gap, state->encoder->longest_gap());
  report.figures.drift += state->encoder->stretched();
  return report;
}

float AudioTrack::peak(MonotonicTime now) const {
  return state_.lock()->level.peak(now);
}

}  // namespace meanwhile
