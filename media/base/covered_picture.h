// Takes out of pictures what isn't to be read, before anybody draws them.
#pragma once

#include <vector>

#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"

namespace meanwhile {

// picture without what is covered: nothing of it is left in the pixels. `areas` may be of either track.
PicturePtr covered(const PicturePtr& picture, CoverTrack track, const std::vector<const CoveredArea*>& areas);

// The same for a track that is played: made once a picture. Thread: one at a time.
class TrackCovers {
 public:
  explicit TrackCovers(CoverTrack track) : track_(track) {}
  // moment: of the recorded timeline. arrangement: nullptr: nothing is covered.
  PicturePtr of(const PicturePtr& picture, const Arrangement* arrangement, MediaTime moment);

 private:
  const CoverTrack track_;
  PicturePtr from_;
  std::vector<const CoveredArea*> areas_;
  PicturePtr made_;
};

}  // namespace meanwhile
