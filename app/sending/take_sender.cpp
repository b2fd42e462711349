#include "app/sending/take_sender.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/library/manifest.h"
#include "app/sending/sent_objects.h"
#include "media/base/files.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "upload/event_log.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kLookInterval{1};

}  // namespace

TakeSender::TakeSender() : thread_("take-sender", [this](const std::stop_token& stop) { run(stop); }) {}

TakeSender::~TakeSender() = default;

void TakeSender::send_to(Outbox* outbox, std::shared_ptr<EventLog> live) {
  const std::lock_guard lock(mutex_);
  live_log_ = std::move(live);
  if (outbox == outbox_) return;
  // What went to another library is no part of what will be published here; the rest of this take goes with
  // that.
  if (outbox_ && !clip_.empty()) {
    const std::string clip = clip_;
    forget_take();
    (void)outbox_->discard(clip);
  }
  outbox_ = outbox;
  wake_.notify_all();
}

void TakeSender::on_started(const std::string& clip, const std::filesystem::path& folder) {
  const std::lock_guard lock(mutex_);
  clip_ = clip;
  folder_ = folder;
  is_held_ = false;
  tracks_.clear();
  live_.reset();
  // Looked at while nobody waits, so that it needn't be looked at when the recording stops.
  if (outbox_) outbox_->doubt_own_head();
  wake_.notify_all();
}

void TakeSender::forget_take() {
  if (live_) live_->end();
  live_.reset();
  clip_.clear();
  tracks_.clear();
}

Result<void> TakeSender::before_retake(MediaTime keep) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> gone;
  for (auto& [kind, track] : tracks_) {
    for (const auto& [offset, sent] : track.sent)
      if (sent.end > keep) gone.push_back(sent.key);
  }
  if (outbox_ && !gone.empty()) MEANWHILE_TRY(outbox_->withdraw(clip_, gone));
  is_held_ = true;
  if (live_) live_->take_back(keep);
  for (auto& [kind, track] : tracks_) {
    std::erase_if(track.sent, [keep](const auto& entry) { return entry.second.end > keep; });
    // Read again from the start: what stands is known by its place.
    track.walker.reset();
    track.file.reset();
    track.cutter = {};
  }
  return {};
}

void TakeSender::after_retake() {
  const std::lock_guard lock(mutex_);
  is_held_ = false;
  wake_.notify_all();
}

void TakeSender::on_dropped(const std::string& clip) {
  const std::lock_guard lock(mutex_);
  forget_take();
  if (!outbox_) return;
  if (auto discarded = outbox_->discard(clip); !discarded)
    log(LogLevel::Warning, "What was sent of a take stays in the library: " + discarded.error().message);
}

void TakeSender::on_finished() {
  const std::lock_guard lock(mutex_);
  forget_take();
}

void TakeSender::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return outbox_ && !clip_.empty() && !is_held_; })) {
    look();
    wake_.wait_for(lock, stop, kLookInterval, [this] { return clip_.empty(); });
  }
}

void TakeSender::look() {
  if (!live_ && live_log_) live_.emplace(clip_, folder_, *outbox_, live_log_);
  for (const TrackKind kind : kAllTracks) {
    if (auto looked = look_at(kind, tracks_[kind]); !looked && looked.error().code != ErrorCode::NotFound)
      log(LogLevel::Warning, "Sending while recording: " + looked.error().message);
  }
  if (live_) live_->send_news();
}

Result<void> TakeSender::look_at(TrackKind kind, Track& track) {
  if (!track.walker) MEANWHILE_TRY(open(kind, track));
  for (;;) {
    const auto fragment = track.walker->next();
    if (!fragment) return std::unexpected(fragment.error());
    if (!*fragment) return {};
    if (const auto segment = track.cutter.add(**fragment)) MEANWHILE_TRY(send(kind, track, *segment));
  }
}

Result<void> TakeSender::open(TrackKind kind, Track& track) {
  const std::filesystem::path path = track_path(folder_, kind);
  auto file = FileSource::open(path);
  if (!file) return std::unexpected(file.error());
  track.file = std::move(*file);
  auto walker = TrackWalker::create(*track.file);
  // Its first bytes may not be there yet.
  if (!walker) return fail(ErrorCode::NotFound, walker.error().message);
  if (!track.is_init_sent) {
    const auto object = add(kind, init_key(clip_, track_name(kind)), 0, (*walker)->init_size_bytes());
    if (!object) return std::unexpected(object.error());
    track.is_init_sent = true;
    if (live_) live_->add_track(kind, *object);
  }
  track.walker = std::move(*walker);
  return {};
}

Result<void> TakeSender::send(TrackKind kind, Track& track, const Segment& segment) {
  const auto known = track.sent.find(segment.offset);
  if (known != track.sent.end() && known->second.size_bytes == segment.size_bytes) return {};
  const std::size_t number = track.last_number + 1;
  const std::string key = segment_key(clip_, track_name(kind), number);
  const auto object = add(kind, key, segment.offset, segment.size_bytes);
  if (!object) return std::unexpected(object.error());
  track.last_number = number;
  track.sent[segment.offset] = {segment.size_bytes, segment.start + segment.duration, key};
  if (live_)
    live_->add_segment(kind, {object->bytes, object->sha256, number, segment.start, segment.duration});
  return {};
}

Result<ManifestObject> TakeSender::add(TrackKind kind, const std::string& key, std::uint64_t offset,
                                       std::uint64_t length) {
  const auto hash = sha256_hex(*tracks_[kind].file, offset, length);
  if (!hash) return std::unexpected(hash.error());
  std::vector<OutboxItem> items;
  items.push_back({.key = key,
                   .source = FileRange{track_path(folder_, kind), offset, length},
                   .sha256 = *hash,
                   .priority = OutboxPriority::Segment});
  MEANWHILE_TRY(outbox_->add(clip_, std::move(items)));
  return ManifestObject{length, *hash};
}

}  // namespace meanwhile
