// Sends a take's segments while it is being recorded, so that it is in the library when it ends.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "app/library/manifest.h"
#include "app/sending/live_sender.h"
#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/segment_cutter.h"
#include "media/base/track_index.h"
#include "media/record/take_listener.h"
#include "media/record/track_report.h"
#include "upload/event_log.h"
#include "upload/outbox.h"

namespace meanwhile {

// Owns the thread "take-sender", which looks at a running take's files once a second and else sleeps. What
// can't be sent now is sent when the take is published: nothing that goes wrong here disturbs the recording.
// Any thread.
class TakeSender final : public TakeListener {
 public:
  TakeSender();
  ~TakeSender() override;

  // Where takes go from now on; nullptr: nowhere. A take that is under way to another outbox is withdrawn
  // there, and sent when it is published. The outbox lives until the next call, or longer than this.
  // live: the log of the same library, if others may watch while it is recorded.
  void send_to(Outbox* outbox, std::shared_ptr<EventLog> live = nullptr);

  void on_started(const std::string& clip, const std::filesystem::path& folder) override;
  Result<void> before_retake(MediaTime keep) override;
  void after_retake() override;
  void on_dropped(const std::string& clip) override;
  void on_finished() override;

 private:
  struct Sent {
    std::uint64_t size_bytes = 0;
    MediaTime end{};
    std::string key;
  };
  // One track's file, read up to where it is.
  struct Track {
    std::unique_ptr<ByteSource> file;
    std::unique_ptr<TrackWalker> walker;
    SegmentCutter cutter;
    bool is_init_sent = false;
    std::size_t last_number = 0;
    std::map<std::uint64_t, Sent> sent;  // by offset
  };

  void forget_take();
  void run(const std::stop_token& stop);
  void look();
  Result<void> look_at(TrackKind kind, Track& track);
  Result<void> open(TrackKind kind, Track& track);
  Result<void> send(TrackKind kind, Track& track, const Segment& segment);
  Result<ManifestObject> add(TrackKind kind, const std::string& key, std::uint64_t offset,
                             std::uint64_t length);

  std::mutex mutex_;
  std::condition_variable_any wake_;
  Outbox* outbox_ = nullptr;
  std::string clip_;  // "": no take is being recorded
  std::filesystem::path folder_;
  bool is_held_ = false;
  std::map<TrackKind, Track> tracks_;
  std::optional<LiveSender> live_;  // of a take that others may watch
  std::shared_ptr<EventLog> live_log_;
  NamedThread thread_;  // last: joined before anything above goes
};

}  // namespace meanwhile
