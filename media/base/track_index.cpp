#include "media/base/track_index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/mp4_box.h"
#include "media/base/piece_source.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// One read takes in the headers of an ordinary fragment: styp, moof and the head of the mdat.
constexpr std::size_t kReadAhead = 4096;
// A second of media needs some kilobytes of headers at most.
constexpr std::uint64_t kLargestHeaderBox = 1 << 20;
constexpr int kMostBoxesBeforeMoov = 16;

// Segments: long enough to be few, short enough to be fetched quickly.

bool may_stand_before_moof(std::uint32_t type) {
  return type == box_type("styp") || type == box_type("sidx") || type == box_type("emsg") ||
         type == box_type("prft") || type == box_type("free") || type == box_type("skip");
}

std::unexpected<Error> bad_init(const char* why) {
  return fail(ErrorCode::Corrupt, tr_format("reading the start of the track: {}", why));
}

}  // namespace

Result<std::unique_ptr<TrackWalker>> TrackWalker::create(ByteSource& track) {
  std::unique_ptr<TrackWalker> walker(new TrackWalker(track));
  MEANWHILE_TRY(walker->read_init());
  return walker;
}

Result<void> TrackWalker::read_init() {
  for (int i = 0; i < kMostBoxesBeforeMoov; ++i) {
    const auto box = whole_box_at(position_);
    if (!box) return std::unexpected(box.error());
    if (!*box) return bad_init(tr("it is cut off, or no MP4"));
    const BoxHeader& header = **box;
    if (i == 0 && header.type != box_type("ftyp")) return bad_init(tr("it is no MP4"));
    const std::uint64_t start = position_;
    position_ += header.size_bytes;
    if (header.type == box_type("moof") || header.type == box_type("mdat")) break;
    if (header.type != box_type("moov")) continue;
    if (header.size_bytes > kLargestHeaderBox) return bad_init(tr("it is too large"));
    const auto bytes = view(start, static_cast<std::size_t>(header.size_bytes));
    if (!bytes) return std::unexpected(bytes.error());
    if (bytes->size() < header.size_bytes) return bad_init(tr("it is cut off"));
    const MoovOutcome outcome = parse_moov(bytes->subspan(header.header_bytes), defaults_);
    if (outcome == MoovOutcome::SeveralTracks) return bad_init(tr("there is more than one track in it"));
    if (outcome == MoovOutcome::Damaged) return bad_init(tr("its sizes or fields make no sense"));
    init_size_bytes_ = position_;
    return {};
  }
  return bad_init(tr("it has no moov"));
}

// How much more than what is asked for is worth reading: not into another piece of the track.
std::size_t TrackWalker::read_ahead(std::uint64_t offset) const {
  const auto places = places_of(track_);
  const auto next = std::ranges::upper_bound(places, offset, {}, &BytePlace::offset);
  if (next == places.end()) return kReadAhead;
  return static_cast<std::size_t>(std::min<std::uint64_t>(kReadAhead, next->offset - offset));
}

// The bytes there are of [offset, offset + length); valid until the next call.
Result<ByteView> TrackWalker::view(std::uint64_t offset, std::size_t length) {
  const bool is_inside = offset >= window_offset_ && offset - window_offset_ <= window_.size() &&
                         length <= window_.size() - (offset - window_offset_);
  if (!is_inside) {
    window_.resize(std::max(length, read_ahead(offset)));
    window_offset_ = offset;
    const auto count = track_.read_at(offset, window_);
    window_.resize(count ? *count : 0);
    if (!count) return std::unexpected(count.error());
  }
  const ByteView rest = ByteView(window_).subspan(static_cast<std::size_t>(offset - window_offset_));
  return rest.first(std::min(length, rest.size()));
}

