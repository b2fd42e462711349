#include "media/record/take_extras.h"

#include <span>

#include "media/base/files.h"
#include "media/record/poster_picker.h"
#include "media/record/stills.h"
#include "media/record/timeline.h"
#include "media/record/track_names.h"
#include "media/record/track_reader.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// Calls use(frame, time) for each frame of the track until it answers false; a damaged end is left out.
template <typename Use>
void for_each_frame(const fs::path& path, Use use) {
  const auto file = FileSource::open(path);
  if (!file) return;
  const auto reader = TrackReader::open(**file);
  if (!reader) return;
  for (;;) {
    const auto frame = (*reader)->read_frame();
    if (!frame || !use(**frame, (*reader)->time_of(**frame))) return;
  }
}

FramePtr pick_poster(const fs::path& path) {
  PosterPicker picker;
  for_each_frame(path, [&](const AVFrame& frame, MediaTime at) {
    if (frame.format == AV_PIX_FMT_YUV420P || frame.format == AV_PIX_FMT_YUVJ420P) picker.offer(frame, at);
    return !picker.is_done(at);
  });
  return picker.take();
}

void add_samples(const AVFrame& frame, MediaTime at, Waveform& waveform) {
  if (frame.format != AV_SAMPLE_FMT_FLTP || frame.nb_samples <= 0) return;
  const std::int64_t first = av_rescale(at.count(), kSampleRate, 1'000'000);
  for (int channel = 0; channel < frame.ch_layout.nb_channels; ++channel) {
    const auto* plane = reinterpret_cast<const float*>(frame.extended_data[channel]);
    waveform.add(std::span(plane, static_cast<std::size_t>(frame.nb_samples)), first);
  }
}

}  // namespace

Result<void> write_poster(const fs::path& folder, const AVFrame& frame) {
  const auto jpeg = encode_poster(frame);
  if (!jpeg) return std::unexpected(jpeg.error());
  return write_file_durably(folder / kPosterFile, *jpeg);
}

Result<void> write_waveform(const fs::path& folder, const Waveform& waveform) {
  return write_file_durably(folder / kWaveformFile, as_byte_span(waveform.to_json()));
}

Result<void> make_missing_poster(const fs::path& folder) {
  std::error_code ignored;
  if (fs::exists(folder / kPosterFile, ignored)) return {};
  for (const TrackKind kind : {TrackKind::Screen, TrackKind::Camera}) {
    if (const FramePtr frame = pick_poster(folder / track_file(kind))) return write_poster(folder, *frame);
  }
  return {};
}

Result<void> make_missing_waveform(const fs::path& folder) {
  std::error_code ignored;
  if (fs::exists(folder / kWaveformFile, ignored)) return {};
  for (const TrackKind kind : {TrackKind::Voice, TrackKind::System}) {
    Waveform waveform;
    for_each_frame(folder / track_file(kind), [&](const AVFrame& frame, MediaTime at) {
      add_samples(frame, at, waveform);
      return true;
    });
    if (!waveform.is_empty()) return write_waveform(folder, waveform);
  }
  return {};
}

}  // namespace meanwhile
