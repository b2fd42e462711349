#include "media/record/track_removal.h"

extern "C" {
#include <libavutil/mathematics.h>
#include <libavutil/mem.h>
}

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <filesystem>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/media_time.h"
#include "media/base/removed_parts.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/track_index.h"
#include "media/base/translation.h"
#include "media/ffmpeg/h264_units.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/record/changed_pictures.h"
#include "media/record/disk_writer.h"
#include "media/record/encoded_packets.h"
#include "media/record/h264.h"
#include "media/record/opened_part.h"
#include "media/record/picture_encoder.h"
#include "media/record/silent_packet.h"
#include "media/record/track_file.h"
#include "media/record/track_report.h"
#include "media/record/track_writer.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCopiedAtOnce = 4u << 20;
constexpr int kMostParameterSets = 31;
// What an AAC packet says is heard with half of the one behind it.
constexpr std::int64_t kSamplesInPacket = 1024;

// Fragments that are written anew, up to but without `end`.
struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};

void add_run(Run run, std::vector<Run>& runs) {
  if (!runs.empty() && runs.back().end == run.begin)
    runs.back().end = run.end;
  else
    runs.push_back(run);
}

bool overlap(const TimeRange& a, const TimeRange& b) {
  return a.from < b.to && b.from < a.to;
}

// From keyframe to keyframe.
std::vector<Run> runs_of_pictures(const TrackIndex& index, const RemovedParts& removed, CoverTrack track) {
  std::vector<Run> runs;
  for (std::size_t begin = 0; begin < index.fragments.size();) {
    const std::size_t end = next_key_fragment(index, begin);
    const TimeRange shown{start_of(index, begin), start_of(index, end)};
    const bool is_touched =
        std::ranges::any_of(removed.blank, [&](const TimeRange& blank) { return overlap(blank, shown); }) ||
        std::ranges::any_of(removed.covered, [&](const CoveredArea& area) {
          return area.track == track && overlap(area.range, shown);
        });
    if (is_touched) add_run({begin, end}, runs);
    begin = end;
  }
  return runs;
}

std::vector<Run> runs_of_sound(const TrackIndex& index, const RemovedParts& removed) {
  const MediaTime packet(av_rescale(kSamplesInPacket, 1'000'000, std::max<std::int64_t>(1, index.timescale)));
  std::vector<Run> runs;
  for (std::size_t i = 0; i < index.fragments.size(); ++i) {
    const TimeRange heard{start_of(index, i), start_of(index, i + 1) + packet};
    if (std::ranges::any_of(removed.blank, [&](const TimeRange& blank) { return overlap(blank, heard); }))
      add_run({i, i + 1}, runs);
  }
  return runs;
}

// Writes the runs of a track anew, each as a track of its own.
class RunWriter {
 public:
  RunWriter(ByteSource& source, const TrackIndex& index, const RemovedParts& removed, TrackKind kind)
      : source_(source), index_(index), removed_(removed), kind_(kind) {}

  Result<void> write(const Run& run, TrackFilePtr file);
  // Its beginning isn't the track's any more.
  bool has_other_beginning() const { return has_other_beginning_; }

 private:
  Result<void> learn_parameters();
  Result<void> write_pictures(const Run& run);
  Result<void> write_sound(const Run& run);
  Result<void> open_encoder(const AVFrame& first, AVRational rate);
  Result<bool> fits(const AVCodecContext& encoder, int number);
  Result<void> encode(const AVFrame& frame, MediaTime at, AVRational rate);
  Result<void> write_encoded();
  Result<void> push(PacketPtr packet);
  bool is_removed(const AVPacket& packet) const;

  ByteSource& source_;
  const TrackIndex& index_;
  const RemovedParts& removed_;
  const TrackKind kind_;
  TrackFilePtr file_;  // of the run at hand
  AVRational base_{};
  CodecParametersPtr parameters_;
  bool has_other_beginning_ = false;
  bool has_begun_ = false;  // its beginning is written, and stays so
  std::unique_ptr<TrackWriter> writer_;
  std::unique_ptr<PictureEncoder> encoder_;
  Units sets_before_keyframes_;  // where they aren't in the track's header
  std::int64_t last_ = -1;       // when the last packet is shown
  PacketPtr silence_;
};

