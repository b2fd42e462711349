#include "media/ffmpeg/clip_codecs.h"

extern "C" {
#include <libavutil/mem.h>
}

namespace meanwhile {

const AVCodec* find_clip_decoder(AVCodecID codec) {
  if (codec == AV_CODEC_ID_H264) return avcodec_find_decoder_by_name("h264");
  if (codec == AV_CODEC_ID_AAC) return avcodec_find_decoder_by_name("aac");
  return nullptr;
}

void allow_only_clips(AVFormatContext& format) {
  format.format_whitelist = av_strdup(kClipFormats);
  format.codec_whitelist = av_strdup(kClipCodecs);
  // An empty list would allow all.
  format.protocol_whitelist = av_strdup("none");
}

}  // namespace meanwhile
