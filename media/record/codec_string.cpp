#include "media/record/codec_string.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "media/record/picture_encoder.h"

namespace meanwhile {
namespace {

constexpr std::uint8_t kSpsType = 7;

std::string avc_string(const char* entry, std::span<const std::uint8_t> profile) {
  return fmt::format("{}.{:02x}{:02x}{:02x}", entry, profile[0], profile[1], profile[2]);
}

// extradata: avcC, as files have it, or Annex B, as encoders give it.
std::string avc_string_of(unsigned tag, std::span<const std::uint8_t> extradata) {
  const char* entry = tag == kParameterSetsInBand ? "avc3" : "avc1";
  if (extradata.size() >= 4 && extradata[0] == 1) return avc_string(entry, extradata.subspan(1, 3));
  for (std::size_t i = 0; i + 7 <= extradata.size(); ++i) {
    const bool is_start = extradata[i] == 0 && extradata[i + 1] == 0 && extradata[i + 2] == 1;
    if (is_start && (extradata[i + 3] & 0x1f) == kSpsType)
      return avc_string(entry, extradata.subspan(i + 4, 3));
  }
  return "";
}

std::string codec_string(AVCodecID codec, unsigned tag, const std::uint8_t* extradata, int size) {
  if (codec == AV_CODEC_ID_AAC) return "mp4a.40.2";
  if (codec != AV_CODEC_ID_H264 || !extradata || size <= 0) return "";
  return avc_string_of(tag, {extradata, static_cast<std::size_t>(size)});
}

}  // namespace

std::string codec_string(const AVCodecParameters& parameters) {
  return codec_string(parameters.codec_id, parameters.codec_tag, parameters.extradata,
                      parameters.extradata_size);
}

std::string codec_string(const AVCodecContext& encoder) {
  return codec_string(encoder.codec_id, encoder.codec_tag, encoder.extradata, encoder.extradata_size);
}

}  // namespace meanwhile