Result<void> RunWriter::write(const Run& run, TrackFilePtr file) {
  file_ = std::move(file);
  writer_.reset();
  last_ = -1;
  if (!parameters_) MEANWHILE_TRY(learn_parameters());
  const bool is_video = parameters_->codec_type == AVMEDIA_TYPE_VIDEO;
  MEANWHILE_TRY(is_video ? write_pictures(run) : write_sound(run));
  if (!writer_) return fail(ErrorCode::Corrupt, tr("the track can't be decoded"));
  return writer_->flush(start_of(index_, run.end));
}

Result<void> RunWriter::learn_parameters() {
  const auto probe = open_part(source_, index_, 0, 1);
  if (!probe) return std::unexpected(probe.error());
  const AVCodecParameters& parameters = probe->reader->parameters();
  base_ = probe->reader->time_base();
  parameters_.reset(avcodec_parameters_alloc());
  if (!parameters_ || avcodec_parameters_copy(parameters_.get(), &parameters) < 0) throw std::bad_alloc();
  if (parameters.codec_type != AVMEDIA_TYPE_VIDEO) return {};
  // As the recorder's encoder says and reading doesn't.
  parameters_->sample_aspect_ratio = {1, 1};
  parameters_->bit_rate = 0;
  return {};
}

Result<void> RunWriter::write_pictures(const Run& run) {
  const auto part = open_part(source_, index_, run.begin, run.end);
  if (!part) return std::unexpected(part.error());
  std::vector<MediaTime> key_times;
  for (std::size_t i = run.begin; i < run.end; ++i)
    if (index_.fragments[i].starts_with_keyframe) key_times.push_back(index_.fragments[i].start);
  encoder_.reset();
  ChangedPictures pictures(
      removed_, kind_ == TrackKind::Camera ? CoverTrack::Camera : CoverTrack::Screen, key_times,
      [&](const AVFrame& frame, MediaTime at) { return encode(frame, at, part->reader->frame_rate()); });
  for (;;) {
    auto frame = part->reader->read_frame();
    if (!frame && frame.error().code != ErrorCode::EndOfStream) return std::unexpected(frame.error());
    if (!frame) break;
    const MediaTime at = part->reader->time_of(**frame);
    MEANWHILE_TRY(pictures.take(std::move(*frame), at));
  }
  MEANWHILE_TRY(pictures.finish(start_of(index_, run.end)));
  if (!encoder_) return fail(ErrorCode::Corrupt, tr("the track's pictures can't be decoded"));
  MEANWHILE_TRY(encoder_->send(nullptr));
  return write_encoded();
}

Result<void> RunWriter::encode(const AVFrame& frame, MediaTime at, AVRational rate) {
  if (!encoder_) MEANWHILE_TRY(open_encoder(frame, rate));
  const FramePtr timed = reference(frame);
  timed->pts = at.count();
  MEANWHILE_TRY(encoder_->send(timed.get()));
  return write_encoded();
}

// The track's other pictures go on needing the parameter sets that it has: this encoder's must be the same,
// or get a number of their own and a place beside them in the track's header.
Result<void> RunWriter::open_encoder(const AVFrame& first, AVRational rate) {
  const double frames_per_second = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
  const VideoUse use = kind_ == TrackKind::Camera ? VideoUse::Camera : VideoUse::Screen;
  for (int number = 0; number <= kMostParameterSets; ++number) {
    auto opened = open_libx264(
        {.first = first, .use = use, .frames_per_second = frames_per_second, .parameter_sets = number});
    if (!opened) return std::unexpected(opened.error());
    const auto is_fit = fits((*opened)->context(), number);
    if (!is_fit) return std::unexpected(is_fit.error());
    if (!*is_fit) continue;
    encoder_ = std::move(*opened);
    return {};
  }
  return fail(ErrorCode::Unsupported, tr("the track has too many parameter sets"));
}

