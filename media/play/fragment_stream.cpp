#include "media/play/fragment_stream.h"

#include <algorithm>

namespace meanwhile {
Result<std::unique_ptr<FragmentStream>> FragmentStream::create(std::shared_ptr<ByteSource> track) {
  std::unique_ptr<FragmentStream> stream(new FragmentStream(std::move(track)));
  auto walker = TrackWalker::create(*stream->track_);
  if (!walker) return std::unexpected(walker.error());
  stream->walker_ = std::move(*walker);
  const auto first = stream->learn_next();
  if (!first) return std::unexpected(first.error());
  if (!*first) return fail(ErrorCode::Corrupt, "there is nothing in the track");
  return stream;
}

// False: there are no more.
Result<bool> FragmentStream::learn_next() {
  auto fragment = walker_->next();
  if (!fragment) return std::unexpected(fragment.error());
  if (!*fragment) return false;
  fragments_.push_back(**fragment);
  return true;
}

Result<std::size_t> FragmentStream::find_key_fragment(MediaTime time) {
  while (fragments_.back().start + fragments_.back().duration <= time) {
    const auto learnt = learn_next();
    if (!learnt) return std::unexpected(learnt.error());
    if (!*learnt) break;
  }
  const auto is_candidate = [&](const Fragment& fragment) {
    return fragment.start <= time && fragment.starts_with_keyframe;
  };
  const auto found = std::find_if(fragments_.rbegin(), fragments_.rend(), is_candidate);
  return found == fragments_.rend() ? 0 : static_cast<std::size_t>(fragments_.rend() - found - 1);
}

std::size_t FragmentStream::key_fragment_before(std::size_t fragment) const {
  do {
    --fragment;
  } while (fragment > 0 && !fragments_[fragment].starts_with_keyframe);
  return fragment;
}

Result<MediaTime> FragmentStream::end() {
  for (;;) {
    const auto learnt = learn_next();
    if (!learnt) return std::unexpected(learnt.error());
    if (!*learnt) return fragments_.back().start + fragments_.back().duration;
  }
}

Result<std::size_t> FragmentStream::read_at(std::uint64_t offset, std::span<std::byte> into) {
  const std::uint64_t init_size = walker_->init_size_bytes();
  if (offset < init_size) {
    return track_->read_at(offset, into.first(std::min<std::uint64_t>(into.size(), init_size - offset)));
  }
  const std::uint64_t position = offset - init_size + fragments_[first_].offset;
  if (position >= known_end()) {
    const auto learnt = learn_next();
    if (!learnt) return std::unexpected(learnt.error());
    if (!*learnt) return 0;
  }
  if (position >= known_end()) return 0;
  // Not into the next fragment: where that can't be had, this one still plays.
  const auto after = std::ranges::upper_bound(fragments_, position, {}, &Fragment::offset);
  const Fragment& here = *std::prev(after);
  const std::uint64_t left = here.offset + here.size_bytes - position;
  return track_->read_at(position, into.first(std::min<std::uint64_t>(into.size(), left)));
}

Result<std::uint64_t> FragmentStream::size() {
  const auto whole = track_->size();
  if (!whole) return whole;
  return *whole - fragments_[first_].offset + walker_->init_size_bytes();
}

}  // namespace meanwhile
