#include "app/window/watch_tools.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/manifest.h"
#include "app/library/settings.h"
#include "app/ui/play_tools.h"
#include "app/ui/thumbs.h"
#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/pauses.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/play/open_readers.h"
#include "media/play/stills.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kBufferedInterval{2};

Result<Thumbs> read_thumbs(const ClipStore& store, const OpenedClip& opened, const std::stop_token& stop) {
  const auto times = store.side_file(opened, "thumbs.vtt", stop);
  if (!times) return std::unexpected(times.error());
  const auto jpeg = store.side_file(opened, "thumbs.jpg", stop);
  if (!jpeg) return std::unexpected(jpeg.error());
  auto sheet = open_stills()->poster(*jpeg);
  if (!sheet) return std::unexpected(sheet.error());
  return make_thumbs(std::move(*sheet), as_text(*times));
}

Result<std::vector<std::uint8_t>> read_levels(const ClipStore& store, const OpenedClip& opened,
                                              const std::stop_token& stop) {
  const auto bytes = store.side_file(opened, "activity.json", stop);
  if (!bytes) return std::unexpected(bytes.error());
  return parse_activity(as_text(*bytes));
}

// What is needed to read what lies beside the tracks.
OpenedClip without_tracks(const OpenedClip& opened) {
  OpenedClip bare{.clip = opened.clip, .media = {}};
  bare.manifest = opened.manifest;
  bare.additions = opened.additions;
  return bare;
}

// Of the first track of pictures, else of sound: segments that are here, joined.
std::vector<TimeRange> buffered_ranges(const ClipStore& store, const Manifest& manifest) {
  std::vector<TimeRange> ranges;
  if (manifest.tracks.empty()) return ranges;
  const ManifestTrack& track = manifest.tracks.front();
  for (const ManifestSegment& segment : track.segments) {
    const ManifestObject object{segment.bytes, segment.sha256};
    if (!store.cache().has(segment_key(manifest.clip, track.name, segment.number), object)) continue;
    const MediaTime end = segment.start + segment.duration;
    if (!ranges.empty() && ranges.back().to >= segment.start)
      ranges.back().to = end;
    else
      ranges.push_back({segment.start, end});
  }
  return ranges;
}

}  // namespace

void WatchTools::open(const std::shared_ptr<const ClipStore>& store, const OpenedClip& opened) {
  store_ = store;
  manifest_ = opened.manifest;
  duration_ = opened.media.duration;
  show_settings();
  const auto bare = std::make_shared<const OpenedClip>(without_tracks(opened));
  desk_.at_place(
      {"watching", store_.get()}, alive_,
      [store, bare](std::stop_token stop) { return read_thumbs(*store, *bare, stop); },
      [this](Result<Thumbs> thumbs) {
        if (thumbs) page().thumbs = std::make_shared<const Thumbs>(std::move(*thumbs));
      });
  desk_.at_place(
      {"watching", store_.get()}, alive_,
      [store, bare](std::stop_token stop) { return read_levels(*store, *bare, stop); },
      [this](Result<std::vector<std::uint8_t>> levels) {
        if (levels) levels_ = std::move(*levels);
        find_pauses();
      });
  captions_.open(store, opened);
}

void WatchTools::close() {
  captions_.close();
  alive_ = std::make_shared<int>();
  store_.reset();
  manifest_.reset();
  peaks_.reset();
  levels_.clear();
  is_looking_ = false;
  buffered_due_ = {};
}

void WatchTools::show_settings() {
  const Settings& settings = desk_.application.settings();
  page().skips_pauses = settings.skip_pauses;
  page().caption_look = {.is_on = settings.captions,
                         .size = CaptionSize(settings.caption_size),
                         .ground = CaptionGround(settings.caption_ground),
                         .place = CaptionPlace(settings.caption_place)};
}

void WatchTools::note_peaks(std::shared_ptr<const std::vector<float>> peaks) {
  peaks_ = std::move(peaks);
  find_pauses();
}

void WatchTools::find_pauses() {
  if (!peaks_ || levels_.empty()) return;
  page().pauses =
      std::make_shared<const std::vector<TimeRange>>(meanwhile::find_pauses(*peaks_, levels_, duration_));
}

void WatchTools::set_skip_pauses(bool on) {
  desk_.application.settings().skip_pauses = on;
  show_settings();
}

void WatchTools::set_caption_look(const CaptionLook& look) {
  Settings& settings = desk_.application.settings();
  settings.captions = look.is_on;
  settings.caption_size = static_cast<int>(look.size);
  settings.caption_ground = static_cast<int>(look.ground);
  settings.caption_place = static_cast<int>(look.place);
  show_settings();
}

void WatchTools::update(MonotonicTime now) {
  captions_.update(now);
  look_at_buffered(now);
}

void WatchTools::look_at_buffered(MonotonicTime now) {
  if (!manifest_ || is_looking_ || now < buffered_due_) return;
  buffered_due_ = now + kBufferedInterval;
  is_looking_ = true;
  desk_.at_place(
      {"watching", store_.get()}, alive_,
      [store = store_, manifest = *manifest_](std::stop_token) { return buffered_ranges(*store, manifest); },
      [this](std::vector<TimeRange> ranges) {
        is_looking_ = false;
        page().buffered = std::move(ranges);
      });
}

}  // namespace meanwhile
