#include "media/ffmpeg/turn.h"

extern "C" {
#include <libavcodec/version.h>
#include <libavformat/avformat.h>
}

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "media/base/layout.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr int kCoefficients = 9;

int sign_of(std::int32_t value) {
  return (value > 0) - (value < 0);
}

}  // namespace

// A point (x, y) is shown at (a x + c y, b x + d y), y downwards. Source: ISO/IEC 14496-12 s. 6.2.2.
Turn turn_of(std::span<const std::uint8_t> matrix) {
  std::array<std::int32_t, kCoefficients> values{};
  if (matrix.size() < sizeof values) return {};
  std::memcpy(values.data(), matrix.data(), sizeof values);
  const int a = sign_of(values[0]);
  const int b = sign_of(values[1]);
  const int c = sign_of(values[3]);
  const int d = sign_of(values[4]);
  if (a * b != 0 || c * d != 0 || a * d - b * c == 0) return {};
  const bool is_mirrored = a * d - b * c < 0;
  // Where the x axis goes to, once a mirror is taken off it.
  const int x = is_mirrored ? -a : a;
  const int y = is_mirrored ? -b : b;
  if (x != 0) return {x > 0 ? 0 : 180, is_mirrored};
  return {y > 0 ? 90 : 270, is_mirrored};
}

// FFmpeg 6.1 moved it from the stream to its parameters.
Turn turn_of(const AVStream& stream) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
  const AVPacketSideData* data = av_packet_side_data_get(
      stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
  return data ? turn_of(std::span<const std::uint8_t>(data->data, data->size)) : Turn{};
#else
  std::size_t size = 0;
  const std::uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  return data ? turn_of(std::span<const std::uint8_t>(data, size)) : Turn{};
#endif
}

Size turned_size(Size size, const Turn& turn) {
  return turn.degrees % 180 == 0 ? size : Size{size.height, size.width};
}

}  // namespace meanwhile
