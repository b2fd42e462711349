#include "media/export/copied_pictures.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/layout.h"
#include "media/base/look.h"
#include "media/base/media_time.h"
#include "media/base/mp4_box.h"
#include "media/base/picture_entry.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/export/frame_times.h"
#include "media/export/picture_stream.h"
#include "media/export/plain_parts.h"
#include "media/export/recorded_track.h"
#include "media/export/shown_pictures.h"
#include "media/play/arranged_track.h"
#include "media/play/clip_media.h"

namespace meanwhile {
namespace {

// As a recorder says a still again, and a little late; what is held longer is said again by whoever draws.
constexpr MediaTime kLongestCopied = std::chrono::seconds(2);

// The colours of an export. Source: ITU-T H.273, tables 2 to 4.
ColourNumbers colours_of(const OutputPictures& pictures) {
  constexpr unsigned kBt709 = 1;
  constexpr unsigned kSmpte170m = 6;
  const unsigned number = pictures.bt709 ? kBt709 : kSmpte170m;
  return {.primaries = number, .transfer = number, .matrix = number, .is_full_range = false};
}

MediaTime shown_at(const PlainPart& part, MediaTime recorded) {
  return part.shown.from + (recorded - part.from);
}

// The group's first picture is on show then; the track's, also before it.
bool begins_with(const RecordedGroup& group, MediaTime recorded) {
  if (group.pictures.empty()) return false;
  return recorded < (group.pictures.size() > 1 ? group.pictures[1].at : group.end);
}

// When each is shown, and when the last ends.
std::vector<MediaTime> times_of(std::span<const TrackSample> pictures, const PlainPart& part, MediaTime at,
                                MediaTime until) {
  std::vector<MediaTime> times{at};
  for (const TrackSample& picture : pictures.subspan(1)) times.push_back(shown_at(part, picture.at));
  times.push_back(until);
  return times;
}

// No more of them than an export has, and none that comes too soon or stays too long.
bool is_in_rate(const std::vector<MediaTime>& times, const FrameTimes& frames) {
  const auto pictures = static_cast<std::int64_t>(times.size()) - 1;
  if ((pictures - 1) * frames.shared() > times.back() - times.front()) return false;
  return std::ranges::adjacent_find(times, [&](MediaTime one, MediaTime next) {
           return next - one < frames.closest() || next - one > kLongestCopied;
         }) == times.end();
}

}  // namespace

Result<std::unique_ptr<CopiedPictures>> CopiedPictures::find(const ClipMedia& media,
                                                             const ShownPictures& shown, const OwnLayout& own,
                                                             const OutputPictures& pictures,
                                                             const TimeRange& range) {
  if (media.live) return nullptr;  // its tracks grow
  std::unique_ptr<CopiedPictures> copied(new CopiedPictures(pictures.frames_per_second));
  MEANWHILE_TRY(copied->open_tracks(media, pictures));
  copied->keep_alike(
      plain_parts({.media = media,
                   .shown = shown,
                   .own = own,
                   .canvas = pictures.size,
                   .range = range,
                   .interval = copied->frame_times_.interval(),
                   .is_fit = [&](const auto& source) { return copied->tracks_.contains(source); }}));
  if (copied->parts_.empty()) return nullptr;
  return copied;
}

Result<void> CopiedPictures::open_tracks(const ClipMedia& media, const OutputPictures& pictures) {
  for (const auto track : {&ClipMedia::screen, &ClipMedia::camera}) {
    const ArrangedTrack arranged = arranged_track(media, track);
    for (const auto& source : arranged.sources) MEANWHILE_TRY(open_track(source, pictures));
  }
  return {};
}

Result<void> CopiedPictures::open_track(const std::shared_ptr<ByteSource>& source,
                                        const OutputPictures& pictures) {
  auto track = RecordedTrack::open(source);
  if (!track && track.error().code == ErrorCode::Aborted) return std::unexpected(track.error());
  if (!track) return {};
  const PictureEntry& entry = (*track)->entry();
  const bool is_fit = entry.size.width == pictures.size.width && entry.size.height == pictures.size.height &&
                      entry.colours == colours_of(pictures);
  if (is_fit) tracks_.emplace(source, std::move(*track));
  return {};
}

// A file has room for one track's parameter sets: what needs others is drawn.
void CopiedPictures::keep_alike(const std::vector<PlainPart>& parts) {
  for (const PlainPart& part : parts) {
    const auto& sets = tracks_.at(part.track)->entry().avcc;
    if (parts_.empty()) sets_ = sets;
    if (sets == sets_) parts_.push_back(part);
  }
}

Result<CopiedGroup*> CopiedPictures::next(MediaTime from, MediaTime until) {
  const bool is_asked_for_one = from == until;
  for (const PlainPart& part : parts_) {
    while (part.shown.to > from) {
      const MediaTime at = std::max(from, part.shown.from);
      if (at > until) return nullptr;
      if (group_ && group_->at == at) return &*group_;
      const bool is_border = is_asked_for_one || at == part.shown.from;
      const auto further = try_at(part, at, is_border ? Beginning::Anywhere : Beginning::AtItsOwnTime);
      if (!further) return std::unexpected(further.error());
      from = *further;
    }
  }
  return nullptr;
}

// `at`: its group is there. Else where to go on.
Result<MediaTime> CopiedPictures::try_at(const PlainPart& part, MediaTime at, Beginning beginning) {
  const MediaTime recorded = part.from + (at - part.shown.from);
  const auto group = tracks_.at(part.track)->group_at(recorded);
  if (!group && group.error().code == ErrorCode::Aborted) return std::unexpected(group.error());
  if (!group) return part.shown.to;
  const bool may_begin = beginning == Beginning::Anywhere || (*group)->begin == recorded;
  if (may_begin && begins_with(**group, recorded)) {
    group_.reset();
    MEANWHILE_TRY(read(part, **group, at));
    if (group_) return at;
  }
  if ((*group)->begin > recorded) return shown_at(part, (*group)->begin);
  return (*group)->end > recorded ? shown_at(part, (*group)->end) : part.shown.to;
}

Result<void> CopiedPictures::read(const PlainPart& part, const RecordedGroup& group, MediaTime at) {
  const MediaTime until = std::min(shown_at(part, group.end), part.shown.to);
  const auto behind = std::ranges::find_if(
      group.pictures.begin() + 1, group.pictures.end(),
      [&](const auto& picture) { return shown_at(part, picture.at) > until - frame_times_.shortest(); });
  const std::span pictures(group.pictures.begin(), behind);
  const std::vector<MediaTime> times = times_of(pictures, part, at, until);
  if (!is_in_rate(times, frame_times_)) return {};
  auto packets = tracks_.at(part.track)->read(pictures);
  if (!packets && packets.error().code == ErrorCode::Aborted) return std::unexpected(packets.error());
  if (!packets) return {};
  for (std::size_t i = 0; i < packets->size(); ++i) {
    (*packets)[i]->pts = times[i].count();
    (*packets)[i]->duration = (times[i + 1] - times[i]).count();
  }
  group_ = CopiedGroup{.at = at, .until = until, .packets = std::move(*packets)};
  return {};
}

}  // namespace meanwhile
