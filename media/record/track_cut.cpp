#include "media/record/track_cut.h"

extern "C" {
#include <libavutil/mathematics.h>
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/base/translation.h"
#include "media/base/trim.h"
#include "media/ffmpeg/h264_units.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/record/codec_string.h"
#include "media/record/disk_writer.h"
#include "media/record/encoded_packets.h"
#include "media/record/h264.h"
#include "media/record/opened_part.h"
#include "media/record/picture_encoder.h"
#include "media/record/track_file.h"
#include "media/record/track_report.h"
#include "media/record/track_writer.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

class TrackCutter {
 public:
  TrackCutter(ByteSource& source, TrackIndex index, VideoUse use, const KeptRange& range, TrackFilePtr file)
      : source_(source), index_(std::move(index)), use_(use), range_(range), file_(std::move(file)) {}

  // false: nothing of the track lies in the range.
  Result<bool> run();
  CutTrack outcome() const {
    return {.codec = codec_string(*parameters_), .duration = writer_->end(), .packets = writer_->packets()};
  }

 private:
  Result<OpenedPart> open(std::size_t begin, std::size_t end) const {
    return open_part(source_, index_, begin, end);
  }
  std::optional<std::size_t> key_fragment() const;

  Result<bool> cut_pictures();
  Result<bool> cut_sound();
  Result<bool> begins_with_keyframe(std::size_t begin, std::size_t end) const;
  Result<void> begin_writing();
  Result<void> encode_part(std::size_t begin, std::size_t end);
  Result<void> encode(FramePtr frame, MediaTime at, AVRational rate);
  Result<void> open_encoder(const AVFrame& first, AVRational rate);
  Result<void> write_encoded();
  Result<void> copy_pictures(std::size_t begin);

  ByteSource& source_;
  const TrackIndex index_;
  const VideoUse use_;
  const KeptRange range_;
  const TrackFilePtr file_;

  AVRational base_{};
  CodecParametersPtr parameters_;  // of what is written
  std::unique_ptr<TrackWriter> writer_;
  std::unique_ptr<PictureEncoder> encoder_;
  Units sets_of_encoder_;  // before its keyframes, where they aren't in the track's header
  Units sets_of_track_;    // before those that are copied, likewise
};

// Where reading must begin to see what is on show at the range's start; the first one, of a track that begins
// later.
std::optional<std::size_t> TrackCutter::key_fragment() const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < index_.fragments.size(); ++i) {
    const Fragment& fragment = index_.fragments[i];
    if (!fragment.starts_with_keyframe) continue;
    if (found && fragment.start > range_.from) break;
    found = i;
  }
  return found;
}

Result<bool> TrackCutter::run() {
  if (index_.fragments.empty() || index_.end() <= range_.from ||
      index_.fragments.front().start >= range_.to) {
    return false;
  }
  const auto probe = open(0, 1);
  if (!probe) return std::unexpected(probe.error());
  const AVCodecParameters& parameters = probe->reader->parameters();
  base_ = probe->reader->time_base();
  parameters_.reset(avcodec_parameters_alloc());
  if (!parameters_ || avcodec_parameters_copy(parameters_.get(), &parameters) < 0)
    return fail(ErrorCode::Internal, tr("cutting a track failed"));
  if (parameters.codec_type == AVMEDIA_TYPE_VIDEO) {
    // As the recorder's encoder says and reading doesn't: so that the header stays what it was.
    parameters_->sample_aspect_ratio = {1, 1};
    parameters_->bit_rate = 0;
  }
  return parameters.codec_type == AVMEDIA_TYPE_VIDEO ? cut_pictures() : cut_sound();
}

Result<void> TrackCutter::begin_writing() {
  auto writer = TrackWriter::create(*parameters_, base_, file_);
  if (!writer) return std::unexpected(writer.error());
  writer_ = std::move(*writer);
  return {};
}

Result<bool> TrackCutter::cut_pictures() {
  const auto begin = key_fragment();
  if (!begin) return fail(ErrorCode::Corrupt, tr("the track has no keyframe"));
  if (index_.fragments[*begin].start >= range_.to) return false;
  const std::size_t next = next_key_fragment(index_, *begin);
  const auto is_exact = begins_with_keyframe(*begin, next);
  if (!is_exact) return std::unexpected(is_exact.error());
  if (!*is_exact) MEANWHILE_TRY(encode_part(*begin, next));
  MEANWHILE_TRY(copy_pictures(*is_exact ? *begin : next));
  MEANWHILE_TRY(writer_->flush(std::min(range_.to, index_.end()) - range_.from));
  return true;
}

