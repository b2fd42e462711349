#include "app/libraries/live_signs.h"

#include <algorithm>
#include <cstddef>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>

#include "app/library/index.h"
#include "app/library/live_part.h"
#include "app/library/manifest.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

// When the part was made, by its recorder. One that is forged or of an older version says nothing of that.
Result<std::optional<WallTime>> made_at(Storage& place, const LiveClip& clip, std::size_t number,
                                        const std::stop_token& stop) {
  const auto bytes = place.get(part_key(clip.clip, number), kLargestLivePartBytes, std::nullopt, stop);
  if (!bytes && bytes.error().is_control()) return std::unexpected(bytes.error());
  const auto part =
      bytes ? read_live_part(*bytes, clip.clip, number, clip.device) : std::unexpected(bytes.error());
  return part ? part->at : std::nullopt;
}

// At the first look only the recorder's clock tells; after that, that there is a new part.
Result<WallTime> sign_of(Storage& place, const LiveClip& clip, std::size_t newest, WallTime now,
                         const std::stop_token& stop) {
  if (clip.was_looked_at) return newest > clip.part ? now : clip.alive;
  if (newest == 0) return std::min(clip.begun, now);
  const auto made = made_at(place, clip, newest, stop);
  if (!made) return std::unexpected(made.error());
  return std::min(made->value_or(now), now);
}

Result<void> look_for_sign(Index& index, Storage& place, LiveClip clip, WallTime now,
                           const std::stop_token& stop) {
  const auto keys = place.list(clip_prefix(clip.clip) + "parts/",
                               clip.part > 0 ? part_key(clip.clip, clip.part) : "", stop);
  if (!keys) return std::unexpected(keys.error());
  std::size_t newest = clip.part;
  for (const ObjectInfo& info : *keys) newest = std::max(newest, number_in_key(info.key));
  const auto alive = sign_of(place, clip, newest, now, stop);
  if (!alive) return std::unexpected(alive.error());
  clip.part = newest;
  clip.alive = *alive;
  return index.note_sign(clip, now);
}

}  // namespace

Result<void> look_for_signs(Index& index, Storage& place, const std::string& own_device, BrokenOff broken_off,
                            WallTime now, const std::stop_token& stop) {
  const auto clips = index.live_clips();
  if (!clips) return std::unexpected(clips.error());
  for (const LiveClip& clip : *clips) {
    const bool is_left = clip.is_broken_off && broken_off == BrokenOff::LeaveAlone;
    if (clip.device != own_device && !is_left) MEANWHILE_TRY(look_for_sign(index, place, clip, now, stop));
  }
  return {};
}

}  // namespace meanwhile