Result<bool> RunWriter::fits(const AVCodecContext& encoder, int number) {
  const Units ours = sets_of_encoder({encoder.extradata, static_cast<std::size_t>(encoder.extradata_size)});
  if (parameters_->codec_tag == kParameterSetsInBand) {
    sets_before_keyframes_ = ours;
    return true;
  }
  const UnitView avcc{parameters_->extradata, static_cast<std::size_t>(parameters_->extradata_size)};
  const auto theirs = sets_of_file(avcc);
  if (!theirs) return std::unexpected(theirs.error());
  if (std::ranges::all_of(ours,
                          [&](const auto& set) { return std::ranges::find(*theirs, set) != theirs->end(); }))
    return true;
  if (has_begun_ || have_number(*theirs, static_cast<unsigned>(number))) return false;
  const auto both = with_sets(avcc, ours);
  if (!both) return std::unexpected(both.error());
  auto* extradata = static_cast<std::uint8_t*>(av_mallocz(both->size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (extradata == nullptr) throw std::bad_alloc();
  std::memcpy(extradata, both->data(), both->size());
  av_freep(static_cast<void*>(&parameters_->extradata));
  parameters_->extradata = extradata;
  parameters_->extradata_size = static_cast<int>(both->size());
  has_other_beginning_ = true;
  return true;
}

Result<void> RunWriter::write_encoded() {
  return push_encoded(*encoder_, sets_before_keyframes_, base_,
                      [this](PacketPtr packet) { return push(std::move(packet)); });
}

Result<void> RunWriter::write_sound(const Run& run) {
  const auto part = open_part(source_, index_, run.begin, run.end);
  if (!part) return std::unexpected(part.error());
  if (!silence_) {
    auto silence = silent_packet(*parameters_);
    if (!silence) return std::unexpected(silence.error());
    silence_ = std::move(*silence);
  }
  for (;;) {
    auto packet = part->reader->read_packet();
    if (!packet && packet.error().code == ErrorCode::EndOfStream) return {};
    if (!packet) return std::unexpected(packet.error());
    (*packet)->dts = (*packet)->pts;
    if (!is_removed(**packet)) {
      MEANWHILE_TRY(push(std::move(*packet)));
      continue;
    }
    PacketPtr silent(av_packet_clone(silence_.get()));
    if (!silent || av_packet_copy_props(silent.get(), packet->get()) < 0) throw std::bad_alloc();
    MEANWHILE_TRY(push(std::move(silent)));
  }
}

// What a packet decodes to begins at its pts, and it holds as much again for the one behind it to overlap
// with (ISO/IEC 14496-3 s. 4.6.11).
bool RunWriter::is_removed(const AVPacket& packet) const {
  const AVRational rate{1, std::max(1, parameters_->sample_rate)};
  const MediaTime from(av_rescale_q(packet.pts, base_, kMicroseconds));
  const MediaTime to = from + MediaTime(av_rescale_q(2 * kSamplesInPacket, rate, kMicroseconds));
  return std::ranges::any_of(removed_.blank,
                             [&](const TimeRange& blank) { return overlap(blank, {from, to}); });
}

// Two moments of which the track's clock knows only one are one picture.
Result<void> RunWriter::push(PacketPtr packet) {
  if (!writer_) {
    auto writer = TrackWriter::create(*parameters_, base_, file_);
    if (!writer) return std::unexpected(writer.error());
    writer_ = std::move(*writer);
    has_begun_ = true;
  }
  if (packet->dts <= last_)
    return fail(ErrorCode::Unsupported, tr("the track's pictures are too close in time"));
  last_ = packet->dts;
  return writer_->push(std::move(packet));
}

Result<void> copy_bytes(ByteSource& from, std::uint64_t begin, std::uint64_t end, ByteSink& to) {
  std::vector<std::byte> buffer;
  while (begin < end) {
    buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kCopiedAtOnce, end - begin)));
    const auto got = from.read_at(begin, buffer);
    if (!got) return std::unexpected(got.error());
    if (*got == 0) return fail(ErrorCode::Corrupt, tr("the track is shorter than it says"));
    MEANWHILE_TRY(to.append(std::span(buffer).first(*got)));
    begin += *got;
  }
  return {};
}

struct IndexedTrack {
  std::unique_ptr<FileSource> file;
  TrackIndex index;
};