// The first picture of the part is the one on show at the range's start.
Result<bool> TrackCutter::begins_with_keyframe(std::size_t begin, std::size_t end) const {
  const auto part = open(begin, end);
  if (!part) return std::unexpected(part.error());
  const auto first = part->reader->read_packet();
  if (!first) return std::unexpected(first.error());
  const auto second = part->reader->read_packet();
  if (!second && second.error().code != ErrorCode::EndOfStream) return std::unexpected(second.error());
  return !second || av_rescale_q((*second)->pts, base_, kMicroseconds) > range_.from.count();
}

Result<void> TrackCutter::encode_part(std::size_t begin, std::size_t end) {
  const auto part = open(begin, end);
  if (!part) return std::unexpected(part.error());
  FramePtr held;  // the last one that isn't after the range's start
  for (;;) {
    auto frame = part->reader->read_frame();
    if (!frame && frame.error().code != ErrorCode::EndOfStream) return std::unexpected(frame.error());
    const MediaTime at = frame ? part->reader->time_of(**frame) : MediaTime::max();
    const AVRational rate = part->reader->frame_rate();
    if (at > range_.from && held) MEANWHILE_TRY(encode(std::move(held), range_.from, rate));
    if (!frame || at >= range_.to) break;
    if (at <= range_.from) {
      held = std::move(*frame);
    } else {
      MEANWHILE_TRY(encode(std::move(*frame), at, rate));
    }
  }
  if (!encoder_) return fail(ErrorCode::Corrupt, tr("the track's pictures can't be decoded"));
  MEANWHILE_TRY(encoder_->send(nullptr));
  return write_encoded();
}

Result<void> TrackCutter::encode(FramePtr frame, MediaTime at, AVRational rate) {
  // Another name for the same bytes: the range is told beside the format.
  if (frame->format == AV_PIX_FMT_YUVJ420P) {
    frame->format = AV_PIX_FMT_YUV420P;
    frame->color_range = AVCOL_RANGE_JPEG;
  }
  const bool is_first = !encoder_;
  if (is_first) MEANWHILE_TRY(open_encoder(*frame, rate));
  frame->pict_type = is_first ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  frame->pts = (at - range_.from).count();
  MEANWHILE_TRY(encoder_->send(frame.get()));
  return write_encoded();
}

// An avc1 track's parameter sets are in its header: where this encoder has others (another version of it, or
// hardware before it), the track becomes an avc3 one, which has them before each keyframe.
Result<void> TrackCutter::open_encoder(const AVFrame& first, AVRational rate) {
  const double frames_per_second = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
  auto opened = open_libx264({.first = first, .use = use_, .frames_per_second = frames_per_second});
  if (!opened) return std::unexpected(opened.error());
  encoder_ = std::move(*opened);
  const AVCodecContext& context = encoder_->context();
  Units ours = sets_of_encoder({context.extradata, static_cast<std::size_t>(context.extradata_size)});
  auto theirs = sets_of_file({parameters_->extradata, static_cast<std::size_t>(parameters_->extradata_size)});
  if (!theirs) return std::unexpected(theirs.error());
  const bool is_in_band = parameters_->codec_tag == kParameterSetsInBand;
  if (is_in_band || ours != *theirs) sets_of_encoder_ = std::move(ours);
  if (!is_in_band && !sets_of_encoder_.empty()) {
    parameters_->codec_tag = kParameterSetsInBand;
    sets_of_track_ = std::move(*theirs);
  }
  return begin_writing();
}

Result<void> TrackCutter::write_encoded() {
  return push_encoded(*encoder_, sets_of_encoder_, base_,
                      [this](PacketPtr packet) { return writer_->push(std::move(packet)); });
}

