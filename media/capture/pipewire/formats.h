// The pictures' formats that we ask PipeWire for, and what it answers.
#pragma once

#include <spa/param/param.h>
#include <spa/pod/pod.h>

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "media/base/layout.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

enum class StreamUse { Screen, Camera };

struct StreamFormat {
  AVPixelFormat pixels = AV_PIX_FMT_NONE;  // NONE: JPEG pictures
  AVColorRange range = AVCOL_RANGE_UNSPECIFIED;
  Size size;
  double frames_per_second = 0;  // 0: whenever something changes
};

// What a stream is told; lives until PipeWire has taken it.
class StreamParameters {
 public:
  StreamParameters() = default;
  StreamParameters(const StreamParameters&) = delete;
  StreamParameters& operator=(const StreamParameters&) = delete;

  // Formats in the order in which we like them, all in memory that we can read: no dmabuf.
  void offer_formats(StreamUse use, int frames_per_second);
  // Which buffers we can take, and what is to come along with them: time, crop, damage, the pointer.
  void ask_for_buffers();

  const std::vector<const spa_pod*>& pods() const { return pods_; }

 private:
  std::array<std::byte, 4096> bytes_{};
  std::vector<const spa_pod*> pods_;
};

// nullopt: nothing that we offered.
std::optional<StreamFormat> parse_format(const spa_pod& pod);

}  // namespace meanwhile
