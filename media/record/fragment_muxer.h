// Turns the packets of one track into a fragmented MP4, in memory.
#pragma once

#include <memory>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/ffmpeg/avio.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// A CMAF track: ftyp and moov first, then one moof+mdat a fragment. Times are kept as they are: the first
// packet need not be at 0, and gaps stay gaps. Source: ISO/IEC 14496-12 s. 8.8, 23000-19; libavformat's muxer
// "mp4".
class FragmentMuxer {
 public:
  // parameters: with the codec's global header; next_fragment: the number of the next fragment, from 1.
  // Errors: Unsupported, Internal.
  static Result<std::unique_ptr<FragmentMuxer>> create(const AVCodecParameters& parameters,
                                                       AVRational time_base, int next_fragment = 1);

  // packet: in time_base; dts rising; duration: exactly up to the next one's dts.
  Result<void> add(PacketPtr packet);
  // Ends the fragment. Gives what is new: first ftyp and moov with nothing added, later a moof and its mdat.
  Result<Bytes> cut();

 private:
  explicit FragmentMuxer(AVRational time_base);

  Bytes bytes_;
  AvioWriter writer_;
  OutputContextPtr format_;
  const AVRational time_base_;
};

}  // namespace meanwhile