Result<void> TrackCutter::copy_pictures(std::size_t begin) {
  if (!writer_) MEANWHILE_TRY(begin_writing());
  if (begin >= index_.fragments.size()) return {};
  const auto part = open(begin, index_.fragments.size());
  if (!part) return std::unexpected(part.error());
  const std::int64_t start = av_rescale_q(range_.from.count(), kMicroseconds, base_);
  const std::int64_t end = av_rescale_q(range_.to.count(), kMicroseconds, base_);
  for (;;) {
    auto packet = part->reader->read_packet();
    if (!packet && packet.error().code == ErrorCode::EndOfStream) return {};
    if (!packet) return std::unexpected(packet.error());
    if ((*packet)->pts >= end) return {};
    const bool is_keyframe = ((*packet)->flags & AV_PKT_FLAG_KEY) != 0;
    if (is_keyframe && !sets_of_track_.empty()) *packet = with_units_before(**packet, sets_of_track_);
    (*packet)->pts = (*packet)->dts = std::max<std::int64_t>(0, (*packet)->pts - start);
    MEANWHILE_TRY(writer_->push(std::move(*packet)));
  }
}

// What a packet decodes to begins at its pts, but it holds what comes after that, too, for the packet behind
// it to overlap with: 2048 samples in all (ISO/IEC 14496-3 s. 4.6.11). So none is kept that reaches out of
// the range with them, at the cost of up to 43 ms at the end.
Result<bool> TrackCutter::cut_sound() {
  const auto part = open(0, index_.fragments.size());
  if (!part) return std::unexpected(part.error());
  MEANWHILE_TRY(begin_writing());
  const std::int64_t start = av_rescale_q(range_.from.count(), kMicroseconds, base_);
  const bool is_cut_off = range_.to < index_.end();
  const std::int64_t end = av_rescale_q(range_.to.count(), kMicroseconds, base_);
  for (;;) {
    auto packet = part->reader->read_packet();
    if (!packet && packet.error().code == ErrorCode::EndOfStream) break;
    if (!packet) return std::unexpected(packet.error());
    if ((*packet)->pts < start) continue;
    if (is_cut_off && (*packet)->pts + 2 * kAacSamples > end) break;
    if ((*packet)->duration == 0) (*packet)->duration = kAacSamples;  // libavformat doesn't always say
    (*packet)->pts = (*packet)->dts = (*packet)->pts - start;
    MEANWHILE_TRY(writer_->push(std::move(*packet)));
  }
  MEANWHILE_TRY(writer_->flush(std::nullopt));
  return writer_->packets() > 0;
}

Result<TrackIndex> index_of(ByteSource& track, const fs::path& path) {
  auto index = index_track(track);
  if (!index) return fail(path.string(), index.error());
  return index;
}

}  // namespace

Result<std::optional<CutTrack>> cut_track(const fs::path& from, const fs::path& to, TrackKind kind,
                                          const KeptRange& range) {
  const auto source = FileSource::open(from);
  if (!source) return std::unexpected(source.error());
  auto index = index_of(**source, from);
  if (!index) return std::unexpected(index.error());
  auto sink = FileSink::create(to);
  if (!sink) return std::unexpected(sink.error());

  DiskWriter disk([](const Error&) {});  // finish() tells
  const auto written = std::make_shared<DiskFile>(std::move(*sink));
  TrackCutter cutter(**source, std::move(*index),
                     kind == TrackKind::Camera ? VideoUse::Camera : VideoUse::Screen, range,
                     std::make_shared<TrackFile>(disk, written, to));
  const auto is_there = cutter.run();
  const auto saved = disk.finish();
  if (!is_there) return fail(tr_format("cutting {}", from.string()), is_there.error());
  if (!saved) return std::unexpected(saved.error());
  if (!*is_there) {
    std::error_code ignored;
    fs::remove(to, ignored);
    return std::nullopt;
  }
  CutTrack outcome = cutter.outcome();
  outcome.bytes = written->size_bytes();
  return outcome;
}

Result<std::uint64_t> bytes_in_range(const fs::path& track, const KeptRange& range) {
  const auto source = FileSource::open(track);
  if (!source) return std::unexpected(source.error());
  const auto index = index_of(**source, track);
  if (!index) return std::unexpected(index.error());
  std::uint64_t bytes = index->init_size_bytes;
  for (const Fragment& fragment : index->fragments) {
    if (fragment.start < range.to && fragment.start + fragment.duration > range.from)
      bytes += fragment.size_bytes;
  }
  return bytes;
}

}  // namespace meanwhile
