#include "app/fetching/live_feed.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/object_cache.h"
#include "app/fetching/segment_source.h"
#include "app/library/live_part.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/play/clip_media.h"
#include "upload/fetch_many.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kAskAgain{1};
// A list can be there a little before what it names.
constexpr std::chrono::milliseconds kFetchAgain{300};
// Of the lists that came before we did.
constexpr std::size_t kAtATime = 8;
constexpr std::uint64_t kNotKnownYet = std::numeric_limits<std::int64_t>::max() / 2;

// Passes by waiting.
bool is_passing(const Error& error) {
  return error.code == ErrorCode::NotFound || error.code == ErrorCode::Unavailable;
}

class LiveSource final : public ByteSource {
 public:
  LiveSource(std::shared_ptr<LiveFeed> feed, std::shared_ptr<ObjectCache> cache, std::string clip,
             const ManifestTrack& track)
      : feed_(std::move(feed)), cache_(std::move(cache)), clip_(std::move(clip)), name_(track.name) {
    use(track);
  }

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override {
    while (true) {
      if (stop_.stop_requested()) return fail(ErrorCode::Aborted, "reading " + name_);
      if (offset >= known_) {
        const auto track = feed_->wait_for(name_, known_, stop_.get_token());
        if (!track) return std::unexpected(track.error());
        if (track->bytes == known_) return std::size_t{0};  // that was all
        use(*track);
        continue;
      }
      auto count =
          current()->read_at(offset, into.first(std::min<std::uint64_t>(into.size(), known_ - offset)));
      if (count || !is_passing(count.error())) return count;
      pause();
    }
  }

  Result<std::uint64_t> size() override { return feed_->end().is_final ? known_ : kNotKnownYet; }

  void abort() override {
    stop_.request_stop();
    if (const auto source = current()) source->abort();
  }

 private:
  std::shared_ptr<SegmentSource> current() {
    const std::lock_guard lock(mutex_);
    return source_;
  }
  void use(const ManifestTrack& track) {
    auto source = std::make_shared<SegmentSource>(cache_, clip_, track);
    const std::lock_guard lock(mutex_);
    source_ = std::move(source);
    known_ = track.bytes;
  }
  void pause() {
    std::unique_lock lock(mutex_);
    std::condition_variable_any never;
    never.wait_for(lock, stop_.get_token(), kFetchAgain, [] { return false; });
  }

  const std::shared_ptr<LiveFeed> feed_;
  const std::shared_ptr<ObjectCache> cache_;
  const std::string clip_;
  const std::string name_;
  std::stop_source stop_;
  std::mutex mutex_;
  std::shared_ptr<SegmentSource> source_;
  std::uint64_t known_ = 0;  // the reader's
};

}  // namespace

LiveFeed::LiveFeed(std::shared_ptr<Storage> storage, std::shared_ptr<ObjectCache> cache, std::string clip,
                   std::string device)
    : storage_(std::move(storage)),
      cache_(std::move(cache)),
      clip_(std::move(clip)),
      device_(std::move(device)) {}

LiveFeed::~LiveFeed() = default;

Result<std::shared_ptr<LiveFeed>> LiveFeed::open(std::shared_ptr<Storage> storage,
                                                 std::shared_ptr<ObjectCache> cache, const std::string& clip,
                                                 const std::string& device, std::stop_token stop) {
  std::shared_ptr<LiveFeed> feed(new LiveFeed(std::move(storage), std::move(cache), clip, device));
  while (feed->timeline_.tracks().empty()) {
    const auto count = feed->read_next(kAtATime, stop);
    if (!count) return std::unexpected(count.error());
    if (*count > 0) continue;
    std::unique_lock lock(feed->mutex_);
    feed->changed_.wait_for(lock, stop, kAskAgain, [] { return false; });
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, "waiting for the recording to begin");
  }
  feed->thread_ =
      NamedThread("live", [self = feed.get()](const std::stop_token& ended) { self->run(ended); });
  return feed;
}

Result<std::size_t> LiveFeed::read_next(std::size_t most, const std::stop_token& stop) {
  std::vector<std::string> keys;
  for (std::size_t i = 1; i <= most; ++i) keys.push_back(part_key(clip_, timeline_.parts() + i));
  const auto fetched = fetch_many(*storage_, keys, kLargestLivePartBytes, static_cast<int>(kAtATime), stop);
  std::size_t count = 0;
  for (const Result<Bytes>& bytes : fetched) {
    if (!bytes && bytes.error().code == ErrorCode::NotFound) break;
    if (!bytes) return std::unexpected(bytes.error());
    const auto part = read_live_part(*bytes, clip_, timeline_.parts() + 1, device_);
    if (!part) return std::unexpected(part.error());
    const std::lock_guard lock(mutex_);
    MEANWHILE_TRY(timeline_.add(*part));
    ++count;
  }
  if (count > 0) changed_.notify_all();
  return count;
}

void LiveFeed::run(const std::stop_token& stop) {
  std::size_t most = kAtATime;
  while (!stop.stop_requested() && !timeline_.is_ended()) {
    const auto count = read_next(most, stop);
    most = count && *count == most ? kAtATime : 1;
    std::unique_lock lock(mutex_);
    if (!count && !is_passing(count.error())) {
      failure_ = count.error();
      changed_.notify_all();
      return;
    }
    if (most == 1) changed_.wait_for(lock, stop, kAskAgain, [] { return false; });
  }
}

ClipMedia LiveFeed::media() {
  const std::lock_guard lock(mutex_);
  given_generation_ = timeline_.generation();
  ClipMedia media;
  for (const ManifestTrack& track : timeline_.tracks()) {
    auto source = std::make_shared<LiveSource>(shared_from_this(), cache_, clip_, track);
    if (track.name == "screen")
      media.screen = std::move(source);
    else if (track.name == "camera")
      media.camera = std::move(source);
    else if (track.name == "voice")
      media.voice = std::move(source);
    else if (track.name == "system")
      media.system = std::move(source);
  }
  media.live = [self = shared_from_this()] { return self->end(); };
  return media;
}

bool LiveFeed::is_outdated() const {
  const std::lock_guard lock(mutex_);
  return timeline_.generation() != given_generation_;
}

LiveEnd LiveFeed::end() const {
  const std::lock_guard lock(mutex_);
  return {timeline_.end(), timeline_.is_ended() || failure_.has_value()};
}

Result<ManifestTrack> LiveFeed::wait_for(const std::string& name, std::uint64_t bytes, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  const auto track = [&] { return std::ranges::find(timeline_.tracks(), name, &ManifestTrack::name); };
  changed_.wait(lock, stop, [&] {
    return failure_ || timeline_.is_ended() || timeline_.generation() != given_generation_ ||
           track()->bytes > bytes;
  });
  if (stop.stop_requested() || timeline_.generation() != given_generation_)
    return fail(ErrorCode::Aborted, "waiting for more of the recording");
  if (failure_) return std::unexpected(*failure_);
  return *track();
}

}  // namespace meanwhile
