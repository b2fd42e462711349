#include "app/fetching/clip_pauses.h"

#include <stop_token>
#include <vector>

#include "app/fetching/clip_store.h"
#include "media/base/byte_stream.h"
#include "media/base/pauses.h"
#include "media/base/time_range.h"

namespace meanwhile {

std::vector<TimeRange> read_pauses(const ClipStore& store, const OpenedClip& opened,
                                   const std::stop_token& stop) {
  const auto waveform = store.side_file(opened, "waveform.json", stop);
  const auto activity = store.side_file(opened, "activity.json", stop);
  if (!waveform || !activity) return {};
  const auto peaks = parse_waveform(as_text(*waveform));
  const auto levels = parse_activity(as_text(*activity));
  if (!peaks || !levels) return {};
  return find_pauses(*peaks, *levels, opened.media.duration);
}

}  // namespace meanwhile
