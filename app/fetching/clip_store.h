// Clips, wherever they lie: opened from the take they were recorded in, or from the library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/fetching/live_feed.h"
#include "app/fetching/object_cache.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/trim.h"
#include "media/play/clip_media.h"
#include "media/record/track_report.h"
#include "upload/storage.h"

namespace meanwhile {

struct OpenedClip {
  std::string clip;
  ClipMedia media;
  std::optional<Manifest> manifest;      // of a published one
  std::vector<TrackReport> tracks;       // of a take
  std::optional<KeptRange> kept;         // of a take with a trim: what is to be shown of it
  Chapters chapters = {};                // as its author arranged them, if they did
  std::vector<Addition> additions = {};  // of a published one, though its take is here
  std::string trouble = {};              // what of the arrangement can't be shown: a sentence; "": nothing
  std::shared_ptr<LiveFeed> live;        // of a clip that is being recorded
};

// Where the manifest that holds of a clip lies.
struct ManifestPlace {
  std::string key;
  std::string sha256;
};
ManifestPlace manifest_place(const Clip& clip);

struct ClipObject {
  std::string key;
  ManifestObject object;
};
// Everything that the manifest names: small files first, then the tracks.
std::vector<ClipObject> objects_of(const Manifest& manifest);
// What was added to it since by its author.
std::vector<ClipObject> added_objects(const Clip& clip);
// What is needed to begin to play: of each track the part before length.
std::vector<ClipObject> beginnings_of(const Manifest& manifest, MediaTime length);

// The tracks of a take's folder, a running one's too; those that can't be read are left out.
OpenedClip open_tracks(const std::string& clip, const std::filesystem::path& folder,
                       const std::vector<TrackReport>& tracks, MediaTime duration);

// The pointer's track is some files more to fetch.
enum class PointerTime { Now, Later };

// What holds of an arrangement.
struct ShownArrangement {
  Arrangement arrangement = {};
  std::string trouble = {};  // why it is shown as it was recorded: a sentence; "": nothing
};

// A clip of the library by its id. Any thread.
using FindClip = std::function<Result<Clip>(const std::string&)>;

// As it was recorded, or as its author arranged it since.
enum class AsArranged { Yes, No };

// Any thread.
class ClipStore {
 public:
  // find_clip: of those that were joined to others; empty: there are none to be had.
  ClipStore(std::filesystem::path takes, std::shared_ptr<Storage> storage, const std::filesystem::path& cache,
            std::uint64_t cache_limit_bytes = kUsualCacheLimitBytes, FindClip find_clip = {});

  // The take of that name on this machine. Errors: NotFound, Corrupt, InvalidArgument (a senseless trim).
  Result<OpenedClip> open_take(const std::string& clip) const;

  // From the library: its signed manifest must be the one that was published. Blocks for the fetch of the
  // manifest, and of the pointer's files unless that is for later: of the tracks nothing is fetched before it
  // is read. Errors: NotFound, Corrupt (forged or damaged), Unavailable, Aborted.
  Result<OpenedClip> open_published(const Clip& clip, std::stop_token stop,
                                    PointerTime pointer = PointerTime::Now) const;
  // nullptr: there is none.
  std::shared_ptr<const PointerTrack> pointer(const Manifest& manifest, const std::stop_token& stop) const;

  // One that is being recorded. Blocks until there is something to watch. Errors: as open_published.
  Result<OpenedClip> open_live(const Clip& clip, std::stop_token stop) const;

  // The take if it is here, whole and the clip's own; else from the library. Errors: shown_arrangement's,
  // also Unavailable (still being recorded).
  Result<OpenedClip> open(const Clip& clip, std::stop_token stop, PointerTime pointer = PointerTime::Now,
                          AsArranged arranged = AsArranged::Yes) const;

  // Of the manifest that holds now. Errors: as open_published.
  Result<Manifest> manifest(const Clip& clip, std::stop_token stop) const;
  // The clip as it was in an earlier version: everything here takes it as any clip. Errors: NotFound (it has
  // no such version), and as manifest.
  Result<Clip> earlier_version(const Clip& clip, int version, std::stop_token stop) const;
  // Its bytes, as they are signed.
  Result<Bytes> manifest_bytes(const Clip& clip, std::stop_token stop) const;
  // A small file beside the tracks: "poster.jpg", "waveform.json". Errors: NotFound, and as open_published.
  Result<Bytes> side_file(const Manifest& manifest, const std::string& name, std::stop_token stop) const;
  // The same, wherever it was opened from.
  Result<Bytes> side_file(const OpenedClip& opened, const std::string& name, std::stop_token stop) const;

  // The JPEG that stands for the clip in lists: its author's choice, else the recording's. Where the choice
  // can't be had the other is no substitute, for it may show what is cut. Errors: NotFound (it has none), as
  // added_file and manifest.
  Result<Bytes> poster(const Clip& clip, const std::stop_token& stop) const;
  // Of a clip of the library. Errors: NotFound, Corrupt (its bytes aren't those that were added),
  // Unavailable, Aborted.
  Result<Bytes> added_file(const std::string& clip, const Addition& addition, std::stop_token stop) const;

  std::optional<std::filesystem::path> take_folder(const std::string& clip) const;
  // The same, if it is what the clip is now: what was removed for good is gone from it, too.
  std::optional<std::filesystem::path> take_folder(const Clip& clip) const;
  // Those that a manifest was made of, which took another's place.
  std::vector<std::filesystem::path> takes_of_manifest(const std::string& sha256) const;
  ObjectCache& cache() const { return *cache_; }

  // As it would be shown if its author arranged it so. Errors: as open; InvalidArgument (edits_of).
  Result<OpenedClip> open_as(const Clip& clip, Arrangement arrangement, std::stop_token stop) const;

  // A take that isn't published, as it would be. draft: its id, and who publishes it. Errors: as open_take;
  // InvalidArgument (edits_of).
  Result<OpenedClip> open_draft_as(const Clip& draft, Arrangement arrangement, std::stop_token stop) const;

  // Of a clip of that duration. One that makes no sense is left out, with a trouble; one that can't be had
  // now is an error, for it could hide something: but not from its author. Errors: as added_file.
  Result<ShownArrangement> shown_arrangement(const Clip& clip, MediaTime duration,
                                             const std::stop_token& stop) const;

  // What the clip's author arranged; nullopt: nothing. Errors: as added_file; Corrupt, Unsupported
  // (parse_arrangement).
  Result<std::optional<Arrangement>> arrangement(const Clip& clip, std::stop_token stop) const;

 private:
  Result<OpenedClip> open_recorded(const Clip& clip, std::stop_token stop, PointerTime pointer) const;
  Result<void> arrange(const Clip& clip, OpenedClip& opened, const std::stop_token& stop) const;
  Result<void> apply(Arrangement arrangement, const Clip& clip, OpenedClip& opened,
                     const std::stop_token& stop) const;
  Result<JoinedMedia> join(const Clip& clip, const JoinedClip& joined, OpenedClip& opened,
                           const std::stop_token& stop) const;

  const std::filesystem::path takes_;
  const std::shared_ptr<Storage> storage_;
  const std::shared_ptr<ObjectCache> cache_;
  const FindClip find_clip_;
};

// waveform.json: peaks from 0 to 1, evenly over the clip. Errors: Corrupt.
Result<std::vector<float>> parse_waveform(std::string_view text);
// activity.json: levels from 0 to 255, evenly over the clip. Errors: Corrupt.
Result<std::vector<std::uint8_t>> parse_activity(std::string_view text);

}  // namespace meanwhile