Result<IndexedTrack> open_indexed(const fs::path& path) {
  auto file = FileSource::open(path);
  if (!file) return std::unexpected(file.error());
  auto index = index_track(**file);
  if (!index) return fail(path.string(), index.error());
  return IndexedTrack{std::move(*file), std::move(*index)};
}

// The track, with the runs' fragments instead of its own.
class TrackJoiner {
 public:
  // anew: a file for one run after the other.
  TrackJoiner(const IndexedTrack& track, RunWriter& runs, fs::path anew, ByteSink& to)
      : track_(track), runs_(runs), anew_(std::move(anew)), to_(to) {}

  Result<void> join(const std::vector<Run>& runs) {
    for (const Run& run : runs) {
      const auto anew = write_anew(run);
      if (!anew) return std::unexpected(anew.error());
      if (kept_ == 0) MEANWHILE_TRY(begin(runs_.has_other_beginning() ? *anew : track_));
      MEANWHILE_TRY(copy_up_to(offset_of(track_.index, run.begin)));
      MEANWHILE_TRY(copy_bytes(*anew->file, anew->index.init_size_bytes, anew->index.whole_size_bytes, to_));
      kept_ = offset_of(track_.index, run.end);
    }
    MEANWHILE_TRY(copy_up_to(track_.index.whole_size_bytes));
    return to_.sync();
  }

 private:
  Result<IndexedTrack> write_anew(const Run& run) {
    std::error_code ignored;
    fs::remove(anew_, ignored);
    auto sink = FileSink::create(anew_);
    if (!sink) return std::unexpected(sink.error());
    DiskWriter disk([](const Error&) {});  // finish() tells
    const auto file = std::make_shared<DiskFile>(std::move(*sink));
    const auto written = runs_.write(run, std::make_shared<TrackFile>(disk, file, anew_));
    const auto saved = disk.finish();
    if (!written) return std::unexpected(written.error());
    if (!saved) return std::unexpected(saved.error());
    return open_indexed(anew_);
  }

  Result<void> begin(const IndexedTrack& first) {
    kept_ = track_.index.init_size_bytes;
    return copy_bytes(*first.file, 0, first.index.init_size_bytes, to_);
  }

  Result<void> copy_up_to(std::uint64_t end) { return copy_bytes(*track_.file, kept_, end, to_); }

  const IndexedTrack& track_;
  RunWriter& runs_;
  const fs::path anew_;
  ByteSink& to_;
  std::uint64_t kept_ = 0;  // of the track is in `to` already
};

Result<void> write_joined_runs(const IndexedTrack& track, const std::vector<Run>& runs, const fs::path& anew,
                               const fs::path& to, TrackKind kind, const RemovedParts& removed) {
  RunWriter writer(*track.file, track.index, removed, kind);
  const auto sink = FileSink::create(to);
  if (!sink) return std::unexpected(sink.error());
  MEANWHILE_TRY(TrackJoiner(track, writer, anew, **sink).join(runs));
  const auto joined = open_indexed(to);
  if (!joined) return std::unexpected(joined.error());
  return joined->index.end() == track.index.end()
             ? Result<void>()
             : fail(ErrorCode::Internal, tr("the track would have another length"));
}

}  // namespace

Result<bool> remove_from_track(const fs::path& from, const fs::path& to, TrackKind kind,
                               const RemovedParts& removed) {
  const auto track = open_indexed(from);
  if (!track) return std::unexpected(track.error());
  const bool is_sound = kind == TrackKind::Voice || kind == TrackKind::System;
  const std::vector<Run> runs =
      is_sound ? runs_of_sound(track->index, removed)
               : runs_of_pictures(track->index, removed,
                                  kind == TrackKind::Camera ? CoverTrack::Camera : CoverTrack::Screen);
  if (runs.empty()) return false;
  fs::path anew = to;
  anew += ".anew";
  const auto written = write_joined_runs(*track, runs, anew, to, kind, removed);
  std::error_code ignored;
  fs::remove(anew, ignored);
  if (written) return true;
  fs::remove(to, ignored);
  return fail(tr_format("taking parts out of {}", from.string()), written.error());
}

}  // namespace meanwhile
