#include "media/export/recorded_track.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <new>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/mp4_box.h"
#include "media/base/picture_entry.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/base/translation.h"
#include "media/ffmpeg/h264_units.h"
#include "media/ffmpeg/owners.h"
#include "media/play/fragment_stream.h"

namespace meanwhile {
namespace {

// All of its pictures are read at once. A recorder has a keyframe each 10 s.
constexpr std::uint64_t kLargestGroup = 64u << 20;
constexpr MediaTime kLongestGroup = std::chrono::seconds(11);
constexpr std::size_t kMostPictures = 2000;

bool is_in_order(const std::vector<TrackSample>& pictures) {
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (pictures[i].is_reordered || pictures[i].size_bytes == 0) return false;
    if (i > 0 && pictures[i].at <= pictures[i - 1].at) return false;
  }
  return true;
}

std::uint64_t bytes_of(std::span<const TrackSample> pictures) {
  return std::accumulate(pictures.begin(), pictures.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const TrackSample& one) { return sum + one.size_bytes; });
}

}  // namespace

Result<std::unique_ptr<RecordedTrack>> RecordedTrack::open(std::shared_ptr<ByteSource> track) {
  auto entry = read_picture_entry(*track);
  if (!entry) return std::unexpected(entry.error());
  std::unique_ptr<RecordedTrack> recorded(new RecordedTrack(std::move(track), std::move(*entry)));
  auto stream = FragmentStream::create(recorded->track_);
  if (!stream) return std::unexpected(stream.error());
  recorded->stream_ = std::move(*stream);
  auto walker = TrackWalker::create(*recorded->track_);
  if (!walker) return std::unexpected(walker.error());
  recorded->walker_ = std::move(*walker);
  return recorded;
}

Result<const RecordedGroup*> RecordedTrack::group_at(MediaTime moment) {
  if (group_ && group_->begin <= moment && moment < group_->end) return &*group_;
  const auto first = stream_->find_key_fragment(moment);
  if (!first) return std::unexpected(first.error());
  if (!group_ || group_->begin != first->start) MEANWHILE_TRY(collect(*first));
  return &*group_;
}

Result<void> RecordedTrack::collect(const Fragment& first) {
  group_ = RecordedGroup{.begin = first.start, .end = first.start};
  bool is_recorders = true;
  walker_->move_to(first.offset);
  for (;;) {
    const auto fragment = walker_->next();
    if (!fragment) return std::unexpected(fragment.error());
    const bool is_next_group =
        *fragment && (*fragment)->starts_with_keyframe && (*fragment)->offset != first.offset;
    if (is_next_group) group_->end = (*fragment)->start;
    if (!*fragment || is_next_group) break;
    group_->end = (*fragment)->start + (*fragment)->duration;
    if (!is_recorders) continue;
    const auto is_added = add(**fragment);
    if (!is_added) return std::unexpected(is_added.error());
    is_recorders = *is_added;
  }
  if (!is_recorders || !is_in_order(group_->pictures)) group_->pictures.clear();
  return {};
}

// false: nothing of the group can pass through.
Result<bool> RecordedTrack::add(const Fragment& fragment) {
  auto samples = walker_->samples_of(fragment);
  if (!samples && samples.error().code == ErrorCode::Unsupported) return false;
  if (!samples) return std::unexpected(samples.error());
  group_->pictures.insert(group_->pictures.end(), samples->begin(), samples->end());
  return group_->end - group_->begin <= kLongestGroup && group_->pictures.size() <= kMostPictures &&
         bytes_of(group_->pictures) <= kLargestGroup;
}

Result<std::vector<PacketPtr>> RecordedTrack::read(std::span<const TrackSample> pictures) {
  std::vector<PacketPtr> packets;
  packets.reserve(pictures.size());
  for (const TrackSample& picture : pictures) {
    auto packet = read(picture);
    if (!packet) return std::unexpected(packet.error());
    packets.push_back(std::move(*packet));
  }
  const AVPacket& first = *packets.front();
  if (!is_whole_beginning({first.data, static_cast<std::size_t>(first.size)}))
    return fail(ErrorCode::Unsupported, tr("the keyframe isn't as a recorder writes it"));
  packets.front()->flags |= AV_PKT_FLAG_KEY;
  return packets;
}

Result<PacketPtr> RecordedTrack::read(const TrackSample& picture) {
  PacketPtr packet = make_packet();
  if (av_new_packet(packet.get(), static_cast<int>(picture.size_bytes)) < 0) throw std::bad_alloc();
  const std::span whole(reinterpret_cast<std::byte*>(packet->data), picture.size_bytes);
  for (std::size_t done = 0; done < whole.size();) {
    const auto count = track_->read_at(picture.offset + done, whole.subspan(done));
    if (!count) return std::unexpected(count.error());
    if (*count == 0) return fail(ErrorCode::Corrupt, tr("the track is shorter than it says"));
    done += *count;
  }
  return packet;
}

}  // namespace meanwhile