// nullopt: no box, or not all of it is there.
Result<std::optional<BoxHeader>> TrackWalker::whole_box_at(std::uint64_t offset) {
  const auto bytes = view(offset, kBoxHeaderBytes);
  if (!bytes) return std::unexpected(bytes.error());
  const auto header = parse_box_header(*bytes);
  if (!header) return std::nullopt;
  if (offset > source_size_ || header->size_bytes > source_size_ - offset) {
    const auto size = track_.size();
    if (!size) return std::unexpected(size.error());
    source_size_ = *size;
  }
  if (offset > source_size_ || header->size_bytes > source_size_ - offset) return std::nullopt;
  return header;
}

// The first one from `offset` on; nullopt: something else comes before it, or not all of it is there.
Result<std::optional<TrackWalker::Moof>> TrackWalker::moof_at(std::uint64_t offset) {
  auto box = whole_box_at(offset);
  while (box && *box && may_stand_before_moof((*box)->type)) {
    offset += (*box)->size_bytes;
    box = whole_box_at(offset);
  }
  if (!box) return std::unexpected(box.error());
  if (!*box || (*box)->type != box_type("moof") || (*box)->size_bytes > kLargestHeaderBox)
    return std::nullopt;
  const BoxHeader& header = **box;
  const auto bytes = view(offset, static_cast<std::size_t>(header.size_bytes));
  if (!bytes) return std::unexpected(bytes.error());
  if (bytes->size() < header.size_bytes) return std::nullopt;
  return Moof{
      .offset = offset, .size_bytes = header.size_bytes, .payload = bytes->subspan(header.header_bytes)};
}

Result<std::optional<Fragment>> TrackWalker::next() {
  const auto moof = moof_at(position_);
  if (!moof) return std::unexpected(moof.error());
  if (!*moof) return std::nullopt;
  const auto samples = parse_moof((*moof)->payload, defaults_);
  if (!samples) return std::nullopt;

  const std::uint64_t behind = (*moof)->offset + (*moof)->size_bytes;
  const auto mdat = whole_box_at(behind);
  if (!mdat) return std::unexpected(mdat.error());
  if (!*mdat || (*mdat)->type != box_type("mdat")) return std::nullopt;
  if (samples->bytes > (*mdat)->size_bytes - (*mdat)->header_bytes) return std::nullopt;

  const std::uint64_t end = behind + (*mdat)->size_bytes;
  const Fragment fragment{.offset = position_,
                          .size_bytes = end - position_,
                          .start = samples->start,
                          .duration = samples->duration,
                          .starts_with_keyframe = samples->starts_with_keyframe,
                          .samples = samples->count};
  position_ = end;
  return fragment;
}

Result<std::vector<TrackSample>> TrackWalker::samples_of(const Fragment& fragment) {
  const auto strange = [] {
    return fail(ErrorCode::Unsupported, tr("the track isn't as a recorder writes it"));
  };
  const auto moof = moof_at(fragment.offset);
  if (!moof) return std::unexpected(moof.error());
  if (!*moof) return strange();
  auto samples = parse_samples((*moof)->payload, defaults_);
  if (!samples) return strange();
  const std::uint64_t behind_moof = (*moof)->offset - fragment.offset + (*moof)->size_bytes;
  for (TrackSample& sample : *samples) {
    sample.offset += (*moof)->offset - fragment.offset;
    const bool is_inside = sample.offset >= behind_moof && sample.offset <= fragment.size_bytes &&
                           sample.size_bytes <= fragment.size_bytes - sample.offset;
    if (!is_inside) return strange();
    sample.offset += fragment.offset;
  }
  return std::move(*samples);
}

Result<TrackIndex> index_track(ByteSource& track) {
  const auto walker = TrackWalker::create(track);
  if (!walker) return std::unexpected(walker.error());
  TrackIndex index;
  index.init_size_bytes = (*walker)->init_size_bytes();
  index.timescale = (*walker)->timescale();
  for (;;) {
    auto fragment = (*walker)->next();
    if (!fragment) return std::unexpected(fragment.error());
    if (!*fragment) break;
    index.fragments.push_back(**fragment);
  }
  index.whole_size_bytes = (*walker)->whole_size_bytes();
  return index;
}

}  // namespace meanwhile
