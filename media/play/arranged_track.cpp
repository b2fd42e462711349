#include "media/play/arranged_track.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/play/clip_media.h"

namespace meanwhile {
namespace {

class TrackArranger {
 public:
  TrackArranger(const ClipMedia& media, std::shared_ptr<ByteSource> ClipMedia::* track)
      : media_(media), track_(track) {}

  ArrangedTrack run() {
    const EditList& edits = *media_.edits;
    for (std::size_t i = 0; i < edits.parts().size(); ++i) add(edits.starts()[i], edits.parts()[i]);
    const bool has_any =
        std::ranges::any_of(arranged_.parts, [](const TrackPart& part) { return part.source.has_value(); });
    return has_any ? arranged_ : ArrangedTrack{};
  }

 private:
  void add(MediaTime at, const TimeRange& part) {
    const auto joined = std::ranges::find_if(media_.joined, [&](const JoinedMedia& other) {
      return other.place.from <= part.from && part.from < other.place.to;
    });
    if (joined == media_.joined.end() && part.from >= media_.duration)
      arranged_.parts.push_back({at, part.duration(), std::nullopt, {}});  // a title card
    else if (joined == media_.joined.end())
      arranged_.parts.push_back({at, part.duration(), place_of(media_.*track_), part.from});
    else
      arranged_.parts.push_back({at, part.duration(),
                                 place_of(joined->media ? (*joined->media).*track_ : nullptr),
                                 part.from - joined->place.from});
  }

  std::optional<std::size_t> place_of(const std::shared_ptr<ByteSource>& source) {
    if (!source) return std::nullopt;
    const auto found = std::ranges::find(arranged_.sources, source);
    if (found != arranged_.sources.end()) return static_cast<std::size_t>(found - arranged_.sources.begin());
    arranged_.sources.push_back(source);
    return arranged_.sources.size() - 1;
  }

  const ClipMedia& media_;
  std::shared_ptr<ByteSource> ClipMedia::* const track_;
  ArrangedTrack arranged_;
};

}  // namespace

MediaTime ArrangedTrack::end() const {
  return parts.empty() ? MediaTime{} : parts.back().at + parts.back().duration;
}

std::size_t ArrangedTrack::part_at(MediaTime moment) const {
  const auto after = std::ranges::upper_bound(parts, moment, {}, &TrackPart::at);
  return after == parts.begin() ? 0 : static_cast<std::size_t>(std::prev(after) - parts.begin());
}

MediaTime played_start(const ClipMedia& media) {
  return media.edits && media.start > MediaTime{} ? media.edits->edited_near(media.start) : media.start;
}

MediaTime played_duration(const ClipMedia& media) {
  return media.edits ? media.edits->duration() : media.duration;
}

ArrangedTrack arranged_track(const ClipMedia& media, std::shared_ptr<ByteSource> ClipMedia::* track) {
  if (media.edits) return TrackArranger(media, track).run();
  ArrangedTrack whole;
  if (media.*track) whole.sources.push_back(media.*track);
  return whole;
}

}  // namespace meanwhile
