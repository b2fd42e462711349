// A stranger's track whose packets are passed on unread.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/export/recorded_track.h"
#include "media/ffmpeg/h264_units.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const UnitView all(data, size);
  (void)is_whole_beginning(all);
  if (const auto sets = sets_of_file(all)) {
    (void)free_number(*sets);
    (void)may_hold(all, *sets);
    (void)with_sets(all, *sets);
  }
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto track = RecordedTrack::open(std::make_shared<MemorySource>(Bytes(bytes.begin(), bytes.end())));
  if (!track) return 0;
  MediaTime moment{};
  for (int i = 0; i < 100; ++i) {
    const auto group = (*track)->group_at(moment);
    if (!group) return 0;
    const auto& pictures = (*group)->pictures;
    for (const TrackSample& picture : pictures) {
      if (picture.offset > size || picture.size_bytes > size - picture.offset) std::abort();
    }
    if (!pictures.empty()) (void)(*track)->read(pictures);
    if ((*group)->end <= moment) return 0;
    moment = (*group)->end;
  }
  return 0;
}
