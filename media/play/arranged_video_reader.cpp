#include <algorithm>
#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/arranged_track.h"
#include "media/play/open_readers.h"
#include "media/play/video_reader.h"

namespace meanwhile {
namespace {

constexpr MediaTime kAtLeastLater{1};

// Plays the parts one after the other: in each its source's pictures, the first one from the part's beginning
// on, however long it has been on show by then.
class ArrangedVideoReader final : public VideoReader {
 public:
  ArrangedVideoReader(ArrangedTrack track, Interrupts interrupts)
      : track_(std::move(track)), interrupts_(std::move(interrupts)), sources_(track_.sources.size()) {}

  // Errors: if none of the sources can be opened, that of the last.
  Result<void> open();

  Result<void> seek(MediaTime time) override;
  Result<PicturePtr> next(MediaTime moment, MediaTime reach) override;
  PicturePtr take_passed() override;
  Result<MediaTime> end() override { return track_.end(); }

 private:
  // Of one of the track's sources.
  struct Source {
    std::unique_ptr<VideoReader> reader;
    bool is_missing = false;  // it couldn't be opened
    PicturePtr latest;        // what it gave last; nullptr: it has moved since
  };

  [[nodiscard]] const TrackPart& part() const { return track_.parts[place_]; }
  Result<Source*> source_of(const TrackPart& part);
  Result<void> enter(std::size_t place, MediaTime from);
  Result<PicturePtr> next_of_part(Source& source, MediaTime moment, MediaTime reach);
  PicturePtr give(const PicturePtr& picture, MediaTime at, bool is_on_show);
  PicturePtr give_nothing();
  PicturePtr give_of(const Source& source, const PicturePtr& picture, bool is_on_show);
  void note_damage();

