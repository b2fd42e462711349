#include "media/import/imported_track.h"

extern "C" {
#include <libavutil/imgutils.h>
}

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/capture/sample_blocks.h"
#include "media/ffmpeg/owners.h"
#include "media/play/file_reader.h"
#include "media/record/audio_encoder.h"
#include "media/record/picture_encoder.h"
#include "media/record/track_file.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "media/record/track_writer.h"
#include "media/record/video_encoder.h"

namespace meanwhile {
namespace {

static_assert(kFileSampleRate == kSampleRate, "a file's sound is as a recorder's");

// So that segments stay short, whatever stands still.
constexpr MediaTime kLongestStill = std::chrono::seconds(1);
// Less is how containers round; the encoder smooths that.
constexpr MediaTime kJitter = std::chrono::milliseconds(10);
constexpr MediaTime kSilentBlock = std::chrono::milliseconds(500);

// A copy: the decoder may write to its own while we encode.
FramePtr frame_of(const Picture& picture) {
  FramePtr frame = make_frame();
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = picture.width;
  frame->height = picture.height;
  frame->color_range = picture.full_range ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  frame->colorspace = picture.bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  frame->sample_aspect_ratio = {1, 1};
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  const int half_width = (picture.width + 1) / 2;
  for (std::size_t plane = 0; plane < picture.planes.size(); ++plane) {
    const int width = plane == 0 ? picture.width : half_width;
    const int height = plane == 0 ? picture.height : (picture.height + 1) / 2;
    av_image_copy_plane(frame->data[plane], frame->linesize[plane], picture.planes[plane],
                        picture.strides[plane], width, height);
  }
  return frame;
}

// Files of floats may hold anything.
float sound_value(float value) {
  return std::isfinite(value) ? std::clamp(value, -8.0F, 8.0F) : 0.0F;
}

MediaTime length_of(std::size_t samples) {
  return MediaTime(static_cast<std::int64_t>(samples) * 1'000'000 / kSampleRate);
}

OpenTrack opening(const TrackFilePtr& file) {
  return [file](const AVCodecContext& encoder) { return TrackWriter::create(encoder, file); };
}

}  // namespace

ImportedPictures::ImportedPictures(TrackKind kind, const FileTrack& facts, std::string device,
                                   TrackFilePtr file, OnTrackFailure on_failure)
    : kind_(kind),
      facts_(facts),
      device_(std::move(device)),
      file_(std::move(file)),
      encoder_({.track = track_name(kind),
                .use = kind == TrackKind::Camera ? VideoUse::Camera : VideoUse::Screen,
                .frames_per_second = facts.frames_per_second,
                .when_full = WhenFull::Wait,
                .outline = &outline_},
               opening(file_), std::move(on_failure)) {}

void ImportedPictures::take(FilePiece piece) {
  FramePtr frame = frame_of(*piece.picture);
  const bool is_first = !last_;
  const MediaTime at = is_first ? MediaTime{} : piece.at;
  if (!is_first && at <= last_at_) return;
  hold_until(at);
  last_ = std::move(frame);
  last_at_ = at;
  ++taken_;
  encoder_.push(reference(*last_), at);
}

void ImportedPictures::hold_until(MediaTime end) {
  if (!last_) return;
  for (; end - last_at_ > kLongestStill; encoder_.push(reference(*last_), last_at_))
    last_at_ += kLongestStill;
}

void ImportedPictures::finish(MediaTime end) {
  hold_until(end);
  encoder_.finish(end);
  last_.reset();
}

TrackReport ImportedPictures::report() const {
  return {.kind = kind_,
          .file = track_file(kind_),
          .codec = encoder_.codec(),
          .device = device_,
          .width = facts_.width,
          .height = facts_.height,
          .frames_captured = taken_,
          .frames_encoded = encoder_.counts().encoded,
          .frames_dropped = encoder_.counts().dropped,
          .bytes = file_->size_bytes(),
          .duration = encoder_.duration()};
}

ImportedSound::ImportedSound(const FileTrack& facts, std::string device, TrackFilePtr file,
                             OnTrackFailure on_failure)
    : facts_(facts),
      device_(std::move(device)),
      file_(std::move(file)),
      encoder_(track_name(TrackKind::Voice), opening(file_), std::move(on_failure),
               {.end = MediaTime{}, .waveform = {}}) {}

void ImportedSound::take(FilePiece piece) {
  const auto channels = static_cast<std::size_t>(facts_.channels);
  const std::size_t count = piece.samples.size() / channels;
  std::size_t skipped = 0;
  if (piece.at > next_ + kJitter) be_silent_until(piece.at);
  if (piece.at < next_ - kJitter) {
    const auto over = (next_ - piece.at).count() * kSampleRate / 1'000'000;
    skipped = std::min(count, static_cast<std::size_t>(over));
  }
  if (skipped == count) return;
  FramePtr block = make_sample_block(facts_.channels, static_cast<int>(count - skipped));
  for (std::size_t channel = 0; channel < channels; ++channel) {
    const auto from = std::span(piece.samples).subspan(channel * count + skipped, count - skipped);
    std::ranges::transform(from, reinterpret_cast<float*>(block->extended_data[channel]), sound_value);
  }
  const MediaTime at = piece.at + length_of(skipped);
  next_ = at + length_of(count - skipped);
  ++taken_;
  encoder_.push(std::move(block), at);
}

void ImportedSound::be_silent_until(MediaTime at) {
  while (next_ < at) {
    const MediaTime length = std::min(at - next_, kSilentBlock);
    const auto count = static_cast<int>(length.count() * kSampleRate / 1'000'000);
    if (count == 0) break;
    FramePtr block = make_sample_block(facts_.channels, count);
    for (int channel = 0; channel < facts_.channels; ++channel)
      std::fill_n(reinterpret_cast<float*>(block->extended_data[channel]), count, 0.0F);
    encoder_.push(std::move(block), next_);
    next_ += length;
  }
}

void ImportedSound::finish(MediaTime /*end*/) {
  encoder_.finish();
}

TrackReport ImportedSound::report() const {
  return {.kind = TrackKind::Voice,
          .file = track_file(TrackKind::Voice),
          .codec = encoder_.codec(),
          .device = device_,
          .frames_captured = taken_,
          .frames_encoded = encoder_.packets(),
          .bytes = file_->size_bytes(),
          .duration = encoder_.duration()};
}

}  // namespace meanwhile
