#include "media/record/take_extras.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <system_error>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"
#include "media/capture/sample_blocks.h"
#include "media/ffmpeg/owners.h"
#include "media/record/activity.h"
#include "media/record/loudness_meter.h"
#include "media/record/poster_picker.h"
#include "media/record/stills.h"
#include "media/record/thumb_strip.h"
#include "media/record/track_names.h"
#include "media/record/track_reader.h"
#include "media/record/track_report.h"
#include "media/record/waveform.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestCaptions = 4u << 20;

enum class Frames { All, Keyframes };

// Calls use(frame, time) for each frame of the track until it answers false; a damaged end is left out.
template <typename Use>
void for_each_frame(const fs::path& path, Frames frames, Use use) {
  const auto file = FileSource::open(path);
  if (!file) return;
  const auto reader = TrackReader::open(**file);
  if (!reader) return;
  if (frames == Frames::Keyframes) (*reader)->decode_only_keyframes();
  for (;;) {
    const auto frame = (*reader)->read_frame();
    if (!frame || !use(**frame, (*reader)->time_of(**frame))) return;
  }
}

FramePtr pick_poster(const fs::path& path, MediaTime from) {
  PosterPicker picker;
  for_each_frame(path, Frames::All, [&](const AVFrame& frame, MediaTime at) {
    if (at < from) return true;
    if (frame.format == AV_PIX_FMT_YUV420P || frame.format == AV_PIX_FMT_YUVJ420P)
      picker.offer(frame, at - from);
    return !picker.is_done(at - from);
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

LoudnessMeter metered(const fs::path& path) {
  LoudnessMeter meter;
  for_each_frame(path, Frames::All, [&](const AVFrame& frame, MediaTime at) {
    if (frame.format != AV_SAMPLE_FMT_FLTP || frame.nb_samples <= 0) return true;
    std::vector<const float*> planes;
    for (int channel = 0; channel < frame.ch_layout.nb_channels; ++channel)
      planes.push_back(reinterpret_cast<const float*>(frame.extended_data[channel]));
    meter.add(planes, static_cast<std::size_t>(frame.nb_samples),
              av_rescale(at.count(), kSampleRate, 1'000'000));
    return true;
  });
  return meter;
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

Result<void> attach_captions(const fs::path& folder, const fs::path& captions) {
  const auto bytes = read_file(captions, kLargestCaptions);
  if (!bytes) return fail(tr_format("reading the captions in {}", captions.string()), bytes.error());
  if (!is_valid_utf8(as_text(*bytes)))
    return fail(
        ErrorCode::Corrupt,
        tr_format("The captions in {} are in another character set; save them as UTF-8 and try again.",
                  captions.string()));
  const auto cues = parse_captions(as_text(*bytes));
  if (!cues) return fail(tr_format("reading the captions in {}", captions.string()), cues.error());
  if (cues->empty())
    return fail(
        ErrorCode::Corrupt,
        tr_format("there is no caption in {}; each needs a line like 00:01.000 --> 00:02.500 before it",
                  captions.string()));
  return write_file_durably(folder / kCaptionsFile,
                            as_byte_span(to_web_vtt(*cues, web_vtt_language(as_text(*bytes)))));
}

std::optional<Loudness> measured_loudness(const fs::path& folder) {
  const LoudnessMeter voice = metered(folder / track_file(TrackKind::Voice));
  const LoudnessMeter system = metered(folder / track_file(TrackKind::System));
  return loudness_of(&voice, &system);
}

Result<void> make_missing_poster(const fs::path& folder, MediaTime from) {
  std::error_code ignored;
  if (fs::exists(folder / kPosterFile, ignored)) return {};
  for (const TrackKind kind : {TrackKind::Screen, TrackKind::Camera}) {
    if (const FramePtr frame = pick_poster(folder / track_file(kind), from))
      return write_poster(folder, *frame);
  }
  return {};
}

Result<void> make_missing_waveform(const fs::path& folder) {
  std::error_code ignored;
  if (fs::exists(folder / kWaveformFile, ignored)) return {};
  for (const TrackKind kind : {TrackKind::Voice, TrackKind::System}) {
    Waveform waveform;
    for_each_frame(folder / track_file(kind), Frames::All, [&](const AVFrame& frame, MediaTime at) {
      add_samples(frame, at, waveform);
      return true;
    });
    if (!waveform.is_empty()) return write_waveform(folder, waveform);
  }
  return {};
}

Result<void> write_thumbs(const fs::path& folder, ThumbStrip& thumbs, MediaTime end) {
  if (thumbs.is_empty()) return {};
  const auto sheet = thumbs.sheet(end, kThumbsFile);
  if (!sheet) return std::unexpected(sheet.error());
  MEANWHILE_TRY(write_file_durably(folder / kThumbsFile, sheet->jpeg));
  return write_file_durably(folder / kThumbTimesFile, as_byte_span(sheet->vtt));
}

Result<void> write_activity(const fs::path& folder, const Activity& activity, MediaTime end) {
  return write_file_durably(folder / kActivityFile, as_byte_span(activity.to_json(end)));
}

Result<void> make_missing_thumbs(const fs::path& folder) {
  std::error_code ignored;
  if (fs::exists(folder / kThumbTimesFile, ignored)) return {};
  for (const TrackKind kind : {TrackKind::Screen, TrackKind::Camera}) {
    ThumbStrip thumbs;
    MediaTime end{};
    for_each_frame(folder / track_file(kind), Frames::Keyframes, [&](const AVFrame& frame, MediaTime at) {
      thumbs.offer(frame, at);
      end = at;
      return true;
    });
    if (!thumbs.is_empty()) return write_thumbs(folder, thumbs, end);
  }
  return {};
}

Result<void> make_missing_activity(const fs::path& folder) {
  std::error_code ignored;
  if (fs::exists(folder / kActivityFile, ignored)) return {};
  const auto file = FileSource::open(folder / track_file(TrackKind::Screen));
  if (!file) return {};
  const auto reader = TrackReader::open(**file);
  if (!reader) return {};
  Activity activity;
  MediaTime end{};
  while (const auto packet = (*reader)->read_packet()) {
    const MediaTime at(av_rescale_q((*packet)->pts, (*reader)->time_base(), {1, 1'000'000}));
    if (((*packet)->flags & AV_PKT_FLAG_KEY) == 0) activity.note(at, (*packet)->size);
    end = std::max(end, at);
  }
  return write_activity(folder, activity, end);
}

Result<void> make_missing_extras(const fs::path& folder) {
  MEANWHILE_TRY(make_missing_poster(folder));
  MEANWHILE_TRY(make_missing_waveform(folder));
  MEANWHILE_TRY(make_missing_thumbs(folder));
  return make_missing_activity(folder);
}

}  // namespace meanwhile