  const ArrangedTrack track_;
  const Interrupts interrupts_;
  std::vector<Source> sources_;
  std::size_t place_ = 0;     // of the part that is being read
  bool is_entering_ = true;   // nothing of it was given since it was entered
  bool is_gap_next_ = false;  // pictures were left out before the next one
  MediaTime entered_at_{};    // in its source's time
  PicturePtr pending_;        // read already, comes after what was given last
  std::optional<Error> failure_;
};

Result<void> ArrangedVideoReader::open() {
  for (const TrackPart& part : track_.parts) {
    const auto source = source_of(part);
    if (!source) return std::unexpected(source.error());
    if (*source) return enter(0, track_.parts.front().from);
  }
  return std::unexpected(*failure_);
}

// nullptr: there is nothing to be had.
Result<ArrangedVideoReader::Source*> ArrangedVideoReader::source_of(const TrackPart& part) {
  if (!part.source) return nullptr;
  Source& source = sources_[*part.source];
  if (source.reader) return &source;
  if (source.is_missing) return nullptr;
  auto reader = open_video(track_.sources[*part.source], interrupts_);
  if (!reader && reader.error().is_control()) return std::unexpected(reader.error());
  if (reader) {
    source.reader = std::move(*reader);
    return &source;
  }
  source.is_missing = status_.is_damaged = true;
  failure_ = reader.error();
  log(LogLevel::Warning, "A recording that was joined can't be shown: " + reader.error().message);
  return nullptr;
}

Result<void> ArrangedVideoReader::enter(std::size_t place, MediaTime from) {
  place_ = place;
  is_entering_ = true;
  entered_at_ = from;
  pending_.reset();
  const auto source = source_of(part());
  if (!source) return std::unexpected(source.error());
  if (!*source) return {};
  const auto sought = (*source)->reader->seek(from);
  if (!(*source)->reader->last()) (*source)->latest.reset();
  return sought;
}

Result<void> ArrangedVideoReader::seek(MediaTime time) {
  const std::size_t place = track_.part_at(time);
  const TrackPart& wanted = track_.parts[place];
  const MediaTime inside = std::clamp(time - wanted.at, MediaTime{}, wanted.duration - kAtLeastLater);
  is_gap_next_ = false;
  const bool is_near = place == place_ && !is_entering_ && status_.last && *status_.last <= time;
  if (!is_near) {
    status_.last.reset();
    return enter(place, wanted.from + inside);
  }
  const auto source = source_of(wanted);
  if (!source) return std::unexpected(source.error());
  if (!*source) return {};
  MEANWHILE_TRY((*source)->reader->seek(wanted.from + inside));
  if ((*source)->reader->last()) return {};
  status_.last.reset();
  pending_.reset();
  (*source)->latest.reset();
  return {};
}

Result<PicturePtr> ArrangedVideoReader::next(MediaTime moment, MediaTime reach) {
  for (;;) {
    const std::size_t wanted = track_.part_at(moment);
    if (wanted > place_) {
      is_gap_next_ = status_.last.has_value();
      const TrackPart& later = track_.parts[wanted];
      MEANWHILE_TRY(enter(wanted, later.from + std::max(MediaTime{}, moment - reach - later.at)));
    }
    const auto source = source_of(part());
    if (!source) return std::unexpected(source.error());
    if (!*source && is_entering_) return give_nothing();
    if (*source) {
      auto picture = next_of_part(**source, moment, reach);
      if (picture || picture.error().code != ErrorCode::EndOfStream) return picture;
    }
    if (place_ + 1 == track_.parts.size()) {
      status_.last_read.reset();
      return fail(ErrorCode::EndOfStream, "reading pictures");
    }
    MEANWHILE_TRY(enter(place_ + 1, track_.parts[place_ + 1].from));
  }
}

// EndOfStream: nothing more comes in this part.
Result<PicturePtr> ArrangedVideoReader::next_of_part(Source& source, MediaTime moment, MediaTime reach) {
  const MediaTime end = part().from + part().duration;
  const MediaTime wanted =
      moment <= part().at ? part().from : std::min(part().from + (moment - part().at), end - kAtLeastLater);
  const bool is_first = is_entering_;
  if (pending_) {
    const bool is_on_show = pending_->at > wanted;
    return give_of(source, std::exchange(pending_, nullptr), is_on_show);
  }
  // What was on show when the part was entered may have been read before.
  const PicturePtr before = is_first ? source.latest : nullptr;
  auto picture = source.reader->next(wanted, std::min(reach, wanted - part().from));
  if (!picture && picture.error().code != ErrorCode::EndOfStream) return picture;
  if (picture) source.latest = *picture;
  const bool is_within = picture && (*picture)->at < end;
  const bool is_late = !picture || (*picture)->at > entered_at_;
  if (before && is_late) {
    if (is_within) pending_ = *picture;
    return give_of(source, before, !is_within || (*picture)->at > wanted);
  }
  // A track that begins later than the part does: its first picture, as everywhere.
  if (is_within || (is_first && picture)) return give_of(source, *picture, source.reader->is_on_show());
  if (is_first) return give_nothing();
  return fail(ErrorCode::EndOfStream, "reading pictures");
}

PicturePtr ArrangedVideoReader::give_of(const Source& source, const PicturePtr& picture, bool is_on_show) {
  const MediaTime inside =
      std::clamp(picture->at - part().from, MediaTime{}, part().duration - kAtLeastLater);
  const auto last_read = source.reader->status().last_read;
  status_.last_read = last_read ? std::optional(part().at + (*last_read - part().from)) : std::nullopt;
  status_.followed_gap =
      std::exchange(is_gap_next_, false) || (!is_entering_ && source.reader->followed_gap());
  if (source.reader->is_damaged()) status_.is_damaged = true;
  return give(picture, part().at + inside, is_on_show);
}

PicturePtr ArrangedVideoReader::give_nothing() {
  status_.last_read = part().at;
  status_.followed_gap = std::exchange(is_gap_next_, false);
  return give(std::make_shared<Picture>(), part().at, true);
}

PicturePtr ArrangedVideoReader::give(const PicturePtr& picture, MediaTime at, bool is_on_show) {
  is_entering_ = false;
  status_.last = at;
  status_.is_on_show = is_on_show;
  Picture moved = *picture;
  moved.at = at;
  return std::make_shared<Picture>(std::move(moved));
}

PicturePtr ArrangedVideoReader::take_passed() {
  const auto source = source_of(part());
  if (!source || !*source) return nullptr;
  const PicturePtr passed = (*source)->reader->take_passed();
  if (!passed) return nullptr;
  Picture moved = *passed;
  moved.at = part().at + std::clamp(passed->at - part().from, MediaTime{}, part().duration - kAtLeastLater);
  return std::make_shared<Picture>(std::move(moved));
}

}  // namespace

Result<std::unique_ptr<VideoReader>> open_arranged_video(ArrangedTrack track, const Interrupts& interrupts) {
  if (track.is_missing()) return fail(ErrorCode::Corrupt, tr("there are no pictures in the track"));
  if (track.parts.empty()) return open_video(track.sources.front(), interrupts);
  auto reader = std::make_unique<ArrangedVideoReader>(std::move(track), interrupts);
  MEANWHILE_TRY(reader->open());
  return reader;
}

}  // namespace meanwhile
