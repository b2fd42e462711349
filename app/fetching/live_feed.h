// A clip that is being recorded by somebody else, as far as it can be watched by now.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "app/fetching/object_cache.h"
#include "app/library/live_part.h"
#include "app/library/manifest.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/play/clip_media.h"
#include "upload/storage.h"

namespace meanwhile {

// Owns the thread "live", which asks for the next list once a second, until the recording ends. Any thread.
class LiveFeed : public std::enable_shared_from_this<LiveFeed> {
 public:
  // device: the one that records. Blocks until there is something to watch. Errors: Corrupt (forged or
  // damaged), PermissionDenied, Unavailable, Aborted.
  static Result<std::shared_ptr<LiveFeed>> open(std::shared_ptr<Storage> storage,
                                                std::shared_ptr<ObjectCache> cache, const std::string& clip,
                                                const std::string& device, std::stop_token stop);
  ~LiveFeed();

  // The tracks that there are now; they grow, and keep this alive.
  ClipMedia media();
  // A track came, or something was taken back, since media() was called: what it gave is to be closed.
  bool is_outdated() const;

  // For the tracks: the one of that name, once more than `bytes` are known of it, or the recording has ended.
  // Errors: Aborted (stop; or it is outdated), and what makes the feed end.
  Result<ManifestTrack> wait_for(const std::string& name, std::uint64_t bytes, std::stop_token stop);
  LiveEnd end() const;

 private:
  LiveFeed(std::shared_ptr<Storage> storage, std::shared_ptr<ObjectCache> cache, std::string clip,
           std::string device);
  void run(const std::stop_token& stop);
  // How many of the next lists were there, of `most`.
  Result<std::size_t> read_next(std::size_t most, const std::stop_token& stop);

  const std::shared_ptr<Storage> storage_;
  const std::shared_ptr<ObjectCache> cache_;
  const std::string clip_;
  const std::string device_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  LiveTimeline timeline_;
  int given_generation_ = 0;      // by media()
  std::optional<Error> failure_;  // nothing more will come
  NamedThread thread_;            // last: joined before anything above goes
};

}  // namespace meanwhile
