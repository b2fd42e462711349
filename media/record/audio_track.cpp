#include "media/record/audio_track.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "media/record/track_names.h"

namespace meanwhile {
namespace {

float peak_of(const AVFrame& samples) {
  float peak = 0;
  for (int channel = 0; channel < samples.ch_layout.nb_channels; ++channel) {
    const auto* plane = reinterpret_cast<const float*>(samples.extended_data[channel]);
    for (const float sample : std::span(plane, static_cast<std::size_t>(samples.nb_samples))) {
      peak = std::max(peak, std::abs(sample));
    }
  }
  return std::min(peak, 1.0F);
}

// The piece of a block that belongs to the take; shares the block's samples.
FramePtr cut(const AVFrame& samples, const Timeline::Piece& piece) {
  FramePtr part = reference(samples);
  const auto offset = piece.first_sample * static_cast<std::int64_t>(sizeof(float));
  for (int channel = 0; channel < part->ch_layout.nb_channels; ++channel)
    part->extended_data[channel] += offset;
  if (part->extended_data != part->data) std::copy_n(part->extended_data, std::size(part->data), part->data);
  part->nb_samples = static_cast<int>(piece.samples);
  return part;
}

}  // namespace

AudioTrack::AudioTrack(TrackKind kind, std::unique_ptr<SampleSource> source, RecorderNotes& notes)
    : kind_(kind), notes_(notes), info_(source->info()), source_(std::move(source)) {}

AudioTrack::~AudioTrack() {
  source_->stop();
}

Result<void> AudioTrack::open() {
  return source_->start(*this);
}

void AudioTrack::begin(const TakeContext& context, DiskFilePtr file) {
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
  encoder_ = std::make_unique<AudioEncoder>(track_name(kind_), open, failed);
  state->is_recording = true;
}

void AudioTrack::finish() {
  encoder_->finish();
}

void AudioTrack::cancel() {
  if (encoder_) encoder_->cancel();
}

void AudioTrack::on_samples(FramePtr samples, MonotonicTime at) {
  const float peak = peak_of(*samples);
  std::vector<Timeline::Piece> pieces;
  {
    auto state = state_.lock();
    state->level.add(peak, at);
    if (state->is_recording) pieces = context_->timeline.pieces(at, samples->nb_samples);
    if (!pieces.empty()) ++state->captured;
  }
  for (const Timeline::Piece& piece : pieces) {
    const bool is_whole = piece.samples == samples->nb_samples;
    encoder_->push(is_whole ? reference(*samples) : cut(*samples, piece), piece.at);
  }
  notes_.changed();
}

void AudioTrack::on_ended(Error why) {
  bool is_recording = false;
  {
    auto state = state_.lock();
    state->is_over = true;
    is_recording = state->is_recording;
  }
  if (is_recording) encoder_->flush();
  notes_.warn(ended_source_words(kind_, info_.name, why));
}

TrackReport AudioTrack::report() const {
  TrackReport report{.kind = kind_, .file = track_file(kind_), .codec = "", .device = info_.name};
  auto state = state_.lock();
  report.frames_captured = state->captured;
  report.is_over = state->is_over;
  if (!state->is_recording) return report;
  report.codec = encoder_->codec();
  report.frames_encoded = encoder_->packets();
  report.bytes = file_->size_bytes();
  return report;
}

float AudioTrack::peak(MonotonicTime now) const {
  return state_.lock()->level.peak(now);
}

}  // namespace meanwhile
