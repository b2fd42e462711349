#include "media/play/video_reader.h"

#include <chrono>

#include "media/base/media_time.h"

namespace meanwhile {
namespace {

constexpr MediaTime kHopelesslyLate = std::chrono::seconds(1);

}  // namespace

bool VideoReader::is_hopelessly_late(MediaTime moment) const {
  return status_.last && status_.last_read && moment - *status_.last_read > kHopelesslyLate;
}

}  // namespace meanwhile
