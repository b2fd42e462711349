// What can be watched of a clip while it is being recorded: parts/000001.json, 000002.json, … in a library,
// each a signed list of the segments since the one before. Format: FORMAT.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "upload/signing.h"

namespace meanwhile {

constexpr std::uint64_t kLargestLivePartBytes = 256u << 10;

struct LivePart {
  std::string clip;
  std::size_t number = 0;         // from 1
  std::optional<MediaTime> keep;  // segments of earlier parts that end later than this were taken back
  bool is_last = false;           // the recording has ended
  std::optional<WallTime> at;     // when it was made, by the recorder's clock; older versions don't say
  // Only what is new of each: `bytes` and `duration` stay 0. The first part that names a track has its init.
  std::vector<ManifestTrack> tracks;
};

// Signed by the device that records.
Bytes make_live_part(const LivePart& part, const KeyPair& device);

// device: the one that said that the clip is recorded. Errors: Corrupt (not signed by it, or not the part
// that it should be), Unsupported (a newer format).
Result<LivePart> read_live_part(std::span<const std::byte> bytes, const std::string& clip, std::size_t number,
                                const std::string& device);

// The parts up to now, joined.
class LiveTimeline {
 public:
  // Each in its turn. Errors: Corrupt (segments that go backwards); then nothing has changed.
  Result<void> add(const LivePart& part);

  // `bytes` and `duration` are those up to now.
  const std::vector<ManifestTrack>& tracks() const { return tracks_; }
  std::size_t parts() const { return parts_; }
  bool is_ended() const { return is_ended_; }
  // Goes up when a track came, or something was taken back: whoever plays has to begin anew.
  int generation() const { return generation_; }
  // How far all of the tracks go.
  MediaTime end() const;

 private:
  void take_back(MediaTime keep);

  std::vector<ManifestTrack> tracks_;
  std::size_t parts_ = 0;
  int generation_ = 0;
  bool is_ended_ = false;
};

}  // namespace meanwhile
