#include "app/sending/live_sender.h"

#include <algorithm>
#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/live_part.h"
#include "app/library/manifest.h"
#include "media/base/identifier.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "upload/event_log.h"
#include "upload/identity.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"

namespace meanwhile {
namespace {

// A folder of 1,000 lists is an hour of recording; a segment is as long.
constexpr std::chrono::seconds kPartInterval{4};
// A pause, or a still picture without a sound, has no segments: that it goes on is said all the same.
constexpr std::chrono::seconds kSignInterval{60};

// Enough to tell a picture's from a sound's; what exactly it is stands in the init part.
const char* codec_of(TrackKind kind) {
  return kind == TrackKind::Screen || kind == TrackKind::Camera ? "avc1" : "mp4a.40.2";
}

LiveEvent live_event(const Take& take, bool has_ended) {
  return {.clip = take.clip,
          .title = take.title,
          .channel = take.channel.empty() ? "" : channel_id_for(take.channel),
          .recorded = format_rfc3339(take.started),
          .has_ended = has_ended};
}

void warn(const Result<void>& done) {
  if (!done) log(LogLevel::Warning, "Showing the recording to others: " + done.error().message);
}

}  // namespace

LiveSender::LiveSender(std::string clip, std::filesystem::path folder, Outbox& outbox,
                       std::shared_ptr<EventLog> log)
    : clip_(std::move(clip)), folder_(std::move(folder)), outbox_(outbox), log_(std::move(log)) {}

void LiveSender::add_track(TrackKind kind, const ManifestObject& init) {
  tracks_[kind] = {.name = track_name(kind), .codec = codec_of(kind), .init = init};
}

void LiveSender::add_segment(TrackKind kind, const ManifestSegment& segment) {
  tracks_[kind].segments.push_back(segment);
}

void LiveSender::take_back(MediaTime keep) {
  for (auto& [kind, track] : tracks_) {
    std::erase_if(track.segments,
                  [keep](const ManifestSegment& segment) { return segment.start + segment.duration > keep; });
  }
  keep_ = std::min(keep, keep_.value_or(keep));
}

bool LiveSender::has_news() const {
  return std::ranges::any_of(tracks_, [](const auto& entry) { return !entry.second.segments.empty(); });
}

void LiveSender::send_news() {
  const auto now = std::chrono::steady_clock::now();
  if (now < (has_news() ? next_ : next_sign_)) return;
  next_ = now + kPartInterval;
  next_sign_ = now + kSignInterval;
  if (!is_said_) warn(say(false));
  warn(send_part(false));
}

void LiveSender::end() {
  if (sent_ > 0) warn(send_part(true));
  if (is_said_) warn(say(true));
}

Result<void> LiveSender::send_part(bool is_last) {
  LivePart part{
      .clip = clip_, .number = sent_ + 1, .keep = keep_, .is_last = is_last, .at = log_->now(), .tracks = {}};
  for (const auto& [kind, track] : tracks_)
    if (!track.segments.empty()) part.tracks.push_back(track);
  std::vector<OutboxItem> items;
  items.push_back({.key = part_key(clip_, part.number),
                   .source = make_live_part(part, log_->identity()->device().key),
                   .priority = OutboxPriority::Segment});  // after those that it names
  MEANWHILE_TRY(outbox_.add(clip_, std::move(items)));
  sent_ = part.number;
  keep_.reset();
  for (auto& [kind, track] : tracks_) track.segments.clear();
  return {};
}

Result<void> LiveSender::say(bool has_ended) {
  auto take = read_take(folder_);
  if (!take) take = Take{.clip = clip_, .started = wall_now()};
  const auto event = to_json(EventBody(live_event(*take, has_ended)));
  if (!event) return std::unexpected(event.error());
  const auto said = log_->append({*event});
  if (!said) return std::unexpected(said.error());
  is_said_ = !has_ended;
  return {};
}

Result<void> end_lost_live(LibrarySession& library, const std::vector<Take>& takes) {
  for (const Take& take : takes) {
    if (take.is_being_recorded || take.state == TakeState::Published) continue;
    const auto clip = library.index().clip(take.clip);
    if (!clip && clip.error().code != ErrorCode::NotFound) return std::unexpected(clip.error());
    if (!clip || !clip->is_live || !clip->is_mine) continue;
    const auto said = library.say(live_event(take, true));
    if (!said) return std::unexpected(said.error());
  }
  return {};
}

}  // namespace meanwhile
