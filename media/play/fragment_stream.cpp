#include "media/play/fragment_stream.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <iterator>
#include <memory>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/piece_source.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr MediaTime kInstant{1};

std::uint64_t end_of(const Fragment& fragment) {
  return fragment.offset + fragment.size_bytes;
}

}  // namespace

Result<std::unique_ptr<FragmentStream>> FragmentStream::create(std::shared_ptr<ByteSource> track) {
  std::unique_ptr<FragmentStream> stream(new FragmentStream(std::move(track)));
  auto walker = TrackWalker::create(*stream->track_);
  if (!walker) return std::unexpected(walker.error());
  stream->walker_ = std::move(*walker);
  return stream;
}

// The one that begins there; nullptr: there is none. Valid until the next call.
Result<const Fragment*> FragmentStream::at(std::uint64_t offset) {
  auto place = std::ranges::lower_bound(fragments_, offset, {}, &Fragment::offset);
  if (place != fragments_.end() && place->offset == offset) return &*place;
  walker_->move_to(offset);
  const auto learnt = walker_->next();
  if (!learnt) return std::unexpected(learnt.error());
  if (!*learnt) return nullptr;
  return &*fragments_.insert(place, **learnt);
}

// Where to begin to look for a moment: the last known place that isn't after it.
std::uint64_t FragmentStream::place_before(MediaTime time) const {
  std::uint64_t offset = walker_->init_size_bytes();
  const auto places = places_of(*track_);
  const auto piece = std::ranges::upper_bound(places, time, {}, &BytePlace::start);
  if (piece != places.begin()) offset = std::max(offset, std::prev(piece)->offset);
  const auto known = std::ranges::upper_bound(fragments_, time, {}, &Fragment::start);
  if (known != fragments_.begin()) offset = std::max(offset, std::prev(known)->offset);
  return offset;
}

// The last one that begins at or before time, or the first; nullptr: there is nothing in the track.
Result<const Fragment*> FragmentStream::find(MediaTime time) {
  auto found = at(place_before(time));
  if (found && !*found) found = at(walker_->init_size_bytes());
  while (found && *found && (*found)->start + (*found)->duration <= time) {
    const std::uint64_t end = end_of(**found);
    const auto next = at(end);
    if (!next) return next;
    if (!*next || (*next)->start > time) return holding(end - 1);
    found = next;
  }
  return found;
}

const Fragment* FragmentStream::holding(std::uint64_t position) const {
  const auto after = std::ranges::upper_bound(fragments_, position, {}, &Fragment::offset);
  if (after == fragments_.begin()) return nullptr;
  const Fragment& before = *std::prev(after);
  return position < end_of(before) ? &before : nullptr;
}

Result<Fragment> FragmentStream::find_key_fragment(MediaTime time) {
  auto found = find(time);
  for (;;) {
    if (!found) return std::unexpected(found.error());
    if (!*found) return fail(ErrorCode::Corrupt, tr("there is nothing in the track"));
    const Fragment fragment = **found;
    const bool is_first = fragment.offset <= walker_->init_size_bytes();
    if (is_first || (fragment.starts_with_keyframe && fragment.start <= time)) return fragment;
    const MediaTime earlier = fragment.start - kInstant;
    found = find(earlier);
    if (found && *found && (*found)->offset >= fragment.offset) return fragment;  // times that make no sense
  }
}

Result<MediaTime> FragmentStream::end() {
  const auto last = find(MediaTime::max());
  if (!last) return std::unexpected(last.error());
  if (!*last) return fail(ErrorCode::Corrupt, tr("there is nothing in the track"));
  return (*last)->start + (*last)->duration;
}

Result<std::size_t> FragmentStream::read_at(std::uint64_t offset, std::span<std::byte> into) {
  const std::uint64_t init_size = walker_->init_size_bytes();
  if (offset < init_size) {
    return track_->read_at(offset, into.first(std::min<std::uint64_t>(into.size(), init_size - offset)));
  }
  if (!first_) return 0;
  const std::uint64_t position = offset - init_size + *first_;
  const Fragment* here = holding(position);
  if (!here) {
    const auto learnt = at(position);
    if (!learnt) return std::unexpected(learnt.error());
    if (!*learnt) return 0;
    here = *learnt;
  }
  // Not into the next fragment: where that can't be had, this one still plays.
  const std::uint64_t left = end_of(*here) - position;
  return track_->read_at(position, into.first(std::min<std::uint64_t>(into.size(), left)));
}

Result<std::uint64_t> FragmentStream::size() {
  const auto whole = track_->size();
  if (!whole || !first_) return whole ? walker_->init_size_bytes() : whole;
  return *whole - *first_ + walker_->init_size_bytes();
}

}  // namespace meanwhile
