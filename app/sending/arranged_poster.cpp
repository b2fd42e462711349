#include "app/sending/arranged_poster.h"

#include <expected>

#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/covered_picture.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/clip_media.h"
#include "media/play/open_readers.h"
#include "media/record/stills.h"

namespace meanwhile {

Result<Bytes> arranged_poster(const ClipMedia& media, const Arrangement& arrangement, MediaTime moment) {
  const auto& source = media.screen ? media.screen : media.camera;
  if (!source) return fail(ErrorCode::NotFound, tr("there is no picture in it"));
  const auto reader = open_video(source, {});
  if (!reader) return std::unexpected(reader.error());
  MEANWHILE_TRY((*reader)->seek(moment));
  const auto picture = (*reader)->next(moment);
  if (!picture) return std::unexpected(picture.error());
  TrackCovers covers(media.screen ? CoverTrack::Screen : CoverTrack::Camera);
  return encode_poster(*covers.of(*picture, &arrangement, moment));
}

}  // namespace meanwhile
